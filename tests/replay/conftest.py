from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = ("-s", "CPS_GONE_AFTER_DAYS=0")  # two absences are enough, however near


@dataclass(frozen=True, slots=True)
class Lived:
    """An archive that saw the site's three states in four runs; nobody writes to its folder."""

    folder: Path
    url: str

    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(self.folder, to / "lived"))


@pytest.fixture(scope="session")
def lived(first, _home, commands, tmp_path_factory) -> Lived:
    folder = first.copy(tmp_path_factory.mktemp("lived"))
    for state in (2, 2, 3):
        _home.show(state)
        done = commands.crawl(folder, first.url, "-a", "full=1", *NOW)
        assert done.status == 0, done.err
    return Lived(folder=folder, url=first.url)


@pytest.fixture
def life(lived: Lived, tmp_path: Path) -> Path:
    """A copy of that archive, to be written to."""
    return lived.copy(tmp_path)


@pytest.fixture(scope="session")
def replayed(lived: Lived, commands, tmp_path_factory) -> Path:
    """That archive after a replay; nobody writes to it."""
    folder = lived.copy(tmp_path_factory.mktemp("replayed"))
    done = commands.replay(folder, *NOW)
    assert done.status == 0, done.err
    return folder


@pytest.fixture(scope="session")
def bare() -> Callable[[Path, Path], Path]:
    """``bare(folder, to)``: a new data folder that has only the WARC files and the CSV files of another."""

    def made(folder: Path, to: Path) -> Path:
        new = to / "bare"
        shutil.copytree(folder / "warc", new / "warc")
        for path in folder.glob("*.csv"):
            shutil.copy(path, new)
        return new

    return made
