"""Servers on loopback for a probe script, and the script run by a shell beside them: what it prints is printed.

Arguments: ANSWERING SILENT COMMAND.... ANSWERING has HTTP at port 8080, TLS with a
certificate that nobody knows at 8443, and a server at 8081 that takes a connection and says nothing before it closes it; SILENT has a port
8080 whose backlog is full, so that nothing answers.
"""
import http.server
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

answering, silent, command = sys.argv[1], sys.argv[2], sys.argv[3:]


class Redirecting(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        sent = self.headers.keys()
        self.send_response(500 if {"Authorization", "Private-Token", "Cookie"} & set(sent) else 302)
        self.send_header("Location", "/users/sign_in")
        # Words like the script's own, to mislead it.
        self.send_header("X-Words", "probe<9 9 9 418>probe")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *words):
        pass


with tempfile.TemporaryDirectory() as folder:
    key, certificate = folder + "/key", folder + "/certificate"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
         key, "-out", certificate, "-days", "30", "-subj", "/CN=gitlab.corp.example"],
        check=True, stderr=subprocess.DEVNULL)
    plain = http.server.ThreadingHTTPServer((answering, 8080), Redirecting)
    secure = http.server.ThreadingHTTPServer((answering, 8443), Redirecting)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    for server in (plain, secure):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    mute = socket.create_server((answering, 8081))
    threading.Thread(target=lambda: [mute.accept()[0].close() for _ in range(9)], daemon=True).start()
    full = socket.create_server((silent, 8080), backlog=0)
    callers = []
    for _ in range(2):
        caller = socket.socket()
        caller.setblocking(False)
        caller.connect_ex((silent, 8080))
        callers.append(caller)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    sys.stdout.buffer.write(done.stdout)
    sys.stdout.flush()
    os._exit(done.returncode)
