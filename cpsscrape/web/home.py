"""The first page: the state of the archive, its latest stories, what changed last."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from datasette.utils.asgi import Request, Response

from cpsscrape.archive.certificate import Certificate, certificate_of
from cpsscrape.archive.counting import DIMENSIONS, counts
from cpsscrape.archive.filters import Filters
from cpsscrape.exceptions import UnknownArticleError
from cpsscrape.web.asking import ask
from cpsscrape.web.questions import latest, recent_changes, standing

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database

SHOWN = 8
_LABEL = re.compile(r'(?:area|crime type) "([^"]*)"')


async def home_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/``."""
    state = await ask(datasette, _state)
    return Response.html(await datasette.render_template("home.html", state, request=request))


def _state(db: Database) -> dict[str, Any]:
    try:
        certificate = certificate_of(db)
    except UnknownArticleError:  # an archive that was made but never filled
        certificate = None
    by_year = counts(db, DIMENSIONS["year"], Filters()).groups
    return {
        "totals": standing(db),
        "certificate": certificate,
        "age": _age(certificate),
        "coverage": _coverage(certificate),
        "years": _every_year([(int(year), number) for year, number in by_year if year]),
        "stories": latest(db, SHOWN),
        "changes": recent_changes(db, SHOWN),
    }


def _coverage(certificate: Certificate | None) -> list[dict[str, Any]]:
    """Return the listings of the run by names that read well: `area "CPS"` is CPS, without a label the path."""
    return [
        {**row, "label": _LABEL.sub(r"\1", row["label"] or urlsplit(row["url"]).path)}
        for row in (certificate.listings if certificate else [])
    ]


def _age(certificate: Certificate | None) -> str:
    """Say how long ago the last run began: a page that is open for days does not need the minute."""
    if certificate is None:
        return ""
    began = datetime.fromisoformat(certificate.run["started_at"])
    days = (datetime.now(UTC) - began).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


def _every_year(known: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return stories by year with the years between that have none: a gap is to be seen."""
    if not known:
        return []
    numbers = dict(known)
    most = max(numbers.values())
    return [
        {"year": year, "number": numbers.get(year, 0), "share": numbers.get(year, 0) / most}
        for year in range(min(numbers), max(numbers) + 1)
    ]
