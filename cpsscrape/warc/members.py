"""The gzip members of a WARC file, each complete to its last byte or an error with its offset.

warcio and FastWARC both read past a member that ends early without a word; an archive may not.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from cpsscrape.exceptions import DamagedRecordError, TruncatedRecordError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One gzip member: where its bytes lie in the file, and what they decompress to."""

    offset: int
    length: int
    data: bytes


def read_members(path: Path, start: int = 0) -> Iterator[Member]:
    """Yield the members of a ``.warc.gz`` from byte ``start`` on.

    Raises TruncatedRecordError where the file ends inside a member, and DamagedRecordError
    where a member does not decompress or its checksum differs. :func:`next_member` finds the
    place to go on.
    """
    with path.open("rb") as source:
        source.seek(start)
        offset, pending = start, b""
        while pending or (pending := source.read(_CHUNK)):
            data, length, pending = _member(path, source, offset, pending)
            yield Member(offset=offset, length=length, data=data)
            offset += length


def _member(path: Path, source: BinaryIO, offset: int, chunk: bytes) -> tuple[bytes, int, bytes]:
    inflate = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    consumed = 0
    try:
        while chunk:
            parts.append(inflate.decompress(chunk))
            if inflate.eof:
                rest = inflate.unused_data
                return b"".join(parts), consumed + len(chunk) - len(rest), rest
            consumed += len(chunk)
            chunk = source.read(_CHUNK)
    except zlib.error as error:
        message = f"{path.name}: the record at byte {offset} does not decompress ({error})"
        raise DamagedRecordError(message, path=path, offset=offset) from error
    message = f"{path.name}: the file ends inside the record at byte {offset}"
    raise TruncatedRecordError(message, path=path, offset=offset)


def next_member(path: Path, after: int) -> int | None:
    """Return the offset of the next place after byte ``after`` where a member begins, if any.

    The two bytes of gzip's magic number and its method also occur by chance inside compressed
    data, so a candidate counts only if its first bytes decompress to a WARC record.
    """
    with path.open("rb") as source:
        position = after + 1
        source.seek(position)
        window = b""
        while chunk := source.read(_CHUNK):
            window += chunk
            while (found := window.find(_MAGIC)) >= 0:
                candidate = position + found
                if _starts_record(path, candidate):
                    return candidate
                window = window[found + 1 :]
                position = candidate + 1
            keep = window[-len(_MAGIC) + 1 :]
            position += len(window) - len(keep)
            window = keep
    return None


def _starts_record(path: Path, offset: int) -> bool:
    with path.open("rb") as source:
        source.seek(offset)
        try:
            return zlib.decompressobj(_GZIP).decompress(source.read(4096), 5) == b"WARC/"
        except zlib.error:
            return False


def read_member(path: Path, offset: int, length: int) -> Member:
    """Return the one member at ``offset``; an error when it is not whole or not that long."""
    with path.open("rb") as source:
        source.seek(offset)
        raw = source.read(length)
    inflate = zlib.decompressobj(_GZIP)
    try:
        data = inflate.decompress(raw)
    except zlib.error as error:
        message = f"{path.name}: the record at byte {offset} does not decompress ({error})"
        raise DamagedRecordError(message, path=path, offset=offset) from error
    if not inflate.eof or inflate.unused_data:
        message = f"{path.name}: no record of {length} bytes at byte {offset}"
        raise TruncatedRecordError(message, path=path, offset=offset)
    return Member(offset=offset, length=length, data=data)
