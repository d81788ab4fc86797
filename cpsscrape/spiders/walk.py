"""One walk along one listing: which page comes next, and when enough was seen. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpsscrape.archive.listings import Walk

if TYPE_CHECKING:
    from cpsscrape.archive.listings import Noted
    from cpsscrape.pages.listing import Listing

REREADS = 5  # pages read once more because the listing moved under the walk
SPARE_PAGES = 3  # beyond the pages that the stated total needs
STATED = 5


@dataclass(slots=True, kw_only=True)
class ListingWalk:
    """What was seen so far, and the next page to ask for (None: the walk is over).

    ``known_total`` is the total at this listing's last complete walk; without it, or with
    ``full``, the walk goes to the end. ``ceiling`` bounds the pages of a listing that states
    no total; one that does may have ``STATED`` times as many.
    """

    url: str
    area: int | None = None
    path: str = "/news"
    known_total: int | None = None
    full: bool = False
    ceiling: int = 1000
    label: str | None = None
    expected: int | None = None
    seen: set[str] = field(default_factory=set)
    pages: int = 0
    new: int = 0
    next_page: int | None = 0
    complete: bool = False
    reason: str | None = None
    empty: bool = False
    _rereads: int = 0
    _walks: int = 1
    _rows: dict[int, int] = field(default_factory=dict)
    _in_this_walk: set[str] = field(default_factory=set)
    _found_late: int = 0

    def take(self, listing: Listing, noted: Noted, urls: set[str]) -> None:
        """Take in the page just read and decide where to go on.

        ``urls`` are the page's stories, ``noted`` what is new or changed among them.
        """
        page = self.next_page or 0
        self.pages += 1
        self.new += len(noted.new)
        self.label = self.label or listing.label
        shrank = self.expected is not None and listing.expected is not None and listing.expected < self.expected
        self.expected = listing.expected if listing.expected is not None else self.expected
        fresh = urls - self.seen
        repeated = not urls - self._in_this_walk
        self.seen |= urls
        self._in_this_walk |= urls
        self._rows[page] = len(listing.teasers)
        self._found_late += len(fresh) if self._walks > 1 else 0
        if not urls:
            self._end_of_pages(page)
        elif shrank and page > 0 and self._rereads < REREADS:
            # A story left while we walked: what stood first on this page now ends the page before.
            self._rereads += 1
            self.next_page = page - 1
        elif repeated and page > 0 and not self._rereads:
            self._end("the pager repeats itself")
        elif self._is_known(noted):
            self._finish(complete=True, reason="unchanged")
        elif listing.next_url is not None or self._falls_short():
            self._go_on(page + 1)
        else:
            self._end(None)

    def page_missing(self, reason: str) -> None:
        """The page asked for is no page of the listing: its end, if all was seen, else a failure."""
        if self.next_page and not self._falls_short():
            self._finish(complete=True, reason=None)
        else:
            self.leave(reason)

    def leave(self, reason: str) -> None:
        """End the walk on purpose (``limit``, ``window``) or because its page had no answer."""
        self._finish(complete=False, reason=reason)

    def _is_known(self, noted: Noted) -> bool:
        """A whole page known and unchanged, and a total that leaves no room for a backdated story."""
        if self.full or noted.new or noted.changed or self.expected is None or self.known_total is None:
            return False
        return self.expected == self.known_total + self.new

    def _falls_short(self) -> bool:
        return self.expected is not None and len(self.seen) < self.expected

    def _go_on(self, page: int) -> None:
        per_page = max(1, *self._rows.values())
        most = self.ceiling
        if self.expected is not None:
            most = min(self.expected // per_page + 1 + SPARE_PAGES, STATED * self.ceiling)
        if page >= most:
            self._end("the pager has no end")
        else:
            self.next_page = page

    def _end_of_pages(self, page: int) -> None:
        if page == 0 and self.expected != 0:
            self.empty = True
            self._finish(complete=False, reason="no teasers")
        else:
            self._end(None)

    def _end(self, reason: str | None) -> None:
        if self._falls_short() and self._walks == 1:
            # The listing moved while it was read: once more, from its first page.
            self._walks = 2
            self._rereads = 0
            self._rows.clear()
            self._in_this_walk.clear()
            self.next_page = 0
            return
        # Two walks saw the same rows: some stories are listed twice, none is missing.
        stable = self._walks > 1 and not self._found_late and sum(self._rows.values()) >= (self.expected or 0)
        self._finish(complete=stable or not self._falls_short(), reason=reason)

    def _finish(self, *, complete: bool, reason: str | None) -> None:
        self.next_page = None
        self.complete = complete
        self.reason = reason

    def record(self) -> Walk:
        """Return the walk as its row of ``listings``."""
        return Walk(
            url=self.url,
            label=self.label,
            expected=self.expected,
            seen=len(self.seen),
            complete=self.complete,
            pages=self.pages,
            new=self.new,
            reason=self.reason,
        )
