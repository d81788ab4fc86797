"""Reads WARC records, our own and other crawlers', one at a time."""

from __future__ import annotations

import logging
import re
import zlib
from dataclasses import dataclass, replace
from io import SEEK_END, BytesIO
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from cpsscrape.exceptions import DamagedRecordError, TruncatedRecordError, WarcError
from cpsscrape.warc.exchange import Headers, header
from cpsscrape.warc.members import next_member, read_member, read_members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

    from cpsscrape.warc.members import Member

logger = logging.getLogger(__name__)

MAX_DECODED = 64 << 20  # bytes; a page of the site is under one megabyte
_GZIP_MAGIC = b"\x1f\x8b"
_HEAD = 1 << 16  # bytes; the head of a record is below one kilobyte


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record. ``body`` is as recorded: unchunked, but still content-encoded.

    ``type`` is ``warcinfo``, ``request``, ``response``, ``revisit``, ``resource`` or another;
    ``status`` is None where there is no HTTP answer. ``offset`` and ``length`` are bytes of
    the file as it lies on disk. ``refers_to`` is (address, date) of a revisit's original.
    """

    path: Path
    offset: int
    length: int
    type: str
    url: str | None
    date: str
    status: int | None
    headers: Headers
    fields: Headers
    body: bytes
    payload_digest: str | None
    refers_to: tuple[str, str] | None = None

    @property
    def content_type(self) -> str | None:
        """What the server said it is; for a resource record what the record says."""
        return header(self.headers, "Content-Type") or (
            header(self.fields, "Content-Type") if self.type == "resource" else None
        )


def read_warc(path: Path, *, damaged: list[WarcError] | None = None) -> Iterator[Record]:
    """Yield the records of a WARC file, compressed by member or not at all, in file order.

    A damaged record is appended to ``damaged`` and skipped; without that list it is raised.
    """
    with path.open("rb") as source:
        compressed = source.read(2) == _GZIP_MAGIC
    if not compressed:
        yield from _all_plain_records(path, damaged)
        return
    start: int | None = 0
    while start is not None:
        try:
            for member in read_members(path, start):
                start = member.offset
                yield from _records_of(path, member.offset, member.length, member.data)
            start = None
        except WarcError as error:
            if damaged is None:
                raise
            damaged.append(error)
            start = next_member(path, error.offset or 0)


def read_record(path: Path, offset: int, length: int) -> Record:
    """Return the one record at ``offset``; a WarcError when it is not whole there.

    ``length`` is 0 for a record of an uncompressed file, which says itself how long it is.
    """
    if not length:
        for record in _plain_records(path, offset):
            return record
    member = read_member(path, offset, length)
    for record in _records_of(path, offset, length, member.data):
        return record
    message = f"{path.name}: nothing is recorded at byte {offset}"
    raise DamagedRecordError(message, path=path, offset=offset)


def records_of(path: Path, member: Member) -> Iterator[Record]:
    """Yield the records of a member that was read already; one, in files of our own."""
    yield from _records_of(path, member.offset, member.length, member.data)


def _records_of(path: Path, offset: int, length: int, data: bytes) -> Iterator[Record]:
    try:
        for record in ArchiveIterator(BytesIO(data), verify_http=False):
            yield _record(path, offset, length, record)
    except (ArchiveLoadFailed, ValueError, EOFError, UnicodeError) as error:
        message = f"{path.name}: the record at byte {offset} cannot be read ({error})"
        raise DamagedRecordError(message, path=path, offset=offset) from error


def _all_plain_records(path: Path, damaged: list[WarcError] | None) -> Iterator[Record]:
    start: int | None = 0
    while start is not None:
        try:
            yield from _plain_records(path, start)
            start = None
        except WarcError as error:
            if damaged is None:
                raise
            damaged.append(error)
            start = _next_plain(path, error.offset or 0)


def _plain_records(path: Path, start: int) -> Iterator[Record]:
    offset = start
    try:
        with path.open("rb") as source:
            source.seek(start)
            records = ArchiveIterator(source, verify_http=False)
            for record in records:
                found = _record(path, 0, 0, record)
                offset = records.get_record_offset()  # asked for first, it skips the body
                _plain_end(path, offset)
                yield replace(found, offset=offset)
    except (ArchiveLoadFailed, ValueError, EOFError, UnicodeError) as error:
        message = f"{path.name}: the record at or after byte {offset} cannot be read ({str(error).strip()})"
        raise DamagedRecordError(message, path=path, offset=offset) from error
    end = _plain_end(path, offset)
    if end < path.stat().st_size:  # warcio stops without a word in a head that is cut off
        raise TruncatedRecordError(_cut(path, end), path=path, offset=end)


def _plain_end(path: Path, offset: int) -> int:
    """Return where the record at ``offset`` of an uncompressed file ends; an error when that is past the file's end."""
    with path.open("rb") as source:
        source.seek(offset)
        head, mark, _ = source.read(_HEAD).partition(b"\r\n\r\n")
        length = re.search(rb"^Content-Length:[ \t]*(\d+)", head, re.MULTILINE | re.IGNORECASE)
        end = offset + len(head) + len(mark) + int(length[1]) + 4 if mark and length else None
        if end is None or end > source.seek(0, SEEK_END):
            raise TruncatedRecordError(_cut(path, offset), path=path, offset=offset)
    return end


