"""Every teaser that any captured listing ever showed: what a story's labels must come from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils import Database

from cpsscrape.archive.captures import capture_of
from cpsscrape.archive.integrity import REBUILD
from cpsscrape.archive.migrations import migrations
from cpsscrape.archive.withdrawals import is_withdrawn
from cpsscrape.evidence.stored_bytes import answer
from cpsscrape.exceptions import ParseError, WarcError
from cpsscrape.findings import Finding
from cpsscrape.intake import take_listing
from cpsscrape.normalise.dates import teaser_date
from cpsscrape.normalise.privacy import remove_birth_dates
from cpsscrape.normalise.text import clean_text
from cpsscrape.normalise.urls import is_listing_url, listing_base
from cpsscrape.pages.listing import read_listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cpsscrape.evidence.tally import Tally

_SAID = "listing, url, title, date, text, content_type, topics, areas, digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The values that a story's teasers ever had."""

    dates: frozenset[str | None]
    texts: frozenset[str | None]
    types: frozenset[str | None]
    topics: frozenset[str]
    areas: frozenset[str]


class ShownTeasers:
    """A temporary table beside a copy of the database, filled from the listings' captures."""

    def __init__(self, db: Database, warc: Path, site: str) -> None:
        self._db = db
        self._warc = warc
        self._site = site
        self._scratch = Database(memory=True)
        migrations.apply(self._scratch)
        db.conn.execute(f"create temp table shown ({_SAID}, unique ({_SAID}))")
        db.conn.execute("create index temp.shown_url on shown(url)")

    def read(self, tally: Tally) -> None:
        """Read every captured listing page again. One that cannot be read was reported already."""
        rows = self._db.conn.execute(
            "select min(id), url from captures where status = 200 group by url, payload_digest"
        ).fetchall()
        listings = [number for number, url in rows if is_listing_url(url, self._site)]
        tally.stage("reading listings again", len(listings))
        for number in listings:
            self._take(number)
            tally.step(1)

    def _take(self, number: int) -> None:
        capture = capture_of(self._db, number)
        try:
            body, content_type = answer(self._db, self._warc, capture)
            listing = read_listing(body, capture.url, content_type)
        except (OSError, WarcError, ParseError):
            return
        base, area = listing_base(capture.url, self._site)
        with self._scratch.atomic():
            self._scratch.conn.execute("delete from teasers")
            take_listing(self._scratch, listing, base, site=self._site, area=area, at=capture.fetched_at)
        said = self._scratch.conn.execute(f"select {_SAID} from teasers").fetchall()
        marks = ", ".join("?" for _ in _SAID.split(", "))
        self._db.conn.executemany(f"insert or ignore into shown values ({marks})", said)

    def findings(self) -> Iterator[Finding]:
        """Yield the rows of ``teasers`` that no listing showed, and what was shown without a row."""
        for listing, url in self._db.conn.execute(
            f"select listing, url from (select {_SAID} from teasers except select {_SAID} from shown)"
        ):
            what = "says what no captured page of that listing says"
            yield Finding(place=f"teasers {listing} {url}", what=what, remedy=REBUILD)
        for listing, url in self._db.conn.execute(
            "select listing, url from shown except select listing, url from teasers"
        ).fetchall():
            if not is_withdrawn(self._db, (url,), None):
                yield Finding(place=f"teasers {listing} {url}", what="was shown and has no row", remedy=REBUILD)

    def of(self, urls: Sequence[str], *, redact: bool) -> Shown:
        """Return all that listings said of a story under any of its addresses."""
        marks = ", ".join("?" for _ in urls)
        rows = self._db.conn.execute(
            f"select date, text, content_type, topics, areas from shown where url in ({marks})", list(urls)
        ).fetchall()
        removed = remove_birth_dates if redact else str
        return Shown(
            dates=frozenset(teaser_date(row[0]) for row in rows),
            texts=frozenset(removed(clean_text(row[1] or "")) or None for row in rows),
            types=frozenset(clean_text(row[2] or "") or None for row in rows),
            topics=frozenset(clean_text(name) for row in rows for name in json.loads(row[3])),
            areas=frozenset(clean_text(name) for row in rows for name in json.loads(row[4])),
        )
