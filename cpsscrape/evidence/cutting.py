"""Decides which records of the WARC files show an article that is to be nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cpsscrape.exceptions import CpsScrapeError
from cpsscrape.normalise.urls import is_listing_url
from cpsscrape.reader import read_page
from cpsscrape.warc.index import ANSWERS
from cpsscrape.warc.purging import Cut
from cpsscrape.warc.reader import decoded_body, read_record, read_warc
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.evidence.purge import Withheld
    from cpsscrape.warc.reader import Record


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    offset: int
    length: int
    id: str


def cuts_of(db: Database, folder: Path, withheld: Withheld) -> tuple[dict[Path, Cut], int]:
    """Return what goes of each file that is to be written anew, and how many pages merely link to it.

    The evidence of another article stays, even where it was answered at the same address.
    """
    search = _Search(db, withheld)
    for path in segment_files(folder):
        search.read(path)
    search.follow()
    return search.cuts, search.linking


class _Search:
    """Reads all files once. Revisits are judged last: they go, or stay, with what they repeat."""

    def __init__(self, db: Database, withheld: Withheld) -> None:
        self._withheld = withheld
        self._mention = _mention(withheld)
        self._kept = _evidence_of_others(db)
        self._originals: dict[str, _Place] = {}  # dropped payloads, by digest
        self._tainted: set[str] = set()  # digests of payloads that show the article
        self._revisits: list[tuple[_Place, str, bool]] = []
        self.cuts: dict[Path, Cut] = {}
        self.linking = 0
        self._mentioned = False

    def read(self, path: Path) -> None:
        for record in read_warc(path, damaged=[]):
            if record.type not in ANSWERS or record.url is None:
                continue
            place = _Place(path, record.offset, record.length, dict(record.fields).get("WARC-Record-ID", ""))
            digest = record.payload_digest or ""
            if record.type == "revisit":
                self._revisits.append((place, digest, self._withheld.concerns(record.url)))
                continue
            shows = self._shows(record)
            if shows:
                self._tainted.add(digest)
            if (shows or self._withheld.concerns(record.url)) and (path.name, record.offset) not in self._kept:
                self._drop(place)
                self._originals.setdefault(digest, place)
            elif self._mentioned:
                self.linking += 1

    def follow(self) -> None:
        """Judge the revisits: one that is kept and whose original goes takes the payload over."""
        for place, digest, concerned in self._revisits:
            kept = (place.path.name, place.offset) in self._kept
            if (concerned or digest in self._tainted) and not kept:
                self._drop(place)
            elif digest in self._originals:
                original = self._originals[digest]
                whole = read_record(original.path, original.offset, original.length)
                self._cut(place.path).fill[place.offset] = whole

    def _shows(self, record: Record) -> bool:
        """Whether a page is the article itself, or a listing with its teaser; a link alone is neither."""
        self._mentioned = False
        if record.status not in {200, None}:
            return False
        try:
            body = decoded_body(record)
        except CpsScrapeError:
            return self._withheld.concerns(record.url or "")
        if not self._mention.search(body):
            return False
        self._mentioned = True
        if is_listing_url(record.url or "", self._withheld.site):
            return True
        try:
            article = read_page(body, record.url or "", record.content_type or "text/html")
        except CpsScrapeError:
            return False
        return article.node_id in self._withheld.nodes or any(
            self._withheld.concerns(url) for url in (article.url, *article.aliases)
        )

    def _drop(self, place: _Place) -> None:
        cut = self._cut(place.path)
        cut.drop.add(place.offset)
        cut.ids.add(place.id)

    def _cut(self, path: Path) -> Cut:
        return self.cuts.setdefault(path, Cut())


def _mention(withheld: Withheld) -> re.Pattern[bytes]:
    """The paths of the addresses as they stand in a page: not as the beginning of a longer one."""
    paths = {urlsplit(url).path for url in withheld.urls} | {f"/node/{node}" for node in withheld.nodes}
    names = "|".join(re.escape(path) for path in sorted(paths - {"", "/"}, key=len, reverse=True))
    return re.compile(rf"(?:{names or '(?!)'})(?![\w-])".encode(), re.IGNORECASE)


def _evidence_of_others(db: Database) -> frozenset[tuple[str, int]]:
    rows = db.conn.execute(
        "select warc_file, warc_offset from captures where id in (select capture_id from article_versions "
        "union select capture_id from articles) and warc_file is not null"
    )
    return frozenset((name, offset) for name, offset in rows)
