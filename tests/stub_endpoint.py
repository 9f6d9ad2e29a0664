"""A stub of an OpenAI-compatible endpoint on loopback: answers as told, and records what it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Stub:
    """`answers` are (status, body) pairs given in turn, the last again and again; `asked` is what came in."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    asked: list[dict[str, object]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    delay: float = 0.0


def completion(text: str, name: str = "stub-1") -> tuple[int, bytes]:
    """A chat completion holding `text`."""
    return 200, json.dumps({"model": name, "choices": [{"message": {"content": text}}]}).encode()


@contextmanager
def stub(*answers: tuple[int, bytes], delay: float = 0.0, location: str = "") -> Iterator[Stub]:
    """A running stub. `delay` in seconds before each answer; `location` goes out as a header where given."""
    told = Stub(answers=list(answers), delay=delay)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            told.keys.append(self.headers.get("Authorization", ""))
            status, body = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            time.sleep(told.delay)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the client has hung up, as a test of time limits wants

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
