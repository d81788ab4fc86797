"""The quotes page: what was said, narrowed by who, for whom, where, when and in what form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from cpsscrape.archive.searching import Said, find_spoken
from cpsscrape.web.asking import ask
from cpsscrape.web.narrowing import Narrowing, narrowing
from cpsscrape.web.questions import names, office_names, years
from cpsscrape.web.speaking import with_pages

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database

PAGE = 20
KINDS = {
    "direct": "Direct: a sentence or more in marks",
    "partial": "Partial: words in marks within a sentence",
    "indirect": "Indirect: reported without marks",
    "unmarked": "Unmarked: the page lost the marks",
}
ATTRIBUTED = {"yes": True, "no": False}


async def quotes_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/quotes``."""
    question = narrowing(request, "speaker", "role", "organisation", "kind", "attributed")
    found = await ask(datasette, _found, question)
    return Response.html(await datasette.render_template("quotes.html", found, request=request))


def _found(db: Database, question: Narrowing) -> dict[str, Any]:
    asked = question.asked
    said = Said(
        speaker=asked["speaker"] or None,
        role=asked["role"] or None,
        organisation=asked["organisation"] or None,
        kind=asked["kind"] if asked["kind"] in KINDS else None,
        attributed=ATTRIBUTED.get(asked["attributed"]),
        # A name finds people who speak for an office; nobody else is looked up by name here.
        office=bool(asked["speaker"]),
    )
    offset = PAGE * (question.page - 1)
    number, quotes = find_spoken(db, question.words, said, question.filters, limit=PAGE, offset=offset)
    return {
        "question": question,
        "asked": asked,
        "total": number,
        "quotes": with_pages(db, quotes),
        "pages": -(-number // PAGE),
        "speakers": office_names(db),
        "kinds": KINDS,
        "areas": names(db, "areas"),
        "topics": names(db, "topics"),
        "years": years(db),
    }
