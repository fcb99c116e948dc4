"""Stands in for a GitLab's git over HTTP and for what stands beside a registry: what tests ask for, no more.

stand-in.py git ROOT PORT TOKEN [CERT KEY]      repositories of ROOT, by `git http-backend`; LFS objects of ROOT/lfs
stand-in.py tokens PORT USER PASSWORD KEY CERT  the token realm of a registry that trusts CERT
stand-in.py silent PORT                         a registry that never answers about a manifest
A line of what was asked goes to standard output: method, path, whether it was authorised. It ends with its input.
"""
import base64, http.server, json, os, ssl, subprocess, sys, threading, time, urllib.parse


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, ok):
        print(self.command, self.path, "ok" if ok else "no", flush=True)

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def body(self):
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            whole = b""
            while True:
                size = int(self.rfile.readline(), 16)
                part = self.rfile.read(size)
                self.rfile.readline()
                if size == 0:
                    return whole
                whole += part
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))


class Git(Handler):
    def do_GET(self):
        body = self.body()
        path, _, query = self.path.partition("?")
        wanted = "Basic " + base64.b64encode(b"oauth2:" + self.server.token.encode()).decode()
        ok = self.headers.get("Authorization") == wanted
        self.note(ok)
        if path.startswith("/moved/"):
            return self.answer(301, Location="/team/" + self.path[len("/moved/"):])
        if path.startswith("/closed/"):
            return self.answer(403, b"Forbidden\n")
        if path.startswith("/broken/"):
            return self.answer(502, b"<html>Bad Gateway</html>", Content_Type="text/html")
        if path.startswith("/silent/"):
            return time.sleep(3600)
        if not ok:
            return self.answer(401, b"HTTP Basic: Access denied\n", WWW_Authenticate='Basic realm="GitLab"')
        if path.endswith("/info/lfs/objects/batch"):
            objects = json.loads(body)["objects"]
            base = "http://" + self.headers["Host"] + "/lfs/"
            for o in objects:
                o["actions"] = {"download": {"href": base + o["oid"]}}
            return self.answer(200, json.dumps({"transfer": "basic", "objects": objects}).encode(),
                               Content_Type="application/vnd.git-lfs+json")
        if path.startswith("/lfs/"):
            with open(self.server.root + path, "rb") as f:
                return self.answer(200, f.read())
        environment = {
            "GIT_PROJECT_ROOT": self.server.root, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path, "QUERY_STRING": query,
            "REQUEST_METHOD": self.command, "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)), "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "PATH": os.environ["PATH"], "HOME": "/nonexistent",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*"}
        run = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True)
        head, _, out = run.stdout.partition(b"\r\n\r\n")
        status, headers = 200, {}
        for line in head.decode().split("\r\n"):
            name, _, value = line.partition(": ")
            if name.lower() == "status":
                status = int(value.split()[0])
            elif name:
                headers[name.replace("-", "_")] = value
        self.answer(status, out, **headers)

    do_POST = do_GET


class Tokens(Handler):
    """A registry's token realm, as the registry's documentation has it: for who knows the password, a token for what
    is asked for."""

    def do_GET(self):
        path, _, query = self.path.partition("?")
        asked = urllib.parse.parse_qs(query)
        login = (self.server.user + ":" + self.server.password).encode()
        ok = path == "/token" and self.headers.get("Authorization") == "Basic " + base64.b64encode(login).decode()
        self.note(ok)
        if not ok:
            return self.answer(401)
        access = []
        for scope in asked.get("scope", []):
            kind, name, actions = scope.split(":")
            access.append({"type": kind, "name": name, "actions": actions.split(",")})
        now = int(time.time())
        claims = {"iss": "stand-in", "sub": self.server.user, "aud": asked["service"][0], "iat": now, "nbf": now - 60,
                  "exp": now + 300, "jti": os.urandom(8).hex(), "access": access}
        head = {"typ": "JWT", "alg": "RS256", "x5c": [self.server.certificate]}
        signed = self.part(json.dumps(head).encode()) + b"." + self.part(json.dumps(claims).encode())
        sign = ["openssl", "dgst", "-sha256", "-sign", self.server.key]
        signature = subprocess.run(sign, input=signed, capture_output=True, check=True).stdout
        token = (signed + b"." + self.part(signature)).decode()
        self.answer(200, json.dumps({"token": token}).encode(), Content_Type="application/json")

    @staticmethod
    def part(what):
        return base64.urlsafe_b64encode(what).rstrip(b"=")


class Silent(Handler):
    """A registry that takes whatever it is given, and never says a word about a manifest."""

    def do_GET(self):
        self.body()
        if "/manifests/" in self.path:
            return time.sleep(3600)
        if self.command == "POST":
            return self.answer(202, Location="/v2/upload/1")
        self.answer(200)

    do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = do_GET


def main():
    kind, *rest = sys.argv[1:]
    if kind == "git":
        root, port, token, *tls = rest
        server = http.server.ThreadingHTTPServer(("", int(port)), Git)
        server.root, server.token = root, token
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            server.socket = context.wrap_socket(server.socket, server_side=True)
    elif kind == "tokens":
        port, user, password, key, certificate = rest
        server = http.server.ThreadingHTTPServer(("", int(port)), Tokens)
        server.user, server.password, server.key = user, password, key
        with open(certificate) as f:
            server.certificate = "".join(line.strip() for line in f if not line.startswith("-"))
    else:
        server = http.server.ThreadingHTTPServer(("", int(rest[0])), Silent)
    server.daemon_threads = True
    print("ready", server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
