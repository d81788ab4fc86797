"""A second process that reads pages while the first one fetches and stores.

One process and no more: results come back in the order in which pages went in, so an archive
does not depend on which page was read faster. A page that brings the reader down costs itself,
not the crawl.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from scrapy import signals

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

ORPHAN_CHECK = 1.0  # seconds between two looks at whether the crawl is still there


class ReaderProcess:
    """Runs pure functions beside the crawl, or in it where a second process would only wait.

    A crawl of the live site has a second for each page; a replay, and a site on loopback, do not.
    """

    def __init__(self, *, beside: bool) -> None:
        self._pool = _new_pool() if beside else None

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
        if self._pool is not None:
            self._pool.submit(_prepare)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``function(*args, **kwargs)``, or raise what it raised."""
        if self._pool is None:
            return function(*args, **kwargs)
        try:
            return await asyncio.wrap_future(self._pool.submit(function, *args, **kwargs))
        except BrokenProcessPool:
            logger.warning("The process that reads pages ended on this one; another is started")
            self._pool = _new_pool()
            raise

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _new_pool() -> ProcessPoolExecutor:
    # Not forked: a child that inherits the archive's lock would hold it after the crawl was killed.
    return ProcessPoolExecutor(
        max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    )


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the crawl, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(ORPHAN_CHECK)
    os._exit(1)


def _prepare() -> None:
    """Import what reading needs."""
    import_module("cpsscrape.reader")
