from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from desk.driving import Desk
from miniature import miniature

from cpsscrape.archive.database import open_reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature site, crawled for real in two states; nobody writes to it."""
    return miniature(tmp_path_factory)


@pytest.fixture
def db(archive: Path) -> Iterator[Database]:
    database = open_reader(archive)
    with closing(database.conn):
        yield database


@pytest.fixture
def desk(archive: Path, tmp_path: Path) -> Desk:
    return Desk(archive, tmp_path)
