"""The areas of the CPS: number, address prefix and name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A row of ``areas.csv``. ``slug`` is the first part of a story's address."""

    id: int
    slug: str
    name: str
    other_slugs: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@cache
def areas() -> tuple[Area, ...]:
    """Every known area, as the table orders them."""
    text = files("cpsscrape.normalise").joinpath("areas.csv").read_text("utf-8")
    return tuple(
        Area(
            id=int(row["id"]),
            slug=row["slug"],
            name=row["name"],
            other_slugs=tuple(filter(None, row["other_slugs"].split(";"))),
            other_names=tuple(filter(None, row["other_names"].split(";"))),
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def _by_slug() -> dict[str, Area]:
    return {slug: area for area in areas() for slug in (area.slug, *area.other_slugs)}


@cache
def _by_name() -> dict[str, Area]:
    return {_folded(name): area for area in areas() for name in (area.name, *area.other_names)}


def _folded(name: str) -> str:
    """``Yorkshire & Humberside`` and ``CPS Yorkshire and Humberside`` are one area."""
    words = re.sub(r"[\s\-–_]+", " ", name.replace("&", " and ")).strip().casefold()
    return words.removeprefix("cps ") if words != "cps" else words


def area_by_slug(slug: str) -> Area | None:
    """The area an address prefix belongs to; old and new prefixes alike."""
    return _by_slug().get(slug.casefold())


def area_by_id(number: int) -> Area | None:
    """The area a listing's ``area`` parameter names."""
    return next((area for area in areas() if area.id == number), None)


def area_by_name(name: str) -> Area | None:
    """The area a label names: ``South West``, ``CPS South West``, ``Thames & Chiltern``."""
    return _by_name().get(_folded(name))


@cache
def joined_slugs(prefix: str) -> tuple[str, ...]:
    """Slugs of a joined prefix: ``london-north-london-south`` is two areas.

    Empty where any part of the prefix is unknown: half an answer would be a wrong one.
    """
    known = area_by_slug(prefix)
    if known:
        return (known.slug,)
    if len(prefix) > 200:
        return ()
    for slug, area in _by_slug().items():
        if prefix.startswith(f"{slug}-"):
            rest = joined_slugs(prefix[len(slug) + 1 :])
            if rest:
                return tuple(dict.fromkeys((area.slug, *rest)))
    return ()
