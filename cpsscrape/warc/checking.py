"""Checks every member of a WARC file: complete to its gzip end, well formed, its digests right."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.exceptions import DamagedRecordError, TruncatedRecordError, WarcError
from cpsscrape.warc.index import ANSWERS
from cpsscrape.warc.members import Member, next_member, read_members
from cpsscrape.warc.reader import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cpsscrape.warc.reader import Record

_READ = ANSWERS | {"warcinfo"}
_END = b"\r\n\r\n"
_HASHES = frozenset({"sha1", "sha256", "sha512", "md5"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRecord:
    """What is wrong with a record; no ``faults`` means that all its digests are right.

    ``record`` is None for requests and the like, which nothing else refers to.
    """

    type: str
    offset: int
    length: int
    faults: tuple[str, ...]
    record: Record | None


def check_records(path: Path) -> Iterator[CheckedRecord | WarcError]:
    """Yield every record of a compressed WARC file, and an error for each place that cannot be read.

    Reading goes on behind a damaged place, at the next member that begins a record. One record
    at a time is in memory.
    """
    start: int | None = 0
    while start is not None:
        try:
            for member in read_members(path, start):
                start = member.offset
                yield _checked(path, member)
                start = member.offset + member.length
            start = None
        except WarcError as error:
            yield error
            start = next_member(path, error.offset or 0)


def _checked(path: Path, member: Member) -> CheckedRecord:
    head, _, rest = member.data.partition(_END)
    fields = _fields(head)
    kind = fields.get("warc-type", "")
    if not head.startswith(b"WARC/") or not kind:
        message = f"{path.name}: no record in the member at byte {member.offset}"
        raise DamagedRecordError(message, path=path, offset=member.offset)
    size = fields.get("content-length", "")
    if not size.isdecimal() or len(rest) < int(size):
        message = f"{path.name}: the record at byte {member.offset} is shorter than it says"
        raise TruncatedRecordError(message, path=path, offset=member.offset)
    block, tail = rest[: int(size)], rest[int(size) :]
    faults = [] if tail == _END else [f"{len(tail)} bytes stand behind its block, where two line ends belong"]
    faults += _digest_faults(kind, fields, block)
    record = next(records_of(path, member), None) if kind in _READ else None
    return CheckedRecord(type=kind, offset=member.offset, length=member.length, faults=tuple(faults), record=record)


def _digest_faults(kind: str, fields: dict[str, str], block: bytes) -> Iterator[str]:
    stated = fields.get("warc-block-digest")
    if stated is None:
        yield "it states no block digest"
    elif not _matches(stated, block):
        yield "its block digest differs"
    payload = fields.get("warc-payload-digest")
    if kind == "revisit":
        if payload is None:
            yield "it does not say whose payload it repeats"
        return
    if payload is not None and not _matches(payload, _payload(kind, block)):
        yield "its payload digest differs"
    elif payload is None and kind == "response":
        yield "it states no payload digest"


def _payload(kind: str, block: bytes) -> bytes:
    return block.partition(_END)[2] if kind in {"response", "request"} else block


def _fields(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _matches(stated: str, data: bytes) -> bool:
    name, _, value = stated.partition(":")
    if name.lower() not in _HASHES:
        return False
    digest = hashlib.new(name.lower(), data, usedforsecurity=False)
    plain = base64.b32encode(digest.digest()).decode("ascii")
    return value.upper().rstrip("=") == plain.rstrip("=") or value.lower() == digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the sha256 of a whole file, as the manifest states it."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
