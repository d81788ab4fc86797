"""The templates that are known, most specific first; each is chosen by evidence on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.pages.phrases import TITLE_HEAD

if TYPE_CHECKING:
    from cpsscrape.pages.base import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A template: the classes that prove it, and the boxes its fields stand in.

    ``evidence`` must all be on the page. ``body`` is the class of the story's box; where it does
    not stand there exactly once the layout does not fit. None means that the template has no
    name for it: the page's structure finds the box.
    """

    name: str
    evidence: tuple[str, ...] = ()
    body: str | None = None
    dates: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def fits(self, page: Page) -> bool:
        """Whether the page is of this template."""
        classes = page.outline.by_class
        if self.body is not None and len(classes.get(self.body, ())) != 1:
            return False
        return all(name in classes for name in self.evidence)


class TemplateC(Layout):
    """From November 2025: ``main .cps-content`` with date, tags and body as boxes of their own."""


class TemplateB(Layout):
    """2017 to October 2025: Drupal fields; a ``|News, Topic`` line under the headline."""


class TemplateA(Layout):
    """To November 2017: before Drupal, no class of its own for the story, the date alone on a line."""

    def fits(self, page: Page) -> bool:
        """The address of its folders, or the site's name before the headline in the title."""
        return "/latest_news/" in page.url or TITLE_HEAD.match(page.head.title) is not None


_DATES = ("field--name-field-date", "field--name-field-published-date", "date-display-single", "news-date")
_LABELS = ("field--name-field-news-type", "field--name-field-topic", "field--name-field-area")

LAYOUTS: tuple[Layout, ...] = (
    TemplateC(
        name="C",
        evidence=("cps-content",),
        body="cps-content__body",
        dates=("cps-content__date",),
        labels=("cps-content__tags",),
    ),
    TemplateB(name="B1", evidence=("page-node-type-news",), body="field--name-body", dates=_DATES, labels=_LABELS),
    TemplateB(name="B1", body="field--name-body", dates=_DATES, labels=_LABELS),
    TemplateB(name="B2", evidence=("node--type-news",), body="node__content", dates=_DATES, labels=_LABELS),
    TemplateB(name="B2", body="news-story__content"),
    TemplateB(name="B2", body="cms-content"),
    TemplateB(name="B2", body="c-news-article"),
    TemplateA(name="A"),
)

#: The classes that any layout looks for: the walk numbers the boxes of these and of no others.
CLASSES = frozenset(
    name
    for layout in LAYOUTS
    for name in (*layout.evidence, *layout.dates, *layout.labels, layout.body)
    if name is not None
)


def layout_of(page: Page) -> Layout | None:
    """The first layout that fits; None where the page is of no known template."""
    return next((layout for layout in LAYOUTS if layout.fits(page)), None)
