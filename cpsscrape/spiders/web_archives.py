"""Web archives that speak the CDX server API: three descriptions of one mechanism."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.normalise.areas import areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TIMESTAMP = re.compile(r"\d{14}")
ABSENT = frozenset({"404", "410"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WebArchive:
    """Where an archive's index is and how its bytes are fetched.

    ``replay`` is a template of ``{timestamp}`` and ``{url}`` that answers with the bytes as
    archived; where it is None the index names a WARC file below ``files`` and a byte range.
    ``collections`` is the address of a JSON list of indexes, for an archive that has many.
    """

    name: str
    cdx: str | None = None
    replay: str | None = None
    files: str | None = None
    collections: str | None = None
    per_minute: int = 24


ARCHIVES = {
    # 24 index requests a minute is what the Wayback Machine bears; above, it answers 429.
    "wayback": WebArchive(
        name="wayback",
        cdx="https://web.archive.org/cdx/search/cdx",
        replay="https://web.archive.org/web/{timestamp}id_/{url}",
    ),
    "ukgwa": WebArchive(
        name="ukgwa",
        cdx="https://webarchive.nationalarchives.gov.uk/ukgwa/cdx",
        replay="https://webarchive.nationalarchives.gov.uk/ukgwa/{timestamp}id_/{url}",
    ),
    "commoncrawl": WebArchive(
        name="commoncrawl",
        collections="https://index.commoncrawl.org/collinfo.json",
        files="https://data.commoncrawl.org/",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """One line of a CDX index. ``timestamp`` has 14 digits; ``status`` is as text, ``-`` for none."""

    url: str
    timestamp: str
    status: str
    digest: str
    mime: str = ""
    file: str | None = None
    offset: int | None = None
    length: int | None = None

    @property
    def fetched_at(self) -> str:
        """The capture time as the archive writes times."""
        t = self.timestamp
        return f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[8:10]}:{t[10:12]}:{t[12:14]}Z"


def news_prefixes() -> list[str]:
    """Return the beginnings of paths below which stories lie or lay.

    A joined prefix such as ``/north-east-yorkshire-and-humberside/news/`` begins with an
    area's own, so areas are asked for without what follows; none lies within another.
    """
    slugs = {slug for area in areas() for slug in (area.slug, *area.other_slugs)} | {"news"}
    return [f"/{slug}" for slug in sorted(slugs) if not any(slug != s and slug.startswith(s) for s in slugs)]


def read_index(text: str) -> list[Memento]:
    """Read what a CDX server answers: JSON lines (pywb), one JSON array (Wayback), or plain CDX.

    A line that cannot be read is skipped: indexes hold broken lines, and the rest is good.
    """
    stripped = text.lstrip()
    if stripped.startswith("[["):
        return list(_array(stripped))
    return [memento for memento in map(_line, text.splitlines()) if memento is not None]


def _array(text: str) -> Iterator[Memento]:
    try:
        rows = json.loads(text)
    except ValueError:
        return
    names = rows[0] if rows else []
    for row in rows[1:]:
        memento = _memento(dict(zip(names, row, strict=False)))
        if memento is not None:
            yield memento


def _line(line: str) -> Memento | None:
    start = line.find("{")
    if start >= 0:
        try:
            fields = json.loads(line[start:])
        except ValueError:
            return None
        before = line[:start].split()
        if len(before) == 2:  # CDXJ proper: `key timestamp {…}`
            fields.setdefault("timestamp", before[1])
        return _memento(fields)
    words = line.split()
    if len(words) < 6:
        return None
    names = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
    return _memento(dict(zip(names, words, strict=False)))


def _memento(fields: dict[str, str]) -> Memento | None:
    url = fields.get("original") or fields.get("url")
    timestamp = str(fields.get("timestamp", ""))
    if not url or not _TIMESTAMP.fullmatch(timestamp):
        return None
    offset, length = str(fields.get("offset", "")), str(fields.get("length", ""))
    return Memento(
        url=url,
        timestamp=timestamp,
        status=str(fields.get("statuscode") or fields.get("status") or "-"),
        digest=str(fields.get("digest") or ""),
        mime=str(fields.get("mimetype") or fields.get("mime") or ""),
        file=fields.get("filename"),
        offset=int(offset) if offset.isdecimal() else None,
        length=int(length) if length.isdecimal() else None,
    )


def worth_fetching(mementos: Iterable[Memento]) -> list[Memento]:
    """Return one capture per address and digest, the earliest; and what shows that a story went.

    Of the answers "not found" after the last good capture of an address the first and the last
    are taken: they are the evidence for a removal. A `revisit` line repeats an earlier digest.
    """
    good: dict[tuple[str, str], Memento] = {}
    last_good: dict[str, str] = {}
    absent: dict[str, list[Memento]] = {}
    for memento in sorted(mementos, key=lambda m: (m.timestamp, m.url)):
        page = re.sub(r"^https?://(?:www\.)?", "", memento.url)
        if memento.status in ABSENT:
            absent.setdefault(page, []).append(memento)
        elif memento.status == "200" or (memento.status == "-" and memento.mime == "warc/revisit"):
            last_good[page] = memento.timestamp
            if memento.status == "200":
                good.setdefault((page, memento.digest), memento)
    chosen = list(good.values())
    for page, misses in absent.items():
        after = [memento for memento in misses if memento.timestamp > last_good.get(page, "9")]
        chosen += after[:1] + (after[-1:] if len(after) > 1 else [])
    return sorted(chosen, key=lambda m: (m.timestamp, m.url))
