"""Reads an older capture again with today's reader."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from cpsscrape.archive.captures import capture_of, original_of
from cpsscrape.exceptions import ParseError, WarcError
from cpsscrape.reader import read_article
from cpsscrape.warc.reader import decoded_body, read_record

if TYPE_CHECKING:
    from cpsscrape.items import Article, CaptureRef
    from cpsscrape.session import Session
    from cpsscrape.warc.reader import Record

logger = logging.getLogger(__name__)


class Rereader:
    """Called with a capture's id; None where its bytes are missing or are no article any more."""

    def __init__(self, session: Session, *, redact: bool) -> None:
        self._session = session
        self._redact = redact

    def __call__(self, capture_id: int) -> Article | None:
        """Read one capture again."""
        capture = capture_of(self._session.db, capture_id)
        record = stored_record(self._session, capture)
        if record is None:
            return None
        try:
            return read_article(
                decoded_body(record),
                url=capture.url,
                content_type=record.content_type or "text/html",
                redact_birth_dates=self._redact,
            )
        except (WarcError, ParseError) as error:
            logger.warning("capture %d cannot be read again: %s", capture_id, error)
            return None


def stored_record(session: Session, capture: CaptureRef) -> Record | None:
    """Return the record that holds a capture's bytes; for a revisit, that of its original."""
    original = original_of(session.db, capture.url, capture.payload_digest) or capture
    if original.warc_file is None or original.warc_offset is None or original.warc_length is None:
        return None
    path = session.archive.warc_folder / original.warc_file
    try:
        return read_record(path, original.warc_offset, original.warc_length)
    except (OSError, WarcError) as error:
        logger.warning("the capture of %s at %s cannot be read: %s", capture.url, capture.fetched_at, error)
        return None


def stored_body(session: Session, capture: CaptureRef) -> bytes | None:
    """Return the decoded bytes of a capture, or None where the evidence is missing."""
    record = stored_record(session, capture)
    return decoded_body(record) if record else None