def _cut(path: Path, offset: int) -> str:
    return f"{path.name}: the file ends inside the record at byte {offset}"


def _next_plain(path: Path, after: int) -> int | None:
    """Return where the next record of an uncompressed file may begin, after a damaged one."""
    mark = b"\r\n\r\nWARC/1."
    with path.open("rb") as source:
        position = after + 1
        source.seek(position)
        window = b""
        while chunk := source.read(1 << 16):
            window += chunk
            found = window.find(mark)
            if found >= 0:
                return position + found + 4
            keep = window[-len(mark) + 1 :]
            position += len(window) - len(keep)
            window = keep
    return None


def _record(path: Path, offset: int, length: int, record: ArcWarcRecord) -> Record:
    fields = record.rec_headers
    http = record.http_headers
    status = http.get_statuscode() if http is not None and record.rec_type != "request" else ""
    original = _address(fields.get_header("WARC-Refers-To-Target-URI"))
    return Record(
        path=path,
        offset=offset,
        length=length,
        type=record.rec_type,
        url=_address(fields.get_header("WARC-Target-URI")),
        date=fields.get_header("WARC-Date") or "",
        status=int(status) if status and status.isdecimal() else None,
        headers=tuple(http.headers) if http is not None else (),
        fields=tuple(fields.headers),
        body=record.raw_stream.read(),
        payload_digest=fields.get_header("WARC-Payload-Digest"),
        refers_to=(original, fields.get_header("WARC-Refers-To-Date") or "") if original else None,
    )


def _address(text: str | None) -> str | None:
    """An address without the angle brackets that the grammar of WARC/1.0 asked for, and wget writes."""
    return text[1:-1] if text and text[0] == "<" and text[-1] == ">" else text


def decoded_body(record: Record) -> bytes:
    """Return the body without its transfer and content coding; as it is where neither can be undone.

    Raises DamagedRecordError when it grows beyond ``MAX_DECODED``: a decompression bomb.
    """
    body = unchunked_body(record)
    coding = (header(record.headers, "Content-Encoding") or "").lower()
    for name in reversed([part.strip() for part in coding.split(",") if part.strip()]):
        body = _decoded(body, name, record)
    return body


def unchunked_body(record: Record) -> bytes:
    """Return the body without its transfer coding: some crawlers record it as it came."""
    if "chunked" in (header(record.headers, "Transfer-Encoding") or "").lower():
        return _unchunked(record.body)
    return record.body


def _decoded(body: bytes, coding: str, record: Record) -> bytes:
    if coding in {"gzip", "x-gzip", "deflate"}:
        for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
            inflate = zlib.decompressobj(bits)
            try:
                data = inflate.decompress(body, MAX_DECODED)
            except zlib.error:
                continue
            if inflate.unconsumed_tail:
                message = f"{record.path.name}: the body at byte {record.offset} decompresses beyond bounds"
                raise DamagedRecordError(message, path=record.path, offset=record.offset)
            return data
    return body


def _unchunked(body: bytes) -> bytes:
    """Undo chunking as some crawlers record it; a body that only claims to be chunked stays."""
    parts: list[bytes] = []
    position = 0
    while (end := body.find(b"\r\n", position)) >= 0:
        size_text = body[position:end].split(b";")[0].strip()
        try:
            size = int(size_text, 16)
        except ValueError:
            return body
        if size == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        position = end + 2 + size + 2
    return body
