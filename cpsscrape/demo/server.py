"""The miniature site on loopback: ``python -m cpsscrape.demo.server``, or ``with serve(Site()) as url:``.

Two addresses belong to the server, not to the site: ``/__log__`` gives the requests so far as JSON, and
``/__control__?state=2&faults=slow,pdf`` changes the site while it runs (``faults=`` clears them).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import socketserver
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlsplit

from cpsscrape.demo.answers import Answer
from cpsscrape.demo.arguments import command_line
from cpsscrape.demo.big import BigSite
from cpsscrape.demo.faults import FAULTS
from cpsscrape.demo.site import Site
from cpsscrape.demo.wire import send

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LOG_SIZE = 50_000


class Answering(Protocol):
    """What the server needs of a site."""

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer one request."""


@dataclass(slots=True)
class LoggedRequest:
    """A request that was answered: ``time`` is Unix time, ``sent`` counts the bytes of the answer.

    It is in the log before its answer goes out; ``sent`` is 0 until the answer has gone out whole.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    time: float
    status: int
    sent: int = 0


class DemoServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """A site behind a port of 127.0.0.1, with a log of at most 50,000 requests."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: Answering, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Connection)
        self.site = site
        self.log: deque[LoggedRequest] = deque(maxlen=LOG_SIZE)
        self.connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        """The address of the site, without a final slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def control(self, query: Mapping[str, list[str]]) -> Answer:
        """Change state, faults or era; what is not named stays. Faults start again from nothing."""
        site = self.site
        if not isinstance(site, Site):
            return _json({"error": "a big site has no states"}, status=400)
        try:
            state = int(query["state"][0]) if "state" in query else site.state
            names = [name for value in query.get("faults", []) for name in value.split(",") if name]
            faults = names if "faults" in query else sorted(site.faults)
            era = query.get("era", [site.era])[0]
            self.site = Site(state, faults, era="B" if era == "B" else "C")
        except ValueError as error:
            return _json({"error": str(error)}, status=400)
        return _json({"state": state, "faults": sorted(self.site.faults), "era": era})

    def hang_up(self) -> None:
        """End the connections that clients still hold, so that a stopped server is really gone."""
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def shutdown_request(self, request: Any) -> None:
        """Close without the usual shutdown, whose FIN would come before the RST of a reset."""
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is its own business; anything else is a bug and is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Connection(socketserver.StreamRequestHandler):
    """One keep-alive connection, read by hand: ``http.server`` would tidy the strange answers away."""

    disable_nagle_algorithm = True
    timeout = 60
    server: DemoServer

    def handle(self) -> None:
        """Answer requests until the client or an answer ends the connection."""
        self.server.connections.add(self.connection)
        try:
            while self._one():
                pass
        finally:
            self.server.connections.discard(self.connection)

    def _one(self) -> bool:
        words = self.rfile.readline(65_536).decode("latin-1").split()
        if len(words) != 3:
            return False
        method, target, version = words
        headers = tuple(self._headers())
        known = {name.lower(): value for name, value in headers}
        self.rfile.read(int(known.get("content-length", "0")))
        asked = time.time()
        answer = self._own(target) or self.server.site.answer(method, target, known)
        entry = LoggedRequest(method, target, headers, asked, answer.status)
        if not target.startswith("/__"):
            self.server.log.append(entry)
        entry.sent, again = send(self.wfile, self.connection, answer, head=method == "HEAD")
        return again and version == "HTTP/1.1" and known.get("connection", "").lower() != "close"

    def _headers(self) -> Iterator[tuple[str, str]]:
        while line := self.rfile.readline(65_536).decode("latin-1").strip():
            name, _, value = line.partition(":")
            yield name, value.strip()

    def _own(self, target: str) -> Answer | None:
        parts = urlsplit(target)
        if parts.path == "/__log__":
            return _json([asdict(entry) for entry in list(self.server.log)])
        if parts.path == "/__control__":
            return self.server.control(parse_qs(parts.query, keep_blank_values=True))
        return None


def _json(value: object, *, status: int = 200) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status=status, headers=(("Content-Type", "application/json"),), body=body)


@contextmanager
def serve(site: Answering, port: int = 0) -> Iterator[str]:
    """Serve a site from a thread for as long as the block runs; gives its address."""
    with running(site, port) as server:
        yield server.url


@contextmanager
def running(site: Answering, port: int = 0) -> Iterator[DemoServer]:
    """Like ``serve``, but gives the server itself, for its ``log`` and its ``site``."""
    with DemoServer(site, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.hang_up()
            thread.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM, SIGINT, or the end of the process that started this one."""
    options = command_line().parse_args(arguments)
    if options.list_faults:
        for name, fault in FAULTS.items():
            sys.stdout.write(f"{name:24}{fault.outcome:12}{fault.what}\n")
        return 0
    site: Answering = (
        BigSite(options.big, options.kb) if options.big else Site(options.state, options.fault, era=options.era)
    )
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    parent = os.getppid()
    with serve(site, options.port) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        while not stopped.wait(0.5) and (options.stay or os.getppid() == parent):
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
