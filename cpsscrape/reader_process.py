"""A second process that reads pages while the first one fetches and stores.

One process and no more: results come back in the order in which pages went in, so an archive
does not depend on which page was read faster. A page that brings the reader down costs itself,
not the crawl.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import subprocess
from collections import deque
from multiprocessing.connection import Pipe
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from scrapy import signals

from cpsscrape.exceptions import ReaderEndedError
from cpsscrape.reading_service import command

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: What may lie in the pipe unread: the reader has its next page at hand, and writing to it never waits.
AHEAD = 128 * 1024
FAREWELL = 5.0  # seconds that the process has to end by itself


class ReaderProcess:
    """Runs pure functions beside the crawl, or in it where a second process would only wait.

    A crawl of the live site has a second for each page; a replay, and a site on loopback, do not.
    There is no thread: the event loop hears when an answer is in the pipe.
    """

    def __init__(self, *, beside: bool) -> None:
        self.beside = beside
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection
        self._waiting: deque[tuple[asyncio.Future[Any], bytes]] = deque()
        self._sent = 0  # of those that wait

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's spider: it knows whether pages come faster than they are read."""
        hurried = getattr(crawler.spider, "hurried", False)
        reader = cls(beside=hurried and (os.cpu_count() or 1) > 1)
        crawler.signals.connect(reader.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(reader.close, signal=signals.engine_stopped)
        return reader

    def spider_opened(self) -> None:
        """Start the process now: its imports are done when the first page comes."""
        if self.beside:
            self._start()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``function(*args, **kwargs)``, or raise what it raised; ReaderEndedError when it ended the process."""
        if not self.beside:
            return function(*args, **kwargs)
        if self._process is None:
            self._start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((future, pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)))
        self._send()
        return await future

    def close(self) -> None:
        """Hang up: a process without a caller ends."""
        if self._process is None:
            return
        self._hang_up(self._process)
        for future, _ in self._waiting:
            future.cancel()

    def _start(self) -> None:
        # Not forked: a child that inherits the archive's lock would hold it after the crawl was killed.
        self._pipe, theirs = Pipe()
        number = theirs.fileno()
        self._process = subprocess.Popen(command(number), stdin=subprocess.DEVNULL, pass_fds=[number])
        theirs.close()
        asyncio.get_running_loop().add_reader(self._pipe.fileno(), self._hear)

    def _hang_up(self, process: subprocess.Popen[bytes]) -> None:
        asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        self._pipe.close()
        try:
            process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._process = None
        self._sent = 0

    def _send(self) -> None:
        """Send what may go: to an idle process anything, to a busy one what the pipe holds for it."""
        while self._sent < len(self._waiting):
            message = self._waiting[self._sent][1]
            ahead = sum(len(self._waiting[n][1]) for n in range(self._sent))
            if ahead and ahead + len(message) > AHEAD:
                return
            try:
                self._pipe.send_bytes(message)
            except OSError:
                self._ended()
                return
            self._sent += 1

    def _hear(self) -> None:
        try:
            good, result = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 # our own process wrote it
        except (EOFError, OSError):
            self._ended()
            return
        future, _ = self._waiting.popleft()
        self._sent -= 1
        self._send()
        if future.cancelled():
            return
        if good:
            future.set_result(result)
        else:
            future.set_exception(result)

    def _ended(self) -> None:
        """The process is gone: its call fails, the others go to a new one."""
        assert self._process is not None
        self._hang_up(self._process)
        if not self._waiting:
            return  # nobody asks: the next call starts another
        logger.warning("The process that reads pages ended on this one; another is started")
        future, _ = self._waiting.popleft()
        if not future.cancelled():
            message = "the process that reads pages ended on this one; its capture is kept: replay reads it again"
            future.set_exception(ReaderEndedError(message))
        if self._waiting:
            self._start()
            self._send()
