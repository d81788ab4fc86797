"""Writes a WARC file anew without some of its records; the bytes of all others stay as they are."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from cpsscrape.warc.exchange import Exchange
from cpsscrape.warc.index import warcinfo
from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import SUFFIX
from cpsscrape.warc.writer import info_member, response_member

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from cpsscrape.warc.reader import Record

PURGED = re.compile(r"-p(\d+)\.warc\.gz$")  # the name of a file that was written anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a kept record went. ``status`` is given where a revisit became a full answer."""

    old: int
    offset: int
    length: int
    status: int | None = None


@dataclass(slots=True, kw_only=True)
class Cut:
    """What of one file is to go (offsets of records), and which revisits need their payload."""

    drop: set[int] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    fill: dict[int, Record] = field(default_factory=dict)


def purged_name(name: str) -> str:
    """Return the next name of a file that is written anew: ``x-p1.warc.gz``, then ``x-p2…``."""
    match = PURGED.search(name)
    number = int(match[1]) + 1 if match else 1
    stem = name[: match.start()] if match else name.removesuffix(SUFFIX)
    return f"{stem}-p{number}{SUFFIX}"


def write_without(
    source: Path, target: Path, cut: Cut, *, name: str, note: Mapping[str, str], concerns: Callable[[str], bool]
) -> list[Moved]:
    """Write ``source`` to ``target`` as a file called ``name``, without what ``cut`` names.

    The request of a dropped answer goes with it, and so does any other record about an address
    that ``concerns``. Returns where the kept records are; empty when none is left, and then
    there is no file. The file is on the disk when this returns.
    """
    moved: list[Moved] = []
    with source.open("rb") as old, target.open("wb") as out:
        for record in read_warc(source):
            if record.type == "warcinfo":
                out.write(info_member(name, warcinfo(record.body) | dict(note)))
                continue
            if _goes(record, cut, concerns):
                continue
            status = None
            if record.offset in cut.fill:
                data, status = _filled(record, cut.fill[record.offset])
            else:
                old.seek(record.offset)
                data = old.read(record.length)
            moved.append(Moved(old=record.offset, offset=out.tell(), length=len(data), status=status))
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    if not moved:
        target.unlink()
    return moved


def _goes(record: Record, cut: Cut, concerns: Callable[[str], bool]) -> bool:
    if record.offset in cut.drop:
        return True
    if record.type in {"response", "revisit", "resource"}:
        return False
    fields = dict(record.fields)
    about = {fields.get("WARC-Concurrent-To"), fields.get("WARC-Refers-To")} - {None}
    return bool(about & cut.ids) or (not about and record.url is not None and concerns(record.url))


def _filled(revisit: Record, original: Record) -> tuple[bytes, int]:
    """A revisit with the payload it only referred to. A 304 takes the first answer's headers."""
    whole = original if revisit.status == 304 else revisit
    status = whole.status or 200
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = ""
    exchange = Exchange(
        url=revisit.url or "",
        fetched_at=revisit.date,
        status=status,
        reason=reason,
        headers=whole.headers,
        body=original.body,
    )
    return response_member(exchange), status
