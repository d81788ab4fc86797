from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from evidence.driving import crawl

from cpsscrape.demo.server import running
from cpsscrape.demo.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cpsscrape.demo.server import DemoServer


@pytest.fixture(scope="session")
def server() -> Iterator[DemoServer]:
    with running(Site()) as server:
        yield server


@pytest.fixture(scope="session")
def crawled(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls of two states of the miniature site: versions, revisits, removals."""
    folder = tmp_path_factory.mktemp("crawled") / "data"
    for state in (1, 2):
        server.site = Site(state)
        done = crawl(folder, server.url, "-a", "full=1")
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(crawled, folder)
    return folder
