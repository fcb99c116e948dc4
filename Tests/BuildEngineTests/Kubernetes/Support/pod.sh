#!/bin/bash
# Stands in for a pod: runs the stages of build.sh as a cluster would, with real programs, on loopback of a network
# namespace of its own. pod.sh FOLDER, inside `unshare --mount --net --pid --fork`; as root, who is nobody in the stages.
#
# FOLDER/plan: the files beside the script. FOLDER/context: the project. FOLDER/stages: which to run. FOLDER/token: what
# the container that clones is given. FOLDER/open: where it is, no policy is kept. Reports: FOLDER/reports.
set -eu
folder=$1
mount --make-rprivate /
# /tmp is covered below, and git refuses to run in a folder that can't be found any more.
cd /
ip link set lo up
mount -t proc proc /proc
mount -t tmpfs tmpfs /mnt
mkdir -p /mnt/{bin,t,acr,acr-token,acr-stage,work,push,tmp,push-tmp,registry,git,home}
mount --bind "$folder" /mnt/t
export HOME=/mnt/home

# Users and the programs that map their ids, as upstream's image has them.
printf 'root:x:0:0:root:/root:/bin/bash\nbuild:x:1000:1000::/home/build:/bin/bash\n' >/mnt/passwd
printf 'build:1:999\nbuild:1001:64535\n' >/mnt/subids
mount --bind /mnt/passwd /etc/passwd
for kind in uid gid; do
  cp "$(command -v "new${kind}map")" /mnt/bin/
  chmod 755 "/mnt/bin/new${kind}map"
  setcap "cap_set$kind+ep" "/mnt/bin/new${kind}map"
  mount --bind "/mnt/bin/new${kind}map" "$(command -v "new${kind}map")"
  mount --bind /mnt/subids "/etc/sub$kind"
done
cp -r /mnt/t/plan/. /mnt/acr/
cp /mnt/t/token /mnt/acr-token/token
chown -R 1000:1000 /mnt/work /mnt/push /mnt/tmp /mnt/push-tmp /mnt/acr-token
chmod 700 /mnt/acr-token

# A registry.
printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: /mnt/registry}}\nhttp: {addr: 127.0.0.1:5000}\n' >/mnt/registry.yml
docker-registry serve /mnt/registry.yml >/mnt/registry.log 2>&1 &

# A GitLab's git over HTTP, which knows one token.
git init -q -b main /mnt/git/seed
cp -r /mnt/t/context/. /mnt/git/seed/
git -C /mnt/git/seed add -A
git -C /mnt/git/seed -c user.name=lin -c user.email=lin@corp.example commit -qm first
mkdir -p /mnt/git/shop
git clone -q --bare /mnt/git/seed /mnt/git/shop/app.git
git -C /mnt/git/shop/app.git config uploadpack.allowAnySHA1InWant true
git config --global --add safe.directory '*'
cat >/mnt/gitlab.py <<'PYTHON'
import base64, http.server, os, subprocess
class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        wanted = 'Basic ' + base64.b64encode(b'oauth2:' + os.environ['GITLAB_TOKEN'].encode()).decode()
        if self.headers.get('Authorization') != wanted:
            self.send_response(401)
            self.send_header('WWW-Authenticate', 'Basic realm=GitLab')
            self.end_headers()
            return
        length = int(self.headers.get('Content-Length') or 0)
        path, _, query = self.path.partition('?')
        variables = dict(
            os.environ, GIT_PROJECT_ROOT='/mnt/git', GIT_HTTP_EXPORT_ALL='1', PATH_INFO=path, QUERY_STRING=query,
            REQUEST_METHOD=self.command, CONTENT_TYPE=self.headers.get('Content-Type', ''), CONTENT_LENGTH=str(length),
            HTTP_CONTENT_ENCODING=self.headers.get('Content-Encoding', ''),
            GIT_PROTOCOL=self.headers.get('Git-Protocol', ''))
        said = subprocess.run(
            ['git', 'http-backend'], input=self.rfile.read(length), env=variables, capture_output=True).stdout
        head, _, body = said.partition(b'\r\n\r\n')
        lines = [line.split(': ', 1) for line in head.decode().split('\r\n')]
        status = [value for name, value in lines if name == 'Status']
        self.send_response(int(status[0].split()[0]) if status else 200)
        for name, value in lines:
            if name != 'Status':
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer
    def log_message(self, *arguments): pass
http.server.ThreadingHTTPServer(('127.0.0.1', 8929), Handler).serve_forever()
PYTHON
GITLAB_TOKEN=$(cat /mnt/t/gitlab-token) python3 /mnt/gitlab.py &
for port in 5000 8929; do
  for _ in $(seq 100); do bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" 2>/dev/null && break; sleep 0.1; done
done

# The base image, by the digest that it really has; and the commit.
store=(--root /mnt/store --runroot /mnt/run --storage-driver vfs)
container=$(buildah "${store[@]}" from scratch)
buildah "${store[@]}" copy -q "$container" "$(command -v busybox)" /bin/busybox >/dev/null
buildah "${store[@]}" copy -q "$container" "$(command -v busybox)" /bin/sh >/dev/null
buildah "${store[@]}" commit -q "$container" base >/dev/null
buildah "${store[@]}" push -q --tls-verify=false --digestfile /mnt/digest base docker://127.0.0.1:5000/hub/library/busybox:1
sed -i "s/sha256:\(ab\)\{32\}/$(cat /mnt/digest)/" /mnt/acr/base-images
sed -i "s/0123456789abcdef0123456789abcdef01234567/$(git -C /mnt/git/shop/app.git rev-parse main)/" /mnt/acr/commit /mnt/acr/labels

# What a network plugin does: the policy of the pod's stage.
keep_policy() {
  nft flush ruleset
  [ -e /mnt/t/open ] && return
  nft add table inet plugin
  nft 'add chain inet plugin out { type filter hook output priority 0; policy accept; }'
  for port in 5000 8929; do
    grep -qs "127.0.0.1 $port" "/mnt/acr/awaited-$1" || nft add rule inet plugin out meta skuid != 0 tcp dport "$port" drop
  done
}

mount -o remount,bind,ro /
mount --bind /mnt/tmp /tmp
mount --bind /mnt/tmp /var/tmp
while read -r stage; do
  keep_policy "$stage"
  if [ "$stage" = push ]; then
    mount --bind /mnt/push-tmp /tmp
    mount --bind /mnt/push-tmp /var/tmp
  fi
  printf %s "$stage" >/mnt/acr-stage/stage
  echo "=== $stage"
  env -i PATH="$PATH" ACR_PLAN=/mnt/acr ACR_WORK=/mnt/work ACR_PUSH=/mnt/push ACR_STAGE=/mnt/acr-stage \
    ACR_TOKEN=/mnt/acr-token/token ACR_LOGIN=/mnt/none ACR_REPORT="/mnt/t/reports/$stage" ACR_PATIENCE=1 \
    setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps=-all --bounding-set=-all,+setuid,+setgid \
    bash /mnt/acr/build.sh "$stage" </dev/null || break
  # Only the container that clones has the token.
  rm -rf /mnt/acr-token
done </mnt/t/stages
nft flush ruleset
skopeo inspect --tls-verify=false docker://127.0.0.1:5000/shop/app:v1 >/mnt/t/reports/pushed 2>/dev/null || true
kill %1 %2 2>/dev/null
