"""A small HTTP server on this machine, whose answers a test writes down beforehand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = (
    b"<rss><channel><title>Harbour Wire</title><item><title>Pier</title>"
    b"<description>It opened.</description></item></channel></rss>"
)


@dataclass(slots=True)
class Answer:
    """What the server says to one path."""

    body: bytes = FEED
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """The length that is claimed, if it is not the body's."""

    hold: threading.Event | None = None
    """What the server waits for before it answers."""


Reply = Answer | Callable[[dict[str, str]], Answer]


class Site:
    """The running server: its answers, and what it was asked."""

    def __init__(self, answers: dict[str, Reply]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.server.server_address[1]}{path}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Write the answer to one request."""
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self.lock:
            self.asked.append((handler.path, headers))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        reply = self.answers.get(handler.path, Answer(b"no", 404))
        answer = reply if isinstance(reply, Answer) else reply(headers)
        if answer.hold is not None:
            answer.hold.wait(20)
        with self.lock:
            self.at_once -= 1
        length = len(answer.body) if answer.length is None else answer.length
        handler.send_response(answer.status)
        for name, value in {"Content-Length": str(length), **answer.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(answer.body)
        handler.close_connection = True

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.asked]


@contextmanager
def serving(answers: dict[str, Reply]) -> Iterator[Site]:
    """Run a site while the block runs."""
    site = Site(answers)
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
