"""What runs in the process that reads pages: the reader, and nothing of the framework that fetches.

It is a module of its own because every crawl starts it: without Scrapy it is there in half the time.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
import traceback
from importlib import import_module
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from cpsscrape.exceptions import CpsScrapeError

if TYPE_CHECKING:
    from collections.abc import Callable

#: Objects between two looks for garbage in cycles: a page has some thousand, next to none of them in a cycle.
YOUNG = 20_000


def command(pipe: int) -> list[str]:
    """Return the command line of a process that serves the pipe; it finds modules where this one does."""
    module = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve({pipe})"
    return [sys.executable, "-c", module]


def serve(pipe: int) -> None:
    """Answer calls until the crawl hangs up or is gone; Ctrl-C is the crawl's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_module("cpsscrape.reader")
    gc.freeze()  # what was imported is never garbage: not to be gone through again and again
    gc.set_threshold(YOUNG)
    calls = Connection(pipe)
    try:
        while True:
            function, args, kwargs = pickle.loads(calls.recv_bytes())  # noqa: S301 # from our own process
            calls.send_bytes(_answer(function, args, kwargs))
    except (EOFError, OSError):
        return


def _answer(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    try:
        answer = (True, function(*args, **kwargs))
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 # whatever it is belongs to the caller
        if not isinstance(error, CpsScrapeError):
            error.add_note(traceback.format_exc())
        try:
            return pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError):
            return pickle.dumps((False, RuntimeError(traceback.format_exc())), pickle.HIGHEST_PROTOCOL)
