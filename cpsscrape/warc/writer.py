"""Writes HTTP exchanges to WARC/1.1 files, one gzip member a record."""

from __future__ import annotations

import os
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from cpsscrape.durable import sync_folder
from cpsscrape.warc.exchange import Exchange, Headers, Original, Written, payload_digest
from cpsscrape.warc.segments import SUFFIX, close_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class _RecordWriter(WARCWriter):  # type: ignore[misc] # warcio ships no types
    """warcio's writer with sha256 in place of its fixed sha1."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class WarcWriter:
    """Appends records to segments of at most about ``max_bytes`` in ``folder``.

    A record is on the disk when :meth:`sync` returns; no row may point at it before. The disk
    works meanwhile: :meth:`write` starts the flush and does not wait for it. ``info`` is what
    each segment's ``warcinfo`` says of its making. The first segment is made by the first
    record, so a run that fetches nothing leaves no file.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        info: Mapping[str, str],
        max_bytes: int,
        before_close: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self._name = name
        self._info = info
        self._max_bytes = max_bytes
        self._before_close = before_close
        self._serial = 0
        self._out: BinaryIO | None = None
        self._file = ""
        self._size = 0
        self._records = _records()
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warc")
        self._flush: Future[None] | None = None

    def write(
        self,
        exchange: Exchange,
        *,
        original: Original | None = None,
        with_request: bool = True,
        source_uri: str | None = None,
    ) -> Written:
        """Write the answer and its request; with ``original``, a revisit in place of the answer.

        ``with_request`` is false for a copy of somebody else's record, whose request is unknown;
        ``source_uri`` is where such a copy was fetched.
        """
        answer = _answer(self._records, exchange, original, source_uri)
        request = _request(self._records, exchange, answer)
        out = self._segment()
        response_bytes = _member(self._records, answer)
        offset = self._size
        self._append(out, response_bytes + (_member(self._records, request) if with_request else b""))
        digest = original.payload_digest if original else payload_digest(exchange.body)
        return Written(file=self._file, offset=offset, length=len(response_bytes), payload_digest=digest)

    def write_resource(self, url: str, fetched_at: str, content_type: str, body: bytes) -> Written:
        """Write bytes that did not come by HTTP, such as a saved page, as a resource record."""
        record = self._records.create_warc_record(
            url,
            "resource",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Date": fetched_at},
        )
        out = self._segment()
        data = _member(self._records, record)
        offset = self._size
        self._append(out, data)
        return Written(file=self._file, offset=offset, length=len(data), payload_digest=payload_digest(body))

    @property
    def is_flushing(self) -> bool:
        """Whether the last record is still on its way to the disk; those before it are there."""
        return self._flush is not None and not self._flush.done()

    def sync(self) -> None:
        """Wait until every record written so far is on the disk; OSError when it could not be."""
        flush, self._flush = self._flush, None
        if flush is not None:
            flush.result()

    def close(self) -> None:
        """Close the open segment and enter it into the manifest."""
        self.sync()
        if self._out is not None:
            self._before_close()
            self._out.close()
            self._out = None
            close_segment(self.folder, self._file)

    def finish(self) -> None:
        """Close the writer for good: nothing is written after this."""
        try:
            self.close()
        finally:
            self._disk.shutdown()

    def _segment(self) -> BinaryIO:
        if self._out is not None and self._size >= self._max_bytes:
            self.close()
        if self._out is None:
            self._serial += 1
            self._file = f"{self._name}-{self._serial:05d}{SUFFIX}"
            self._out = (self.folder / self._file).open("xb", buffering=0)
            self._size = 0
            sync_folder(self.folder)
            self._append(self._out, info_member(self._file, self._info))
        return self._out

    def _append(self, out: BinaryIO, data: bytes) -> None:
        try:
            view = memoryview(data)
            while view:
                view = view[out.write(view) :]
        except OSError:
            # A full disk must not leave half a record before the next one.
            out.truncate(self._size)
            out.seek(self._size)
            raise
        self._size += len(data)
        self.sync()
        self._flush = self._disk.submit(os.fsync, out.fileno())


def response_member(exchange: Exchange) -> bytes:
    """Return the compressed response record of an exchange, to be put into a file of ours."""
    records = _records()
    return _member(records, _answer(records, exchange, None, None))


def info_member(file: str, info: Mapping[str, str]) -> bytes:
    """Return the compressed ``warcinfo`` record of a file."""
    records = _records()
    return _member(records, records.create_warcinfo_record(file, info))


def _records() -> _RecordWriter:
    return _RecordWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")


def _member(records: _RecordWriter, record: ArcWarcRecord) -> bytes:
    records.out = BytesIO()
    records.write_record(record)
    deflate = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return deflate.compress(records.out.getvalue()) + deflate.flush()


def _answer(
    records: _RecordWriter, exchange: Exchange, original: Original | None, source_uri: str | None
) -> ArcWarcRecord:
    status = StatusAndHeaders(
        f"{exchange.status} {exchange.reason}".strip(), list(exchange.headers), protocol=exchange.protocol
    )
    fields = {"WARC-Date": exchange.fetched_at}
    if exchange.ip_address:
        fields["WARC-IP-Address"] = exchange.ip_address
    if source_uri:
        fields["WARC-Source-URI"] = source_uri
    if original is None:
        fields["WARC-Payload-Digest"] = payload_digest(exchange.body)
        return records.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            warc_headers_dict=fields,
            http_headers=status,
        )
    fields |= {
        "WARC-Profile": NOT_MODIFIED if exchange.status == 304 else SAME_PAYLOAD,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": original.fetched_at,
        "WARC-Payload-Digest": original.payload_digest,
    }
    return records.create_warc_record(exchange.url, "revisit", warc_headers_dict=fields, http_headers=status)


def _request(records: _RecordWriter, exchange: Exchange, answer: ArcWarcRecord) -> ArcWarcRecord:
    line = f"{exchange.request_method} {_target(exchange.url)} HTTP/1.1"
    fields = {
        "WARC-Date": exchange.fetched_at,
        "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
    }
    headers: Headers = exchange.request_headers
    return records.create_warc_record(
        exchange.url,
        "request",
        warc_headers_dict=fields,
        http_headers=StatusAndHeaders(line, list(headers), is_http_request=True),
    )


def _target(url: str) -> str:
    rest = url.split("://", 1)[-1]
    slash = rest.find("/")
    return rest[slash:].split("#", 1)[0] if slash >= 0 else "/"
