from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING

import pytest

from cpsscrape.exceptions import ReaderEndedError
from cpsscrape.reader_process import AHEAD, ReaderProcess

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def beside(use: Callable[[ReaderProcess], Awaitable[None]]) -> None:
    async def run() -> None:
        reader = ReaderProcess(beside=True)
        try:
            await asyncio.wait_for(use(reader), timeout=60)
        finally:
            reader.close()

    asyncio.run(run())


def test_answers_come_in_order_from_another_process() -> None:
    async def use(reader: ReaderProcess) -> None:
        slow = asyncio.ensure_future(reader.call(time.sleep, 0.3))
        quick = asyncio.ensure_future(reader.call(os.getpid))
        assert await quick != os.getpid()
        assert slow.done()

    beside(use)


def test_what_is_larger_than_the_pipe_arrives_whole_also_behind_other_calls() -> None:
    pages = [bytes([65 + n]) * size for n, size in enumerate((10, 40 * AHEAD, 30, 3 * AHEAD, 5))]

    async def use(reader: ReaderProcess) -> None:
        answers = await asyncio.gather(*(reader.call(bytes.lower, page) for page in pages))
        assert answers == [page.lower() for page in pages]

    beside(use)


def test_an_error_is_raised_where_it_was_asked_for() -> None:
    async def use(reader: ReaderProcess) -> None:
        with pytest.raises(ValueError, match="invalid literal") as caught:
            await reader.call(int, "seven")
        assert "Traceback" in caught.value.__notes__[0]
        assert await reader.call(int, "7") == 7

    beside(use)


def test_a_call_that_ends_the_process_costs_itself_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def use(reader: ReaderProcess) -> None:
        calls = [reader.call(abs, -1), reader.call(os._exit, 3), reader.call(abs, -2), reader.call(abs, -3)]
        first, ended, *others = await asyncio.gather(*calls, return_exceptions=True)
        assert (first, others) == (1, [2, 3])
        assert isinstance(ended, ReaderEndedError)
        assert await reader.call(abs, -4) == 4

    beside(use)
    assert "another is started" in caplog.text


def test_without_a_second_process_the_call_is_made_here() -> None:
    async def here() -> int:
        return await ReaderProcess(beside=False).call(os.getpid)

    assert asyncio.run(here()) == os.getpid()
