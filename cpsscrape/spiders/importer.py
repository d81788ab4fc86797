"""Copies other people's captures and saved pages into the archive's own WARC, each once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.archive.captures import capture_at, same_capture
from cpsscrape.exceptions import DamagedRecordError
from cpsscrape.items import CaptureRef
from cpsscrape.normalise.urls import is_on_site
from cpsscrape.pages.identity import stated_url
from cpsscrape.recovery import capture_ref
from cpsscrape.rereading import stored_record
from cpsscrape.warc.exchange import Exchange, Original, payload_digest
from cpsscrape.warc.index import utc_seconds
from cpsscrape.warc.reader import unchunked_body

if TYPE_CHECKING:
    from cpsscrape.foreign import SavedPage
    from cpsscrape.session import Session
    from cpsscrape.warc.reader import Record


class Importer:
    """Knows what a foreign revisit refers to, among all that it copied and all that was there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._originals: dict[object, CaptureRef] = {}

    def take(self, record: Record) -> tuple[Record, CaptureRef] | str:
        """Copy a record; return it with its capture of ours, or the word for why it is none of ours.

        Raises DamagedRecordError where what it repeats cannot be read.
        """
        if not is_on_site(record.url or "", self._session.site):
            return "off_site"
        original = self._original_of(record)
        if record.type == "revisit":
            if original is None:
                return "original_missing"
            if original.url != record.url or record.status is None:
                record, original = self._made_whole(record, original), None
        capture = replace(
            capture_ref(record, "file"),
            payload_digest=original.payload_digest if original else payload_digest(unchunked_body(record)),
        )
        known = same_capture(self._session.db, capture) or self._copy(record, capture, original)
        self._originals[record.payload_digest] = self._originals[record.url, utc_seconds(record.date)] = known
        return record, known

    def take_saved(self, saved: SavedPage) -> tuple[bytes, CaptureRef]:
        """Keep a saved page as a resource record; its own canonical link, if any, says what it is."""
        body = saved.path.read_bytes()
        url = saved.url or stated_url(body, saved.content_type) or saved.path.as_uri()
        mime = saved.content_type.split(";")[0].strip()
        capture = capture_ref_of_file(url, saved.fetched_at, mime, body)
        known = same_capture(self._session.db, capture)
        if known is None:
            written = self._session.writer.write_resource(url, saved.fetched_at, saved.content_type, body)
            known = replace(capture, warc_file=written.file, warc_offset=written.offset, warc_length=written.length)
            self._session.remember(known)
        return body, known

    def _original_of(self, record: Record) -> CaptureRef | None:
        """The capture of ours that a foreign revisit repeats: by what it refers to, or by its digest there."""
        if record.type != "revisit":
            return None
        if record.refers_to is not None:
            url, date = record.refers_to[0], utc_seconds(record.refers_to[1])
            known = self._originals.get((url, date)) or capture_at(self._session.db, url, date)
            if known is not None:
                return known
        return self._originals.get(record.payload_digest)

    def _made_whole(self, record: Record, original: CaptureRef) -> Record:
        """The answer that a revisit stands for: one of another address, or without headers of its own."""
        whole = stored_record(self._session, original)
        if whole is None:
            message = f"{record.path.name}: the original of the record at byte {record.offset} cannot be read"
            raise DamagedRecordError(message, path=record.path, offset=record.offset)
        return replace(record, type="response", status=whole.status, headers=whole.headers, body=whole.body)

    def _copy(self, record: Record, capture: CaptureRef, original: CaptureRef | None) -> CaptureRef:
        writer = self._session.writer
        if record.status is None:
            mime = record.content_type or "application/octet-stream"
            written = writer.write_resource(capture.url, capture.fetched_at, mime, record.body)
        else:
            exchange = Exchange(
                url=capture.url,
                fetched_at=capture.fetched_at,
                status=record.status,
                reason="",
                headers=tuple(pair for pair in record.headers if pair[0].lower() != "transfer-encoding"),
                body=unchunked_body(record),
            )
            repeated = None
            if original is not None:
                digest = original.payload_digest
                repeated = Original(url=original.url, fetched_at=original.fetched_at, payload_digest=digest)
            written = writer.write(exchange, original=repeated, with_request=False)
        return replace(capture, warc_file=written.file, warc_offset=written.offset, warc_length=written.length)


def capture_ref_of_file(url: str, fetched_at: str, mime: str, body: bytes) -> CaptureRef:
    """Return the row of ``captures`` of a saved page, before it has a record."""
    return CaptureRef(
        url=url,
        fetched_at=fetched_at,
        status=200,
        mime_type=mime,
        payload_digest=payload_digest(body),
        source="file",
    )
