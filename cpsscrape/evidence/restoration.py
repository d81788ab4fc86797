"""Takes a withdrawal back and reads the article again from the evidence that was kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.archive.articles import Sighting, store_article
from cpsscrape.archive.captures import capture_of
from cpsscrape.archive.database import site_of
from cpsscrape.archive.listings import merged_teaser
from cpsscrape.archive.withdrawals import sync_withdrawals, write_withdrawals
from cpsscrape.evidence.stored_bytes import answer
from cpsscrape.evidence.withdrawal import address_of, group_of, open_to_change
from cpsscrape.exceptions import ParseError, UnknownArticleError, WarcError
from cpsscrape.intake import take_listing
from cpsscrape.normalise.urls import SITE, canonical_url, is_listing_url, listing_base
from cpsscrape.pages.listing import read_listing
from cpsscrape.reader import READER_VERSION, read_article

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.items import CaptureRef


def undo_withdrawal(folder: Path, name: str, *, redact: bool) -> int:
    """Take the tombstone away; return how many versions of the article were read again.

    The next crawl may fetch its addresses again. Raises UnknownArticleError where nothing of
    that name was withdrawn.
    """
    with open_to_change(folder) as archive:
        db = archive.db
        site = site_of(db) or SITE
        listed = sync_withdrawals(db, folder)
        group = group_of(listed, *address_of(name, site))
        if group is None:
            raise UnknownArticleError(f"{name} was not withdrawn: {folder / 'withdrawals.csv'} lists what was.")
        urls = sorted(row.url for row in listed if row.group == group)
        write_withdrawals(folder, [row for row in listed if row.group != group])
        sync_withdrawals(db, folder)
        with db.atomic():
            again = _Restoration(db, folder / "warc", site, urls, redact=redact)
            again.read()
            state = "done" if again.stored else "pending"
            db.conn.executemany(
                "update frontier set state = ?, reason = null where url = ? and reason = 'withdrawn'",
                [(state, url) for url in urls],
            )
        return len(again.versions)


class _Restoration:
    """Goes through the captures of the listings and of one article, in the order of their making."""

    def __init__(self, db: Database, warc: Path, site: str, urls: list[str], *, redact: bool) -> None:
        self._db = db
        self._warc = warc
        self._site = site
        self._urls = urls
        self._redact = redact
        self.stored = 0
        self.versions: set[int] = set()

    def read(self) -> None:
        rows = self._db.conn.execute(
            "select id, url from captures where status in (200, 304) order by fetched_at, warc_file, warc_offset"
        ).fetchall()
        for number, url in rows:
            listing = is_listing_url(url, self._site)
            if not listing and canonical_url(url, self._site) not in self._urls:
                continue
            capture = capture_of(self._db, number)
            try:
                body, content_type = answer(self._db, self._warc, capture)
                if listing:
                    self._teasers(capture, body, content_type)
                else:
                    self._story(number, capture, body, content_type)
            except (OSError, WarcError, ParseError):
                continue  # purged, or no story: there is nothing of it to take up again

    def _teasers(self, capture: CaptureRef, body: bytes, content_type: str) -> None:
        listing = read_listing(body, capture.url, content_type)
        ours = tuple(
            teaser for teaser in listing.teasers if teaser.url and canonical_url(teaser.url, self._site) in self._urls
        )
        if ours:
            base, area = listing_base(capture.url, self._site)
            only = replace(listing, teasers=ours, areas=(), crime_types=())
            take_listing(self._db, only, base, site=self._site, area=area, at=capture.fetched_at)

    def _story(self, number: int, capture: CaptureRef, body: bytes, content_type: str) -> None:
        teaser = merged_teaser(self._db, self._urls)
        article = read_article(
            body, url=capture.url, content_type=content_type, teaser=teaser, redact_birth_dates=self._redact
        )
        names = dict.fromkeys((*article.aliases, *self._urls))
        article = replace(article, aliases=tuple(name for name in names if name != article.url))
        sighting = Sighting(
            capture_id=number,
            seen_at=capture.fetched_at,
            reader_version=READER_VERSION,
            teaser_known=teaser is not None,
        )
        stored = store_article(self._db, article, sighting, site=self._site)
        self.stored += 1
        self.versions.add(stored.version)
