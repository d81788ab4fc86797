"""The templates that are known, most specific first; each is chosen by evidence on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.pages.base import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A template: the classes that prove it, and the boxes its fields stand in.

    ``evidence`` must all be on the page and ``body`` exactly once, else the layout does not fit.
    """

    name: str
    evidence: tuple[str, ...]
    body: str
    dates: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def fits(self, page: Page) -> bool:
        """Whether the page is of this template."""
        classes = page.outline.by_class
        return all(name in classes for name in self.evidence) and len(classes.get(self.body, ())) == 1


class TemplateC(Layout):
    """From November 2025: ``main .cps-content`` with date, tags and body as boxes of their own."""


class TemplateB(Layout):
    """2017 to October 2025: Drupal fields; a ``|News, Topic`` line under the headline."""


class TemplateA(Layout):
    """To November 2017: before Drupal, side boxes first, the date alone on a line."""


_DRUPAL_DATES = ("field--name-field-date", "field--name-field-published-date", "date-display-single", "submitted")
_DRUPAL_LABELS = ("field--name-field-news-type", "field--name-field-topic", "field--name-field-area")

LAYOUTS: tuple[Layout, ...] = (
    TemplateC(
        name="C",
        evidence=("cps-content",),
        body="cps-content__body",
        dates=("cps-content__date",),
        labels=("cps-content__tags",),
    ),
    TemplateB(
        name="B1", evidence=("node--type-news",), body="field--name-body", dates=_DRUPAL_DATES, labels=_DRUPAL_LABELS
    ),
    TemplateB(
        name="B1", evidence=("field--name-body",), body="field--name-body", dates=_DRUPAL_DATES, labels=_DRUPAL_LABELS
    ),
    TemplateB(name="B2", evidence=("news-story__content",), body="news-story__content"),
    TemplateB(name="B2", evidence=("cms-content",), body="cms-content"),
    TemplateB(name="B2", evidence=("c-news-article",), body="c-news-article"),
)


def layout_of(page: Page) -> Layout | None:
    """The first layout that fits; None where the page is of no known template."""
    return next((layout for layout in LAYOUTS if layout.fits(page)), None)
