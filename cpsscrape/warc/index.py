"""Which records a set of WARC files holds, in the order in which they were captured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.warc.reader import read_warc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from cpsscrape.exceptions import WarcError

ANSWERS = frozenset({"response", "revisit", "resource"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one answer lies; sorts by date, then file, then offset. ``length`` is 0 in an uncompressed file."""

    date: str
    file: str
    offset: int
    length: int
    url: str
    path: Path
    info: int


@dataclass(slots=True, kw_only=True)
class Index:
    """The answers of some files in order, what each file says of itself, and what is damaged."""

    places: list[Place]
    infos: list[dict[str, str]]
    damaged: list[WarcError]


def index_files(paths: Iterable[Path], *, seen: Callable[[Path], None] = lambda _: None) -> Index:
    """Read every file once and note where its answers are. ``seen`` is called after each file."""
    index = Index(places=[], infos=[{}], damaged=[])
    for path in paths:
        current = 0
        for record in read_warc(path, damaged=index.damaged):
            if record.type == "warcinfo":
                index.infos.append(warcinfo(record.body))
                current = len(index.infos) - 1
            elif record.type in ANSWERS and record.url:
                index.places.append(
                    Place(
                        date=utc_seconds(record.date),
                        file=path.name,
                        offset=record.offset,
                        length=record.length,
                        url=record.url,
                        path=path,
                        info=current,
                    )
                )
        seen(path)
    index.places.sort(key=lambda place: (place.date, place.file, place.offset))
    return index


def warcinfo(body: bytes) -> dict[str, str]:
    """Return the fields of a ``warcinfo`` record's body."""
    lines = body.decode("utf-8", "replace").splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def utc_seconds(date: str) -> str:
    """Return a ``WARC-Date`` as the archive writes times; fractions of a second are cut off."""
    return date[:19] + "Z" if len(date) >= 19 else date
