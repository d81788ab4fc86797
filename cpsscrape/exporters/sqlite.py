"""A Scrapy item exporter whose file is the archive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy.exporters import BaseItemExporter

from cpsscrape.archive.articles import Sighting, Stored, store_article
from cpsscrape.archive.captures import save_capture
from cpsscrape.archive.withdrawals import is_withdrawn
from cpsscrape.normalise.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

    from cpsscrape.items import Article, Reading


class SqliteItemExporter(BaseItemExporter):
    """Writes readings as normalised rows; transactions are the caller's."""

    def __init__(
        self,
        db: Database,
        *,
        run_id: int,
        site: str,
        reader_version: str,
        reread: Callable[[int], Article | None],
    ) -> None:
        super().__init__(dont_fail=True)
        self._db = db
        self._run_id = run_id
        self._site = site
        self._reader_version = reader_version
        self._reread = reread

    def export_item(self, item: Reading) -> Stored | None:  # type: ignore[override] # what was done is worth knowing
        """Store one reading; None when the article was withdrawn and stays out."""
        article = _with_requested(item, self._site)
        if is_withdrawn(self._db, (article.url, *article.aliases), article.node_id):
            return None
        capture_id = save_capture(self._db, item.page.capture, self._run_id)
        sighting = Sighting(
            capture_id=capture_id,
            seen_at=item.page.capture.fetched_at,
            reader_version=self._reader_version,
            teaser_known=item.page.teaser is not None,
        )
        return store_article(self._db, article, sighting, site=self._site, reread=self._reread)


def _with_requested(item: Reading, site: str) -> Article:
    """The article with every address that led to it among its aliases."""
    article = item.article
    asked = [canonical_url(url, site) for url in (*item.page.requested_urls, item.page.url)]
    names = dict.fromkeys((*article.aliases, *asked))
    return replace(article, aliases=tuple(name for name in names if name != article.url))
