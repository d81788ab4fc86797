from __future__ import annotations

from typing import NamedTuple


class Area(NamedTuple):
    """An office with its own news listing: the number of its listing, its prefix, its name."""

    id: int
    slug: str
    name: str


class CrimeType(NamedTuple):
    """An entry of the listing's second select."""

    id: int
    name: str


NATIONAL = Area(122, "national-news", "CPS")

AREAS = (
    NATIONAL,
    Area(1, "cymru-wales", "Cymru-Wales"),
    Area(2, "east-midlands", "East Midlands"),
    Area(3, "east-of-england", "East of England"),
    Area(4, "london-north", "London North"),
    Area(123, "london-south", "London South"),
    Area(5, "mersey-cheshire", "Mersey-Cheshire"),
    Area(6, "north-east", "North East"),
    Area(7, "north-west", "North West"),
    Area(8, "south-east", "South East"),
    Area(9, "south-west", "South West"),
    Area(10, "thames-and-chiltern", "Thames and Chiltern"),
    Area(11, "wessex", "Wessex"),
    Area(12, "west-midlands", "West Midlands"),
    Area(13, "yorkshire-and-humberside", "Yorkshire and Humberside"),
)

CRIME_TYPES = (
    CrimeType(24, "Cyber / online crime"),
    CrimeType(18, "Domestic abuse"),
    CrimeType(20, "Fraud and economic crime"),
    CrimeType(21, "Hate crime"),
    CrimeType(22, "International and organised crime"),
    CrimeType(29, "Proceeds of crime"),
    CrimeType(26, "Sexual offences"),
    CrimeType(27, "Terrorism"),
    CrimeType(28, "Violent crime"),
)


def area_named(name: str) -> Area:
    """The area of that name; an unknown one is a slip in an article's header."""
    for area in AREAS:
        if area.name == name:
            return area
    raise ValueError(f"no area is called {name!r}; the names are in places.py")
