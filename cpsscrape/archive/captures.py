"""Rows of ``captures``: which bytes were answered, when, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.runs import COMPLETE, UNKNOWN
from cpsscrape.items import CaptureRef

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = (
    "url, fetched_at, status, mime_type, payload_digest, warc_file, warc_offset, warc_length, "
    "source, etag, last_modified"
)


def save_capture(db: Database, capture: CaptureRef, run_id: int | None) -> int:
    """Return the id of a capture's row, made now if the record has none yet."""
    known = find_capture(db, capture)
    if known is not None:
        return known
    cursor = db.conn.execute(
        f"insert into captures (run_id, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            run_id,
            capture.url,
            capture.fetched_at,
            capture.status,
            capture.mime_type,
            capture.payload_digest,
            capture.warc_file,
            capture.warc_offset,
            capture.warc_length,
            capture.source,
            capture.etag,
            capture.last_modified,
        ],
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def find_capture(db: Database, capture: CaptureRef) -> int | None:
    """Return the id of the row that points at the same WARC record, if there is one."""
    row = db.conn.execute(
        "select id from captures where warc_file = ? and warc_offset = ?",
        [capture.warc_file, capture.warc_offset],
    ).fetchone()
    return row[0] if row else None


def capture_of(db: Database, capture_id: int) -> CaptureRef:
    """Return one row of ``captures``."""
    row = db.conn.execute(
        f"select {_COLUMNS} from captures where id = ?",
        [capture_id],
    ).fetchone()
    return _ref(row)


def latest_answer(db: Database, url: str) -> CaptureRef | None:
    """Return the newest capture of ``url`` that holds its full payload, if any."""
    row = db.conn.execute(
        f"select {_COLUMNS} from captures where url = ? and status = 200 order by fetched_at desc, id desc limit 1",
        [url],
    ).fetchone()
    return _ref(row) if row else None


def original_of(db: Database, url: str, payload_digest: str) -> CaptureRef | None:
    """Return the first capture of ``url`` with that payload: the one a revisit refers to."""
    row = db.conn.execute(
        f"select {_COLUMNS} from captures where url = ? and payload_digest = ? and status = 200 "
        "order by fetched_at, id limit 1",
        [url, payload_digest],
    ).fetchone()
    return _ref(row) if row else None


def _ref(row: tuple[object, ...]) -> CaptureRef:
    names = _COLUMNS.split(", ")
    return CaptureRef(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type] # the columns' own types


def same_capture(db: Database, capture: CaptureRef) -> CaptureRef | None:
    """Return the stored capture of the same bytes, address and moment, if there is one."""
    row = db.conn.execute(
        f"select {_COLUMNS} from captures where url = ? and payload_digest = ? and fetched_at = ? "
        "and status = ? order by id limit 1",
        [capture.url, capture.payload_digest, capture.fetched_at, capture.status],
    ).fetchone()
    return _ref(row) if row else None


def capture_at(db: Database, url: str, fetched_at: str) -> CaptureRef | None:
    """Return the capture of this address at this moment that holds its full payload, if any."""
    row = db.conn.execute(
        f"select {_COLUMNS} from captures where url = ? and fetched_at = ? and status = 200 order by id limit 1",
        [url, fetched_at],
    ).fetchone()
    return _ref(row) if row else None


def captures_perhaps_unread(db: Database, spider: str, source: str, run_id: int) -> list[CaptureRef]:
    """What runs of this spider captured of a source before they were cut off, oldest capture first.

    Whatever their arguments: what is held is not fetched again, so nobody else would read it. A run that
    came to its end has read what was left before it. A run known by its evidence alone was read by a replay.
    """
    rows = db.conn.execute(
        f"select {_COLUMNS} from captures where source = :source and run_id in ("
        " select id from runs where spider = :spider and id < :run and coalesce(finish_reason, '') not in (:end, :lost)"
        " and id > coalesce((select max(id) from runs where spider = :spider and finish_reason = :end"
        "   and id in (select run_id from captures where source = :source)), 0)"
        ") order by fetched_at, id",
        {"source": source, "spider": spider, "run": run_id, "end": COMPLETE, "lost": UNKNOWN},
    )
    return [_ref(row) for row in rows]


def held_at(db: Database, url: str, fetched_at: str) -> bool:
    """Whether a capture of this address at this moment is held already, from whatever source."""
    row = db.conn.execute("select 1 from captures where url = ? and fetched_at = ?", [url, fetched_at]).fetchone()
    return row is not None
