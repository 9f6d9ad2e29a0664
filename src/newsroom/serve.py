"""Serving a newsroom on one machine: the desk on localhost, the site's files on 127.0.0.1, and what is due in between.

Two origins: the site has no cookie, no database and no way into the desk. Cookies know no ports, so the two are
called by different names.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from backread.errors import ConfigError

ADDRESS = "127.0.0.1"
"""Both listen here and nowhere else; the desk answers only to the name `localhost` (settings), the site to this number."""
PAUSE = 15
"""Seconds between two looks at what is due."""
SITE = "BACKREAD_SITE"
"""Tells the desk where the site is served beside it (`settings.SITE`)."""
PATIENCE = 2.0
"""Seconds that a taken port is asked for again."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}
_TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class SiteHandler(SimpleHTTPRequestHandler):
    """The site's files and nothing else: no listing of folders, no half-written file, strict headers."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | _TYPES
    server_version, sys_version = "backread", ""

    def end_headers(self) -> None:
        """Every answer carries the same headers."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> Any:
        """A file that stands there whole; the site's own page for anything else."""
        if "/." in self.path or self.path.split("?", 1)[0].endswith(".half"):
            return self._missing()
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """Folders are not listed."""
        return self._missing()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page where a file is missing."""
        if code == 404:
            self._missing()
        else:
            super().send_error(code, message, explain)

    def _missing(self) -> None:
        page = Path(self.directory) / "404.html"
        content = page.read_bytes() if page.is_file() else b"Nothing is published here."
        kind = "text/html" if page.is_file() else "text/plain"
        self.send_response(404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody is logged: readers are not watched."""


def free(port: int, what: str, option: str) -> None:
    """Raise ConfigError when `port` is taken: said before anything else is started.

    A desk whose parent was killed needs a moment to notice, so a taken port is asked for again for PATIENCE seconds.
    """
    until = time.monotonic() + PATIENCE
    while (why := _taken(port)) and time.monotonic() < until:
        time.sleep(0.1)
    if why:
        raise ConfigError(
            f"port {port}",
            step=f"serve the {what} on it",
            hint=f"The system says: {why}. Choose another with {option}.",
        )


def _taken(port: int) -> str:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((ADDRESS, port))
        except OSError as err:
            return err.strerror or "it is taken"
    return ""


def site(folder: Path, port: int, *, option: str = "--site-port") -> ThreadingHTTPServer:
    """The site's server, answering in threads of its own until it is closed. Raises ConfigError for a port in use."""
    folder.mkdir(parents=True, exist_ok=True)
    free(port, "site", option)
    server = ThreadingHTTPServer((ADDRESS, port), partial(SiteHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, name="site", daemon=True).start()
    return server


def desk(port: int, *, site_port: int) -> None:
    """The desk, until Ctrl-C; its links to what is published lead to the site on `site_port`. The settings come from the environment."""
    free(port, "desk", "--desk-port")
    os.environ[SITE] = f"http://{ADDRESS}:{site_port}"
    os.environ["BACKREAD_SERVED_BY"] = str(os.getpid())
    # One worker: on the embedded database one process writes at a time, and guesses of a password are counted in it.
    Granian(
        "newsroom.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        # An idle worker sometimes does not hear that it should end; what it was told to keep is kept by then.
        workers_kill_timeout=3,
        log_access=False,
        log_enabled=False,
        websockets=False,
    ).serve()


def keep_working(work: Callable[[], object], *, pause: float = PAUSE) -> threading.Event:
    """Do what is due again and again in a thread of its own; set the event to end it."""
    stop = threading.Event()

    def turn() -> None:
        while not stop.wait(pause):
            work()

    threading.Thread(target=turn, name="due", daemon=True).start()
    return stop
