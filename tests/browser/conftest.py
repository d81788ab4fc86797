"""A real ``cpsscrape serve`` over a really crawled archive, and Debian's Chromium to look at it."""

from __future__ import annotations

import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from miniature import miniature
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

VERB = (sys.executable, "-c", "from cpsscrape.cli import main; main()")
CHROMIUM = "chromium"  # Debian's package and program
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(slots=True)
class Served:
    """A running server: ``get`` asks it without a browser."""

    url: str
    folder: Path
    process: int

    def get(self, path: str) -> Answer:
        try:
            with urlopen(self.url + path.lstrip("/"), timeout=30) as answer:
                return Answer(answer.status, _lower(answer.headers), answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers), error.read().decode())


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature site, crawled for real in two states: first seen, then edited, and some of it gone."""
    return miniature(tmp_path_factory)


@pytest.fixture(scope="session")
def serving(commands: Any, until: Callable[..., None]) -> Callable[[Path], Any]:
    """``with serving(folder) as served``: the real command on a free port of loopback."""

    @contextmanager
    def served(folder: Path) -> Iterator[Served]:
        # Not commands.start(): what that starts ends with each test, and this serves a session.
        started = commands.start(*VERB, "--data", str(folder), "serve", "--port", "0")
        commands._running.remove(started)
        out = started.files[0]
        try:
            until(lambda: _ADDRESS.search(out.read_text()) or started.process.poll() is not None, 60)
            address = _ADDRESS.search(out.read_text())
            assert address, started.files[1].read_text()
            yield Served(address[0], folder, started.process.pid)
            assert "Traceback" not in started.files[1].read_text()
        finally:
            started.process.terminate()
            started.process.wait(20)

    return served


@pytest.fixture(scope="session")
def served(crawled: Path, serving: Callable[[Path], Any]) -> Iterator[Served]:
    """The whole site over the crawled archive; nobody writes to it."""
    with serving(crawled) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It ends with the module: while it runs, no other test could start an event loop."""
    program = shutil.which(CHROMIUM)
    if program is None:
        pytest.fail(f"the browser tests need Debian's Chromium: apt-get install {CHROMIUM}")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield launched
        launched.close()


@dataclass(slots=True)
class Watched:
    """What pages said and asked for while a test looked at them."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))


@pytest.fixture
def look(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """``look("/path", width=360, dark=True)`` opens a page; at the end nothing may have gone wrong.

    No error on the console, and no request to anybody but this server.
    """
    watched = Watched()
    contexts = []

    def open_page(path: str, *, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", base_url=served.url
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        watched.follow(page)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [line for line in watched.said if line.startswith("error")] == []
    here = urlsplit(served.url).netloc
    assert [url for url in watched.asked if urlsplit(url).netloc not in {here, ""}] == []
