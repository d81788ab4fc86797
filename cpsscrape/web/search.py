"""The search page: articles and quotes by their words, with facets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from cpsscrape.archive.searching import Said, find_articles, find_spoken
from cpsscrape.web.asking import ask
from cpsscrape.web.narrowing import Narrowing, narrowing
from cpsscrape.web.questions import articles_sql, facet
from cpsscrape.web.speaking import with_pages

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database

PAGE = 15
QUOTES = 4
FACETS = {"area": "Area", "topic": "Topic", "type": "Type", "year": "Year", "language": "Language"}
LANGUAGES = {"en": "English", "cy": "Welsh"}


async def search_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/search``."""
    question = narrowing(request)
    found = await ask(datasette, _found, question)
    return Response.html(await datasette.render_template("search.html", found, request=request))


def _found(db: Database, question: Narrowing) -> dict[str, Any]:
    words, filters = question.words, question.filters
    offset = PAGE * (question.page - 1)
    number, articles = find_articles(db, words, filters, limit=PAGE, offset=offset)
    spoken, quotes = find_spoken(db, words, Said(), filters, limit=QUOTES) if words else (0, [])
    sql, values = articles_sql(words, filters)
    return {
        "question": question,
        "asked": question.asked,
        "total": number,
        "articles": articles,
        "quotes_total": spoken,
        "quotes": with_pages(db, quotes),
        "facets": [
            {"name": name, "title": title, "chosen": question.asked[name], "values": _values(db, name, question)}
            for name, title in FACETS.items()
        ],
        "pages": -(-number // PAGE),
        "data": {"sql": sql, **values},
    }


def _values(db: Database, name: str, question: Narrowing) -> list[dict[str, Any]]:
    labels = LANGUAGES if name == "language" else {}
    return [
        {"value": value, "label": labels.get(value, value), "number": number}
        for value, number in facet(db, name, question.words, question.filters)
    ]
