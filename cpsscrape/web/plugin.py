"""The Datasette plugin: pages, care rules and saved queries, each hung where Datasette looks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from datasette import hookimpl
from datasette.filters import FilterArguments

from cpsscrape.archive.database import site_of
from cpsscrape.web.article import article_page, changes_page
from cpsscrape.web.asking import NAME, ask
from cpsscrape.web.care import guard, robots_txt
from cpsscrape.web.filters import FILTERS, TESTS, query
from cpsscrape.web.home import home_page
from cpsscrape.web.questions import OFFICE_ONLY
from cpsscrape.web.quotes import quotes_page
from cpsscrape.web.saved import saved_queries
from cpsscrape.web.search import search_page
from cpsscrape.web.speakers import speaker_page, speakers_page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

F = TypeVar("F", bound="Callable[..., Any]")
_ARTICLE = r"(?P<name>[0-9]{1,12}|node/[0-9]{1,12})"


def hook(function: F) -> F:
    """Datasette's ``hookimpl``, which ships no types."""
    marked: F = hookimpl(function)
    return marked


@hook
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The designed pages."""
    return [
        (r"^/$", home_page),
        (r"^/search$", search_page),
        (r"^/quotes$", quotes_page),
        (r"^/speakers$", speakers_page),
        (r"^/speakers/(?P<id>[0-9]{1,12})$", speaker_page),
        (rf"^/articles/{_ARTICLE}$", article_page),
        (rf"^/articles/{_ARTICLE}/changes$", changes_page),
        (r"^/robots\.txt$", robots_txt),
    ]


@hook
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """The care rules, outside of everything else."""
    return lambda app: guard(app, datasette)


@hook
def filters_from_request(database: str, table: str) -> FilterArguments | None:
    """Leave people without an office out of the tables that would list them."""
    if database != NAME or table not in OFFICE_ONLY:
        return None
    return FilterArguments([OFFICE_ONLY[table]], human_descriptions=["of people who speak for an office"])


@hook
def canned_queries(database: str) -> dict[str, dict[str, Any]]:
    """The worked queries, ready to run."""
    return saved_queries() if database == NAME else {}


@hook
def prepare_jinja2_environment(env: Any) -> None:
    """Words and addresses for the templates."""
    env.filters.update(FILTERS)
    env.tests.update(TESTS)
    env.globals["query"] = query


@hook
def extra_template_vars(datasette: Datasette, request: Request | None) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What the frame of every page needs."""

    async def frame() -> dict[str, Any]:
        site = await ask(datasette, site_of)
        return {"site": site, "site_name": (site or "").partition("://")[2], "path": request.path if request else ""}

    return frame
