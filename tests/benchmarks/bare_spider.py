from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy import Request, Spider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import TextResponse


class BareSpider(Spider):
    """Follows the links that the news spider follows and keeps nothing: what Scrapy alone costs.

    Give it to `scrapy runspider` with `-a site=URL`.
    """

    name = "bare"

    def __init__(self, site: str, **given: str) -> None:
        super().__init__(**given)
        self.site = site

    async def start(self) -> AsyncIterator[Request]:
        for path in ("/news", "/cps-says", "/articles-and-speeches"):
            yield Request(self.site + path, callback=self.parse_listing, priority=10)

    def parse_listing(self, response: TextResponse) -> Iterator[Request]:
        for link in response.css("h3.teaser__title a::attr(href)").getall():
            yield Request(urljoin(response.url, link), callback=self.parse_story)
        for link in response.css("a[rel=next]::attr(href)").getall():
            yield Request(urljoin(response.url, link), callback=self.parse_listing, priority=10)

    def parse_story(self, response: TextResponse) -> None:
        self.crawler.stats.inc_value("bare/stories")
