from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from cpsscrape.demo.answers import HTML, Answer, page
from cpsscrape.demo.furniture import Frame, frame_c
from cpsscrape.demo.listing_pages import PAGE_SIZE, Entry, Listing, listing_page
from cpsscrape.demo.markup import blocks, sections
from cpsscrape.demo.other_pages import NOT_FOUND
from cpsscrape.demo.places import NATIONAL
from cpsscrape.demo.site_files import site_file
from cpsscrape.demo.stories import stories
from cpsscrape.demo.story_pages import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping

NEWEST = date(2026, 9, 30)
BODY_BYTES = 3_500  # the one real page at hand has 3.3 KB of prose, three quotes among it
SPOKEN = 4  # paragraphs with quotation marks in a story; the labelled pages have 3.7 quotes each
FIRST_NODE = 100_000


@dataclass(frozen=True)
class BigSite:
    """A generated site of ``count`` stories of about ``kb`` kilobytes, all in the national listing.

    Two stories in a hundred are listed under ``/cps-says`` and ``/articles-and-speeches`` instead. As on
    the real site most of a page is menus and scripts: its prose has 3.5 KB, taken in turn from the
    miniature site's own articles: four paragraphs with quotes in them among some that only tell.
    """

    count: int
    kb: int = 40

    def path(self, number: int) -> str:
        """The canonical path of a story, counted from 0."""
        return f"/national-news/news/generated-story-{number:06d}"

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request as ``Site.answer`` does."""
        parts = urlsplit(target)
        host = headers.get("host", "www.cps.gov.uk")
        if parts.path.startswith("/national-news/news/generated-story-"):
            number = parts.path.rsplit("-", 1)[-1]
            if method == "GET" and number.isdigit() and int(number) < self.count:
                return self._story(int(number), host, headers.get("if-none-match"))
        if parts.path in ("/news", "/cps-says", "/articles-and-speeches"):
            return self._listing(parts.path[1:], parse_qs(parts.query), host)
        return site_file(parts.path, frozenset()) or page(NOT_FOUND, status=404)

    def listed(self, name: str) -> range | list[int]:
        """The numbers of the stories in a listing, the newest first."""
        if name == "news":
            return [number for number in range(self.count) if number % 100 > 1]
        return range(0 if name == "cps-says" else 1, self.count, 100)

    @cached_property
    def _lists(self) -> dict[str, range | list[int]]:
        return {name: self.listed(name) for name in ("news", "cps-says", "articles-and-speeches")}

    @cached_property
    def _prose(self) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """The paragraphs that only tell, and those with words in quotation marks."""
        told = [story for story in stories(1) if story.language == "en" and not story.absence]
        found = [
            sections(block)[""].encode() + b"\n"
            for story in told
            for block in blocks(story.body.split("\n\n## Notes to")[0])
            if not block.startswith(("#", "!", "|"))
        ]
        spoken = tuple(block for block in found if b"\xe2\x80\x9c" in block)
        return tuple(block for block in found if block not in spoken), spoken

    @cached_property
    def _frame(self) -> tuple[bytes, bytes]:
        frame = Frame(title="@@TITLE@@", canonical="http://@@HOST@@@@PATH@@", shortlink="http://@@HOST@@/node/@@NODE@@")
        markup = frame_c("@@MAIN@@", frame).encode()
        missing = max(0, self.kb * 1024 - len(markup) - BODY_BYTES - 600)
        line = b'<li class="menu__item"><a href="/about-cps#part" class="menu__link">About the CPS</a></li>\n'
        padding = b"<nav><ul>\n" + line * (missing // len(line)) + b"</ul></nav>\n"
        head, _, tail = markup.partition(b"@@MAIN@@")
        return head, tail.replace(b"<footer", padding + b"<footer", 1)

    def _story(self, number: int, host: str, known: str | None) -> Answer:
        tag = f'"{number}-{self.kb}"'
        if known == tag:
            return Answer(status=304, headers=(("ETag", tag),))
        head, tail = self._frame
        words = (
            (b"@@TITLE@@", b"Generated story %d" % number),
            (b"@@HOST@@", host.encode()),
            (b"@@PATH@@", self.path(number).encode()),
            (b"@@NODE@@", b"%d" % (FIRST_NODE + number)),
        )
        for word, value in words:
            head = head.replace(word, value)
        body = b"".join((head, self._main(number), tail))
        return Answer(status=200, headers=(("Content-Type", HTML), ("ETag", tag)), body=body)

    def _main(self, number: int) -> bytes:
        told, spoken = self._prose
        said = [spoken[(number * SPOKEN + n) % len(spoken)] for n in range(SPOKEN)]
        found: list[bytes] = []
        at = number * 7
        while sum(map(len, found)) + sum(map(len, said)) < BODY_BYTES:
            found.append(told[at % len(told)])
            at += 1
            if said and len(found) % 4 == 3:
                found.append(said.pop())
        found += said
        return b"""<article class="cps-content">
<h1>Generated story %d</h1>
<p class="cps-content__date">%b</p>
<ul class="cps-content__tags"><li><a href="/tags/violent-crime">Violent crime</a></li></ul>
<div class="cps-content__body">
<p>This is story number %d of a generated site.</p>
%b</div>
</article>
""" % (number, _day(number).encode(), number, b"".join(found))

    def _listing(self, name: str, query: dict[str, list[str]], host: str) -> Answer:
        numbers = self._lists[name]
        given = query.get("page", ["0"])[0]
        at = int(given) if given.isdigit() else 0
        shown = numbers[at * PAGE_SIZE : (at + 1) * PAGE_SIZE]
        listing = Listing(
            name=name,
            path=f"/{name}",
            query=(("area", str(NATIONAL.id)),) if name == "news" else (),
            filters='for area "CPS"' if name == "news" else "",
            entries=tuple(self._entry(name, number) for number in shown),
            total=len(numbers),
            page=at,
            more=(at + 1) * PAGE_SIZE < len(numbers),
            area=NATIONAL.id,
            areas=(NATIONAL,),
        )
        return page(listing_page(listing, host=host, era="C"))

    def _entry(self, name: str, number: int) -> Entry:
        kinds = {"news": "Press Release", "cps-says": "CPS says", "articles-and-speeches": "Speech"}
        return Entry(
            title=f"Generated story {number}",
            href=self.path(number),
            date=_day(number),
            text=f"What happened in story {number}.",
            content_type=kinds[name],
            topics=("Violent crime",),
            areas=("CPS",),
        )


def _day(number: int) -> str:
    return long_date(NEWEST - timedelta(days=number // 4))
