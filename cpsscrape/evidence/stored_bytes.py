"""From a row of ``captures`` to the bytes that were answered, without a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.captures import original_of
from cpsscrape.exceptions import DamagedRecordError
from cpsscrape.warc.reader import decoded_body, read_record

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.items import CaptureRef
    from cpsscrape.warc.reader import Record


def answer_record(db: Database, warc: Path, capture: CaptureRef) -> Record:
    """Return the record that holds a capture's bytes; for a revisit, that of its original.

    Raises WarcError or OSError where the evidence cannot be read.
    """
    record = _record(warc, capture)
    if record.type == "revisit":
        original = original_of(db, capture.url, capture.payload_digest)
        if original is None:
            message = f"{record.path.name}: the answer that the record at byte {record.offset} repeats is not there"
            raise DamagedRecordError(message, path=record.path, offset=record.offset)
        record = _record(warc, original)
    return record


def answer(db: Database, warc: Path, capture: CaptureRef) -> tuple[bytes, str]:
    """Return the decoded body of a capture and what the server said it is."""
    record = answer_record(db, warc, capture)
    return decoded_body(record), record.content_type or capture.mime_type or "text/html"


def _record(warc: Path, capture: CaptureRef) -> Record:
    if capture.warc_file is None or capture.warc_offset is None or capture.warc_length is None:
        raise DamagedRecordError(f"the capture of {capture.url} at {capture.fetched_at} names no record")
    return read_record(warc / capture.warc_file, capture.warc_offset, capture.warc_length)
