from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

from cpsscrape.demo.answers import Answer, page, redirect
from cpsscrape.demo.conditions import not_modified, validated
from cpsscrape.demo.facts import Facts, facts_of
from cpsscrape.demo.fault_answers import Occasion, fault_answer
from cpsscrape.demo.faults import FAULTS, chosen, fault_story
from cpsscrape.demo.furniture import Frame, frame_b, frame_c
from cpsscrape.demo.listings import Listings
from cpsscrape.demo.other_pages import CHALLENGE, NOT_FOUND, SERVER_ERROR, UNAVAILABLE
from cpsscrape.demo.site_files import site_file
from cpsscrape.demo.stories import REVISED_ON, Story, stories
from cpsscrape.demo.story_pages import redesigned, story_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATES = (1, 2, 3)
LISTING_NODES = {"/node/8277": "/news", "/cy/node/8277": "/news", "/node/8776": "/cps-says"}
LISTING_NODES |= {"/cy/node/8776": "/cps-says", "/node/8777": "/articles-and-speeches"}


class Site:
    """The miniature site: one request in, one answer out, without a clock or a network.

    State 2 is the same site some months later, state 3 is state 2 with one removed article back.
    ``era`` is the template of the listings, ``B`` for the old one, and decides the prefix of national
    stories. Pure but for one thing: faults that happen once count the visits, so a new site is a new start.
    """

    def __init__(self, state: int = 1, faults: Iterable[str] = (), *, era: Literal["B", "C"] = "C") -> None:
        if state not in STATES:
            raise ValueError(f"the site has the states 1, 2 and 3, not {state}")
        self.state = state
        self.era: Literal["B", "C"] = era
        self.faults = chosen(list(faults))
        self.national = "cps" if era == "B" else "national-news"
        self._visits: Counter[str] = Counter()
        self._pages: dict[tuple[str, str], Answer] = {}

    @cached_property
    def facts(self) -> Facts:
        """What is true of this site in this state."""
        return facts_of(self.state, self.faults, self.national)

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request. The names in ``headers`` are in lower case; HEAD is answered like GET."""
        if method not in ("GET", "HEAD"):
            return page("<!DOCTYPE html><h1>Method not allowed</h1>\n", status=405)
        parts = urlsplit(target)
        if refusal := self._refusal(parts.path):
            return refusal
        host = headers.get("host", "www.cps.gov.uk")
        answer = self._answer(parts.path, parts.query, host)
        return not_modified(answer, headers) or answer

    def _refusal(self, path: str) -> Answer | None:
        if "down" in self.faults:
            return UNAVAILABLE
        if "down-reset" in self.faults:
            return Answer(status=200, ending="reset")
        if "challenged" in self.faults and path != "/robots.txt":
            return page(CHALLENGE, status=403)
        return None

    def _answer(self, path: str, query: str, host: str) -> Answer:
        if path == "/" and not query:
            return self._plain_page("The Crown Prosecution Service", HOME)
        path = LISTING_NODES.get(path, path)
        if path in ("/", "/news", "/cy/news", "/cps-says", "/articles-and-speeches"):
            if "listing-error-once" in self.faults and "area=13" in query and not self._visits[path]:
                self._visits[path] += 1
                return SERVER_ERROR
            return self._listings.answer(path, parse_qs(query), host)
        if path in self._stories:
            return self._story_answer(path, host)
        return self._fault(path, host) or site_file(path, self.faults) or self._missing(path)

    @cached_property
    def _listings(self) -> Listings:
        listed = [story for story in stories(self.state) if not story.absence]
        listed += [fault_story(FAULTS[name]) for name in FAULTS if name in self.faults and FAULTS[name].has_address]
        listed.sort(key=lambda story: (story.published, story.node or 0), reverse=True)
        return Listings(tuple(listed), faults=self.faults, era=self.era, national=self.national)

    @cached_property
    def _stories(self) -> dict[str, Story]:
        found: dict[str, Story] = {}
        for story in stories(self.state):
            for path in (story.path(self.national), *story.aliases(self.national)):
                found[path] = story
        return found

    def _story_answer(self, path: str, host: str) -> Answer:
        story = self._stories[path]
        canonical = story.path(self.national)
        if story.absence == "410":
            return self._plain_page("This page has been removed", "<p>It is no longer published.</p>", status=410)
        if story.absence == "listing":
            return redirect(f"http://{host}/news", status=302)
        if story.absence == "soft":
            return page(NOT_FOUND)
        if story.absence:
            return page(NOT_FOUND, status=404)
        # Old addresses of odd nodes redirect; those of even ones answer in place, with a canonical link.
        if path != canonical and not path.startswith("/cy/") and (story.node or 1) % 2:
            return redirect(f"http://{host}{canonical}")
        return self._rendered(story, host)

    def _rendered(self, story: Story, host: str) -> Answer:
        key = (story.slug, host)
        if key not in self._pages:
            notice = self.state > 1
            markup = story_page(story, host=host, national=self.national, related=self._related(story), notice=notice)
            if "redesign" in self.faults:
                markup = redesigned(markup)
            modified = REVISED_ON if notice and story.template == "B" else story.modified
            self._pages[key] = validated(page(markup), modified)
        return self._pages[key]

    def _related(self, story: Story) -> list[Story]:
        # Of the first state in every state: a page changes when its story does, not with its neighbours.
        near = [other for other in stories(1) if other.slug != story.slug and set(other.areas) & set(story.areas)]
        return [other for other in near if not other.absence][:3]

    def _fault(self, path: str, host: str) -> Answer | None:
        for name in self.faults:
            fault = FAULTS[name]
            if not fault.has_address or f"/{fault.slug}" not in path:
                continue
            story = fault_story(fault)
            own = story.path(self.national)
            if path == own or path.startswith(f"{own}/"):
                self._visits[path] += 1
                plain = self._rendered(story, host)
                rest = path.removeprefix(own)
                base = f"http://{host}"
                occasion = Occasion(plain=plain, visit=self._visits[path], base=base, path=own, rest=rest)
                return fault_answer(name, occasion)
        return None

    def _missing(self, path: str) -> Answer:
        if path in FURNITURE_PAGES:
            name = path.removeprefix("/").replace("-", " ").capitalize()
            return self._plain_page(name, f"<p>This is the miniature site’s page “{name}”.</p>")
        if path == "/archive/moved":
            return page(NOT_FOUND)
        return page(NOT_FOUND, status=404)

    def _plain_page(self, title: str, markup: str, *, status: int = 200) -> Answer:
        around = frame_b if self.era == "B" else frame_c
        return page(around(f"<h1>{title}</h1>\n{markup}", Frame(title=title)), status=status)


FURNITURE_PAGES = frozenset(
    (
        *(
            "/about-cps",
            "/careers",
            "/publications",
            "/victims-witnesses",
            "/prosecution-guidance",
            "/contact",
        ),
        *("/search/stories", "/cy", "/newsletter", "/accessibility", "/privacy", "/cookies", "/complaints"),
        *("/freedom-of-information", "/sitemap"),
    )
)

HOME = """<p>We prosecute criminal cases that have been investigated by the police and other
organisations in England and Wales. We are independent, and we make our decisions independently.</p>
<p><a href="/news">Our news</a></p>"""
