#!/usr/bin/env python3
"""Serves a finished site on this machine only, the way a plain static host does: no rewrite rules, no listings.

The first line printed is the address; `--port 0` picks a free port.
"""
import argparse
import functools
import http.server
import os
import sys
import threading

# Python takes its MIME types from the system's tables, which differ; a browser refuses to stream WASM under another type.
MIME = {
    "": "application/octet-stream",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """One file a request, always checked again by the browser, with the site's own page for lost addresses."""

    protocol_version = "HTTP/1.1"
    extensions_map = MIME

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def list_directory(self, path):
        self.send_error(404)

    def send_error(self, code, message=None, explain=None):
        lost = os.path.join(self.directory, "404.html")
        if code != 404 or not os.path.isfile(lost):
            super().send_error(code, message, explain)
            return
        with open(lost, "rb") as page:
            body = page.read()
        self.send_response(404)
        self.send_header("Content-Type", MIME[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Quiet when a browser hangs up in the middle of an answer, which it does whenever a page is left."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--directory", default="site")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    options = parser.parse_args()
    if not os.path.isdir(options.directory):
        sys.exit(f"no hay carpeta / no such folder: {options.directory}")
    handler = functools.partial(Handler, directory=os.path.abspath(options.directory))
    try:
        server = Server(("127.0.0.1", options.port), handler)
    except OSError as error:
        sys.exit(f"puerto / port {options.port}: {error.strerror}. Otro / another: make serve PORT=8090")
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    if options.with_parent:
        # A test that dies cannot stop its server, but the system closes its end of the pipe.
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), server.shutdown()), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
