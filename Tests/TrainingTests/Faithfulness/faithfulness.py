"""Asks a simulated GitLab by the client library python-gitlab, and says what it saw: one JSON object on standard output.

Arguments: URL, then tokens: good, bad, revoked, expired, read-only scope, blocked user's.
"""

import json
import sys

try:
    import gitlab
except ImportError:
    sys.exit("python-gitlab is missing: run `python3 -m venv .venv && .venv/bin/pip install python-gitlab`")

import gitlab.exceptions as errors

url, good, bad, revoked, expired, small, blocked = sys.argv[1:8]
verify = sys.argv[8] if len(sys.argv) > 8 else True


def site(token, **how):
    return gitlab.Gitlab(url, private_token=token, ssl_verify=verify, timeout=10, **how)


def failure(ask):
    try:
        ask()
    except errors.GitlabError as error:
        return [type(error).__name__, error.response_code, error.error_message]
    return None


gl = site(good)
gl.auth()
member = {"membership": True}
keyset = {"order_by": "id", "sort": "asc", "pagination": "keyset"}
offset_pages = gl.projects.list(iterator=True, per_page=50, **member)
by_offset = [project.id for project in offset_pages]
first = gl.projects.list(page=1, per_page=100, get_all=False, **member)
by_keyset = [p.id for p in gl.projects.list(get_all=True, per_page=40, **keyset, **member)]
descending = [p.id for p in gl.projects.list(get_all=True, per_page=40, **{**keyset, "sort": "desc"}, **member)]
own = gl.personal_access_tokens.get("self")
project = gl.projects.get("platform/hello-web")
hook = project.hooks.create({"url": "http://192.0.2.1:8080/hook", "push_events": True, "token": "planted"})
hooks = [h.url for h in project.hooks.list(get_all=True)]
hook.delete()
commit = project.commits.get("main")
annotated, lightweight = project.tags.get("v1.1.0"), project.tags.get("v1.0.0")


def tree(**how):
    return project.repository_tree(get_all=True, **how)


seen_before_git_keeps_it = {
    "searched": [
        [b.name for b in project.branches.list(search=word, get_all=True)] for word in ["release", "^dev", "lop$x"]
    ],
    "commit": [commit.id, commit.title, commit.parent_ids, commit.author_email, commit.committed_date],
    "tag": [len(annotated.target), annotated.target != annotated.commit["id"], annotated.message, annotated.commit["id"]],
    "lightweight": [lightweight.target, lightweight.message],
    "tree": [[e["name"], e["type"], e["mode"]] for e in tree(ref="main")],
    "subtree": [e["path"] for e in tree(ref="main", path="src")],
}
change = {
    "branch": "topic",
    "start_branch": "main",
    "commit_message": "Say more",
    "actions": [{"action": "update", "file_path": "README.md", "content": "# more\n"}],
}
made = project.commits.create(change)
again = {**change, "start_branch": None, "actions": [{**change["actions"][0], "action": "create"}]}
made_twice = failure(lambda: project.commits.create({k: v for k, v in again.items() if v is not None}))
seen_after = {
    "searched": [
        [b.name for b in project.branches.list(search=word, get_all=True)] for word in ["release", "^dev", "lop$x"]
    ],
    "commit": [getattr(project.commits.get("main"), name) for name in ["id", "title", "parent_ids", "author_email"]]
    + [project.commits.get("main").committed_date],
    "tag": (lambda t: [len(t.target), t.target != t.commit["id"], t.message, t.commit["id"]])(
        project.tags.get("v1.1.0")
    ),
    "lightweight": (lambda t: [t.target, t.message])(project.tags.get("v1.0.0")),
    "tree": [[e["name"], e["type"], e["mode"]] for e in tree(ref="main")],
    "subtree": [e["path"] for e in tree(ref="main", path="src")],
}
if seen_after != seen_before_git_keeps_it:
    sys.exit(f"{seen_before_git_keeps_it} became {seen_after}")

print(
    json.dumps(
        {
            "user": gl.user.username,
            "user_by_bearer": (lambda g: (g.auth(), g.user.username)[1])(
                gitlab.Gitlab(url, oauth_token=good, ssl_verify=verify)
            ),
            "version": gl.version()[0],
            "own_token": [own.scopes, own.active, own.revoked, own.user_id],
            "total": offset_pages.total,
            "total_pages": offset_pages.total_pages,
            "next_page": offset_pages.next_page,
            "by_offset": len(set(by_offset)),
            "first_page": len(first),
            "by_keyset": by_keyset == sorted(set(by_offset)),
            "descending": descending == by_keyset[::-1],
            "search": sorted(p.path_with_namespace for p in gl.projects.list(search="sdk", get_all=True))[:2],
            "simple": sorted(gl.projects.list(simple=True, per_page=1, get_all=False)[0].attributes)[:3],
            "permissions": project.permissions["project_access"]["access_level"],
            "clone": project.http_url_to_repo,
            "branches": sorted(
                [b.name, b.default, len(b.commit["id"])] for b in project.branches.list(get_all=True) if b.name != "topic"
            ),
            "branch": project.branches.get("release-v1").name,
            "tags": [t.name for t in project.tags.list(get_all=True)],
            "raw": project.files.raw(file_path="src/index.html", ref="release-v1").decode(),
            "file": project.files.get(file_path="Dockerfile", ref="main").decode().decode(),
            **seen_after,
            "no_tree": failure(lambda: tree(ref="main", path="none")),
            "no_tree_ref": failure(lambda: tree(ref="none")),
            "no_tag": failure(lambda: project.tags.get("none")),
            "no_such_commit": failure(lambda: project.commits.get("none")),
            "made": [
                made.title,
                project.files.raw(file_path="README.md", ref="topic").decode(),
                project.branches.get("topic").commit["id"] == made.id,
                [b.name for b in project.branches.list(search="topic", get_all=True)][0],
            ],
            "made_twice": made_twice,
            "hooks": hooks,
            "hooks_left": len(project.hooks.list(get_all=True)),
            "bad": failure(lambda: site(bad).auth()),
            "revoked": failure(lambda: site(revoked).auth()),
            "expired": failure(lambda: site(expired).auth()),
            "blocked": failure(lambda: site(blocked).auth()),
            "small_user": (lambda g: (g.auth(), g.user.username)[1])(site(small)),
            "small_projects": failure(lambda: site(small).projects.list(get_all=False)),
            "small_hook": failure(lambda: site(small).projects.get(100, lazy=True).hooks.create({"url": "http://x"})),
            "small_own_token": site(small).personal_access_tokens.get("self").scopes,
            "nobody": failure(lambda: gitlab.Gitlab(url, ssl_verify=verify).auth()
                              or gitlab.Gitlab(url, ssl_verify=verify).http_get("/user")),
            "no_project": failure(lambda: gl.projects.get("platform/none")),
            "hidden_project": failure(lambda: gl.projects.get("security/api")),
            "no_branch": failure(lambda: project.branches.get("none")),
            "no_file": failure(lambda: project.files.get(file_path="none", ref="main")),
            "no_commit": failure(lambda: project.files.get(file_path="Dockerfile", ref="none")),
            "no_route": failure(lambda: gl.http_get("/nothing")),
            "bad_page": failure(lambda: gl.http_get("/projects", query_data={"page": "x"})),
            "bad_keyset": failure(lambda: gl.http_get("/projects", query_data={**keyset, "order_by": "name"})),
        }
    )
)
