"""What a start does about a run that was killed: repair its WARC files, make the rows they lack."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from cpsscrape.archive.captures import save_capture
from cpsscrape.items import CaptureRef
from cpsscrape.warc.exchange import header, payload_digest
from cpsscrape.warc.index import ANSWERS, utc_seconds, warcinfo
from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import repair_open_segments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cpsscrape.archive.database import Archive
    from cpsscrape.exceptions import WarcError
    from cpsscrape.warc.exchange import Exchange, Written
    from cpsscrape.warc.reader import Record

logger = logging.getLogger(__name__)


def recover_evidence(archive: Archive) -> None:
    """Repair and close every open segment; each whole record in them gets its row."""
    for path in repair_open_segments(archive.warc_folder):
        with archive.db.atomic():
            made = sum(_save_missing(archive, capture, run_id) for capture, run_id in captures_in(path))
        logger.info("%s was left open by a kill; %d of its records had no row yet", path.name, made)


def captures_in(path: Path) -> Iterator[tuple[CaptureRef, int | None]]:
    """Yield what ``captures`` says of each answer in one of our own WARC files, and its run."""
    source, run_id = "live", None
    damaged: list[WarcError] = []
    for record in read_warc(path, damaged=damaged):
        if record.type == "warcinfo":
            info = warcinfo(record.body)
            source = info.get("cps-source", source)
            run = info.get("cps-run", "")
            run_id = int(run) if run.isdigit() else None
        elif record.type in ANSWERS and record.url:
            yield capture_ref(record, source), run_id
    for error in damaged:
        logger.warning("%s; `cpsscrape verify` says what it held", error)


def capture_ref(record: Record, source: str) -> CaptureRef:
    """Return the row of ``captures`` for a record."""
    mime = (record.content_type or "").split(";")[0].strip().lower()
    return CaptureRef(
        url=record.url or "",
        fetched_at=utc_seconds(record.date),
        status=record.status if record.status is not None else 200,
        mime_type=mime or None,
        payload_digest=record.payload_digest or payload_digest(record.body),
        warc_file=record.path.name,
        warc_offset=record.offset,
        warc_length=record.length,
        source=source,
        etag=header(record.headers, "ETag"),
        last_modified=header(record.headers, "Last-Modified"),
    )


def written_ref(exchange: Exchange, written: Written, source: str) -> CaptureRef:
    """Return the row of ``captures`` for an exchange that was just written."""
    mime = (header(exchange.headers, "Content-Type") or "").split(";")[0].strip().lower()
    return CaptureRef(
        url=exchange.url,
        fetched_at=exchange.fetched_at,
        status=exchange.status,
        mime_type=mime or None,
        payload_digest=written.payload_digest,
        warc_file=written.file,
        warc_offset=written.offset,
        warc_length=written.length,
        source=source,
        etag=header(exchange.headers, "ETag"),
        last_modified=header(exchange.headers, "Last-Modified"),
    )


def _save_missing(archive: Archive, capture: CaptureRef, run_id: int | None) -> bool:
    before = archive.db.conn.total_changes
    known_run = archive.db.conn.execute("select 1 from runs where id = ?", [run_id]).fetchone()
    save_capture(archive.db, capture, run_id if known_run else None)
    return archive.db.conn.total_changes > before
