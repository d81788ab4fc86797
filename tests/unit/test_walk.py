from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.archive.listings import Noted
from cpsscrape.items import Teaser
from cpsscrape.pages.listing import Listing
from cpsscrape.spiders.walk import ListingWalk

PER_PAGE = 10


def page(urls: list[str], expected: int | None, *, more: bool, label: str | None = None) -> Listing:
    return Listing(
        teasers=tuple(Teaser(title=url, url=url) for url in urls),
        expected=expected,
        first=None,
        last=None,
        label=label,
        areas=(),
        crime_types=(),
        next_url="http://127.0.0.1/news?page=next" if more else None,
        current_page=0,
        language="en",
    )


def take(
    walk: ListingWalk, urls: list[str], expected: int | None, *, more: bool, known: set[str] | None = None
) -> None:
    fresh = tuple(url for url in urls if url not in (known or set()) and url not in walk.seen)
    walk.take(page(urls, expected, more=more), Noted(new=fresh, changed=()), set(urls))


def walk_over(urls: list[str], walk: ListingWalk, *, stated: int | None, known: set[str] | None = None) -> int:
    """Walk a listing that does not move; gives how many pages were asked for."""
    asked = 0
    while walk.next_page is not None:
        start = walk.next_page * PER_PAGE
        take(walk, urls[start : start + PER_PAGE], stated, more=start + PER_PAGE < len(urls), known=known)
        asked += 1
        assert asked < 2000, "runs for ever"
    return asked


def names(count: int) -> list[str]:
    return [f"http://127.0.0.1/s/{number}" for number in range(count)]


@given(st.integers(1, 240))
def test_a_listing_that_does_not_move_is_complete_in_as_many_pages_as_it_has(count):
    walk = ListingWalk(url="/news")
    assert walk_over(names(count), walk, stated=count) == -(-count // PER_PAGE)
    assert walk.complete
    assert len(walk.seen) == count


@given(st.integers(11, 240))
def test_an_unchanged_listing_costs_one_page(count):
    walk = ListingWalk(url="/news", known_total=count)
    assert walk_over(names(count), walk, stated=count, known=set(names(count))) == 1
    assert (walk.complete, walk.reason) == (True, "unchanged")


@given(st.integers(11, 200), st.data())
def test_a_backdated_story_is_never_missed(count, data):
    """It stands deep in the listing; the stated total gives it away."""
    known = names(count)
    place = data.draw(st.integers(0, count))
    now = [*known[:place], "http://127.0.0.1/backdated", *known[place:]]
    walk = ListingWalk(url="/news", known_total=count)
    walk_over(now, walk, stated=count + 1, known=set(known))
    assert "http://127.0.0.1/backdated" in walk.seen
    assert walk.complete


@given(st.integers(1, 200))
def test_full_walks_to_the_end(count):
    walk = ListingWalk(url="/news", known_total=count, full=True)
    assert walk_over(names(count), walk, stated=count, known=set(names(count))) == -(-count // PER_PAGE)


@given(st.lists(st.lists(st.integers(0, 30), max_size=10), min_size=1, max_size=12), st.none() | st.integers(0, 60))
def test_any_pager_whatever_comes_to_an_end(pages, stated):
    """Repeating, empty, shuffled, endless: the pager always has a next link."""
    walk = ListingWalk(url="/news", ceiling=50)
    asked = 0
    while walk.next_page is not None:
        numbers = pages[asked % len(pages)]
        take(walk, [f"http://127.0.0.1/s/{number}" for number in numbers], stated, more=True)
        asked += 1
        assert asked <= 2 * 50 + 20
    assert walk.complete in (True, False)
    assert not walk.complete or stated is None or len(walk.seen) >= stated or walk.reason != "no teasers"


def test_a_story_that_leaves_while_we_walk_hides_none_behind_it():
    """25 stories; after page 0 the first is removed, so that number 10 moves to page 0: it is read once more."""
    before, after = names(25), names(25)[1:]
    walk = ListingWalk(url="/news")
    take(walk, before[:10], 25, more=True)
    while walk.next_page is not None:
        start = walk.next_page * PER_PAGE
        take(walk, after[start : start + PER_PAGE], 24, more=start + PER_PAGE < 24)
    assert set(after) <= walk.seen
    assert walk.complete


def test_a_listing_that_states_stories_and_shows_none_is_not_complete():
    walk = ListingWalk(url="/news")
    take(walk, [], 12, more=False)
    assert (walk.next_page, walk.complete, walk.reason) == (None, False, "no teasers")


def test_a_listing_without_stories_that_says_so_is_complete():
    walk = ListingWalk(url="/news")
    take(walk, [], 0, more=False)
    assert (walk.next_page, walk.complete) == (None, True)


def test_a_listing_that_falls_short_is_read_again_and_then_said_to():
    walk = ListingWalk(url="/news")
    assert 4 <= walk_over(names(18), walk, stated=20) <= 6, "both pages twice, and a look behind the last"
    assert not walk.complete
    assert walk.record().expected == 20
    assert walk.record().seen == 18


def test_what_a_first_walk_missed_on_a_late_page_a_second_finds():
    """The listing moved while it was read: number 20 slipped from page 2 to page 1 after that was read."""
    walk = ListingWalk(url="/news")
    first = names(30)
    for page in ([*first[:10]], [*first[10:20]], [*first[21:30]]):
        take(walk, page, 30, more=True)
    while walk.next_page is not None:
        start = walk.next_page * PER_PAGE
        take(walk, first[start : start + PER_PAGE], 30, more=start + PER_PAGE < 30)
    assert set(first) <= walk.seen
    assert walk.complete


def test_a_stated_total_beyond_the_ceiling_is_walked_to_its_end():
    walk = ListingWalk(url="/news", ceiling=5)
    assert walk_over(names(200), walk, stated=200) == 20
    assert walk.complete


def test_a_total_that_nobody_believes_does_not_keep_the_walk_for_ever():
    walk = ListingWalk(url="/news", ceiling=5)
    pages = walk_over(names(5000), walk, stated=1_000_000)
    assert pages <= 2 * 25
    assert (walk.complete, walk.reason) == (False, "the pager has no end")
