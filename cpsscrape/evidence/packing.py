"""Gathers what a WACZ holds: closed WARC files, without what was withdrawn, and the list of stories."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cpsscrape import __version__
from cpsscrape.archive.database import open_reader, site_of
from cpsscrape.durable import replace_file
from cpsscrape.evidence.cutting import cuts_of
from cpsscrape.evidence.purge import Withheld
from cpsscrape.exceptions import NoArchiveError
from cpsscrape.normalise.urls import SITE
from cpsscrape.warc.cdxj import cdxj_lines
from cpsscrape.warc.package import write_wacz
from cpsscrape.warc.purging import write_without
from cpsscrape.warc.segments import read_manifest, segment_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database


def closed_files(folder: Path) -> tuple[list[Path], list[str]]:
    """Return the closed WARC files of an archive, and the names of those that are still open."""
    warc = folder / "warc"
    closed = read_manifest(warc)
    files = segment_files(warc)
    return [path for path in files if path.name in closed], [path.name for path in files if path.name not in closed]


def pack(folder: Path, target: Path, *, done: Callable[[int], None] = lambda _: None) -> int:
    """Write a WACZ of all closed WARC files; return how many records were left out as withdrawn.

    Records of withdrawn articles that were not purged stay with the archivist.
    """
    db = open_reader(folder)
    try:
        files, _ = closed_files(folder)
        if not files:
            raise NoArchiveError(f"there is no closed WARC file in {folder / 'warc'} yet: crawl first.")
        with _without_withdrawn(db, folder, files) as (warcs, left_out):
            write_wacz(
                target,
                warcs,
                _pages(db),
                created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                title=f"News of the Crown Prosecution Service, captured from {site_of(db) or SITE}",
                software=f"cpsscrape {__version__}",
                done=done,
            )
        return left_out
    finally:
        db.close()


def write_indexes(folder: Path) -> list[str]:
    """Write a sorted CDXJ file beside each closed WARC file; return their names."""
    written = []
    for path in closed_files(folder)[0]:
        lines = sorted(line.encode("utf-8") + b"\n" for line in cdxj_lines(path))
        target = path.with_name(f"{path.name}.cdxj")
        replace_file(target, b"".join(lines))
        written.append(target.name)
    return written


@contextmanager
def _without_withdrawn(db: Database, folder: Path, files: list[Path]) -> Iterator[tuple[list[tuple[str, Path]], int]]:
    """Give the files to pack by name; those that show a withdrawn article are replaced by copies without it."""
    rows = db.conn.execute("select url, node_id from withdrawals").fetchall()
    if not rows:
        yield [(path.name, path) for path in files], 0
        return
    withheld = Withheld((row[0] for row in rows), (row[1] for row in rows if row[1] is not None), site_of(db) or SITE)
    cuts, _ = cuts_of(db, folder / "warc", withheld)
    with tempfile.TemporaryDirectory(prefix="cpsscrape-pack-") as place:
        warcs: list[tuple[str, Path]] = []
        left_out = 0
        for path in files:
            cut = cuts.get(path)
            if cut is None:
                warcs.append((path.name, path))
                continue
            copy = Path(place) / path.name
            left_out += len(cut.drop)
            if write_without(path, copy, cut, name=path.name, note={}, concerns=withheld.concerns):
                warcs.append((path.name, copy))
        yield warcs, left_out


def _pages(db: Database) -> Iterator[dict[str, str]]:
    """The stories as a viewer lists them: each version at its own time."""
    rows = db.conn.execute(
        "select a.id, v.version, c.url, c.fetched_at, v.headline from article_versions v "
        "join articles a on a.id = v.article_id join captures c on c.id = v.capture_id "
        "order by v.published_on desc, a.id, v.version"
    )
    for number, version, url, fetched_at, headline in rows:
        yield {"id": f"{number}@{version}", "url": url, "ts": fetched_at, "title": headline}
