"""Every record of a WARC file against its row in ``captures``, and every row against its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.integrity import REBUILD
from cpsscrape.evidence.closed import COPY
from cpsscrape.findings import Finding
from cpsscrape.recovery import capture_ref
from cpsscrape.warc.checking import check_records
from cpsscrape.warc.index import ANSWERS, utc_seconds, warcinfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.evidence.tally import Tally
    from cpsscrape.warc.reader import Record

_STATED = (
    "url",
    "fetched_at",
    "status",
    "mime_type",
    "payload_digest",
    "warc_length",
    "source",
    "etag",
    "last_modified",
)


def check_segment(db: Database | None, path: Path, tally: Tally, *, running: bool) -> Iterator[Finding]:
    """Yield what is wrong with one WARC file, by itself and against the rows of ``captures``.

    While a run is ``running`` its newest records may have no rows yet. Without a database only
    the file is checked.
    """
    answers = _Answers(db, path, running=running)
    end = 0
    for found in check_records(path):
        if isinstance(found, Exception):
            what = str(found).removeprefix(f"{path.name}: ")
            yield Finding(place=f"{path.name}, byte {found.offset}", what=what, remedy=COPY)
            continue
        place = f"{path.name}, byte {found.offset}"
        for fault in found.faults:
            yield Finding(place=place, what=f"{found.type} record: {fault}", remedy=COPY)
        if found.record is not None:
            yield from answers.check(found.record)
        tally.records += 1
        size = found.offset + found.length - end
        tally.bytes += size
        tally.step(size)
        end += size
    rest = path.stat().st_size - end
    tally.bytes += rest
    tally.step(rest)
    yield from answers.rows_left()


class _Answers:
    """The answers of one file: which of them were seen, and what their ``warcinfo`` says."""

    def __init__(self, db: Database | None, path: Path, *, running: bool) -> None:
        self._db = db
        self._path = path
        self._running = running
        self._seen: set[int] = set()
        self._source = "live"

    def check(self, record: Record) -> Iterator[Finding]:
        if record.type == "warcinfo":
            self._source = warcinfo(record.body).get("cps-source", self._source)
        if record.type not in ANSWERS or self._db is None:
            return
        self._seen.add(record.offset)
        place = f"{self._path.name}, byte {record.offset}"
        row = self._db.conn.execute(
            f"select id, {', '.join(_STATED)} from captures where warc_file = ? and warc_offset = ?",
            [self._path.name, record.offset],
        ).fetchone()
        if row is None:
            if not self._running:
                what = f"the {record.type} of {record.url} has no row in captures"
                yield Finding(place=place, what=what, remedy=REBUILD)
            return
        stated = capture_ref(record, self._source)
        for name, value in zip(_STATED, row[1:], strict=True):
            if getattr(stated, name) != value:
                what = f"its {name} is {value!r}, and {getattr(stated, name)!r} in the record ({place})"
                yield Finding(place=f"captures {row[0]}", what=what, remedy=REBUILD)
        yield from self._original(record, place)

    def _original(self, record: Record, place: str) -> Iterator[Finding]:
        """A revisit of ours repeats the payload of a record that is there."""
        if record.refers_to is None or self._source == "file":
            return
        assert self._db is not None
        url, date = record.refers_to
        there = self._db.conn.execute(
            "select 1 from captures where url = ? and fetched_at = ? and payload_digest = ?",
            [url, utc_seconds(date), record.payload_digest],
        ).fetchone()
        if there is None:
            what = f"repeats the answer of {url} at {date}, which is not in the archive"
            yield Finding(place=place, what=what, remedy=COPY)

    def rows_left(self) -> Iterator[Finding]:
        """Rows that name a place in this file where no record begins."""
        if self._db is None:
            return
        for number, offset in self._db.conn.execute(
            "select id, warc_offset from captures where warc_file = ?", [self._path.name]
        ):
            if offset not in self._seen:
                what = f"names a record at byte {offset} of {self._path.name}, and none can be read there"
                yield Finding(place=f"captures {number}", what=what, remedy=COPY)


def rows_without_file(db: Database, files: set[str], *, writer: bool) -> Iterator[Finding]:
    """Yield the rows of ``captures`` whose WARC file is not there."""
    for name, rows in db.conn.execute(
        "select warc_file, count(*) from captures where warc_file is not null group by warc_file"
    ):
        if name not in files and not writer:
            yield Finding(place="captures", what=f"{rows} rows name {name}, which is not there", remedy=COPY)
