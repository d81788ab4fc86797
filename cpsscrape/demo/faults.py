"""What can be wrong with the miniature site, by name.

Most faults are an extra story of the national listing whose address misbehaves; the good articles stay
reachable. ``EVERY`` is all of those at once; those of outcome ``whole-site`` take the site away or change all
of it, and are switched on by name only. ``python -m cpsscrape.demo.server --list-faults`` prints the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cpsscrape.demo.places import NATIONAL
from cpsscrape.demo.stories import Story

Outcome = Literal["stored", "refused", "failed", "gone", "unreadable", "any", "listing", "whole-site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that can be wrong.

    ``outcome`` is what an archive should make of the fault's address: ``stored`` (a good story, strangely
    sent), ``unreadable`` (a page that is no story), ``any`` (a huge but true page: stored or refused as
    too large). ``listing`` faults have no address of their own, ``whole-site`` ones spoil all of them.
    """

    name: str
    outcome: Outcome
    what: str

    @property
    def slug(self) -> str:
        """The slug of the story that the fault adds."""
        return f"test-notice-{self.name}"

    @property
    def has_address(self) -> bool:
        """True for a fault that is one story's."""
        return self.outcome not in ("listing", "whole-site")


def _table(*rows: tuple[str, Outcome, str]) -> dict[str, Fault]:
    return {name: Fault(name=name, outcome=outcome, what=what) for name, outcome, what in rows}


FAULTS = _table(
    (
        "pager-repeats",
        "listing",
        "listings of areas with an odd id go on for ever, repeating their last page",
    ),
    (
        "pager-endless",
        "listing",
        "listings of areas with an even id go on for ever with old teasers in new order",
    ),
    ("links-escaped", "listing", "queries in pagers and teasers are escaped twice: ?area=7&amp%3Bpage=1"),
    ("links-tracked", "listing", "teasers link with utm parameters, fragments and trailing slashes"),
    (
        "links-foreign",
        "listing",
        "more teasers: off-site, mailto, javascript, tel, ftp, file, empty and broken links",
    ),
    ("listing-offsite", "listing", "one more area in the form, whose listing is a redirect to another host"),
    (
        "listing-pager-offsite",
        "listing",
        "the next link of the listings of areas 7 and 11 leads to another host",
    ),
    ("listing-empty", "listing", "one more area in the form, whose listing states 12 results and shows none"),
    ("listing-error-once", "listing", "the listing of area 13 answers 500 once"),
    ("robots-huge", "listing", "robots.txt has 50 MB; its real rules stand first"),
    ("redirect-offsite", "refused", "redirects to http://offsite.invalid/"),
    ("redirect-loopback", "refused", "redirects to http://127.0.0.2/, another loopback host"),
    ("redirect-ftp", "refused", "redirects to ftp:"),
    ("redirect-file", "refused", "redirects to file:///etc/passwd"),
    ("redirect-private", "refused", "redirects to http://10.0.0.1/"),
    ("redirect-link-local", "refused", "redirects to http://169.254.169.254/"),
    ("redirect-loop", "failed", "two addresses that redirect to each other"),
    ("redirect-chain", "failed", "forty redirects before the story"),
    ("redirect-nowhere", "refused", "a redirect without a Location"),
    ("disallowed", "refused", "a story that robots.txt disallows"),
    ("forbidden", "refused", "answers 403"),
    ("error-once", "stored", "answers 500 once, then the story"),
    ("error-always", "failed", "answers 503 always"),
    ("too-many-once", "stored", "answers 429 with Retry-After: 1 once, then the story"),
    ("reset-once", "stored", "resets the connection once, then the story"),
    ("reset-always", "failed", "resets the connection always"),
    ("cut-once", "stored", "ends in the middle of the body once, then the story"),
    ("cut-always", "failed", "ends in the middle of the body always"),
    ("slow", "stored", "waits a second and a half before the story"),
    ("stalled", "failed", "sends one byte every quarter of a second, for a minute"),
    ("endless-body", "failed", "a chunked body of 128 MB"),
    ("bomb", "failed", "256 MB of zeros, gzip-coded to 256 KB"),
    ("coding-broken", "unreadable", "says gzip and sends something else"),
    ("giant-header", "failed", "one header of 256 KB"),
    ("many-headers", "any", "ten thousand headers"),
    ("nested", "any", "the story inside 100,000 nested elements"),
    ("one-line", "any", "a story with 5 MB on one line"),
    ("nul-bytes", "stored", "the story with NUL bytes in it"),
    ("charset-wrong", "stored", "declares UTF-8, is windows-1252"),
    ("charset-unknown", "stored", "declares a charset that does not exist"),
    ("challenge", "unreadable", "a robot check with status 200"),
    ("empty-page", "unreadable", "status 200 and no body"),
    ("soft-404", "gone", "status 200 and “Page not found”"),
    ("pdf", "unreadable", "a PDF file where the story should be"),
    ("repeated-headers", "stored", "headers that occur several times"),
    ("chunked", "stored", "chunked transfer coding"),
    ("gzip", "stored", "gzip content coding, chunked"),
    ("deflate", "stored", "deflate content coding with a zlib header"),
    ("deflate-raw", "stored", "deflate content coding without one"),
    ("down", "whole-site", "every address answers 503"),
    ("down-reset", "whole-site", "every connection is reset"),
    ("challenged", "whole-site", "every address but robots.txt answers with a robot check, status 403"),
    ("robots-down", "whole-site", "robots.txt answers 503"),
    ("robots-forbids", "whole-site", "robots.txt forbids everything"),
    ("crawl-delay", "whole-site", "robots.txt asks for a second between requests"),
    ("teasers-lost", "whole-site", "no listing shows a teaser, though each states its total"),
    (
        "redesign",
        "whole-site",
        "articles stand in a template nobody has seen: other elements, no known class",
    ),
)

EVERY = frozenset(name for name, fault in FAULTS.items() if fault.outcome != "whole-site")


def chosen(names: frozenset[str] | set[str] | tuple[str, ...] | list[str]) -> frozenset[str]:
    """The faults of those names, ``all`` standing for every one that leaves the site reachable."""
    unknown = set(names) - FAULTS.keys() - {"all"}
    if unknown:
        raise ValueError(f"no fault is called {', '.join(sorted(unknown))}; there are: all, {', '.join(FAULTS)}")
    return frozenset(names) - {"all"} | (EVERY if "all" in names else frozenset())


def fault_story(fault: Fault) -> Story:
    """The story that a fault adds to the national listing; each is of another month."""
    number = list(FAULTS).index(fault.name)
    day = date(2026, 9, 14) - timedelta(days=31 * number)
    return Story(
        slug=fault.slug,
        title=f"Test notice “{fault.name}”",
        label=None,
        published=day,
        modified=day,
        areas=(NATIONAL,),
        node=90000 + number,
        content_type="News Item",
        topics=(),
        teaser=f"A notice from the test desk: {fault.what}.",
        body=BODY.format(what=fault.what),
        template="C" if day >= date(2025, 11, 1) else "B",
        language="en",
        listings=("news",),
        link="canonical",
        dated=True,
        labelled=True,
        absence=None,
    )


BODY = """This notice was sent by the test desk of the digital team. Its address is one that {what}.

Readers’ offices that receive it whole, with the café’s “naïve” accents as they were written, need do nothing.

Marit Ellwood, Head of Digital Testing at the CPS, said: “A notice is only useful when it arrives. We send \
them so that the ones that matter will.”

## Notes to editors

- The test desk is open from nine to five.
"""
