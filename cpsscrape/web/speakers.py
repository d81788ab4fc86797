"""The pages of people who speak for an office. Nobody else has one, and there is no address to guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response

from cpsscrape.web.asking import ask
from cpsscrape.web.narrowing import whole_number
from cpsscrape.web.questions import office_speaker, office_speakers, roles_of, said_by, years_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database

PAGE = 20


async def speakers_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/speakers``."""
    people = await ask(datasette, office_speakers)
    return Response.html(await datasette.render_template("speakers.html", {"people": people}, request=request))


async def speaker_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/speakers/12``; who speaks for no office is not found, as if there were nobody."""
    page = whole_number(request.args.get("page")) or 1
    found = await ask(datasette, _speaker, int(request.url_vars["id"]), page)
    if found is None:
        raise NotFound("Nobody who speaks for an office has this page.")
    return Response.html(await datasette.render_template("speaker.html", found, request=request))


def _speaker(db: Database, speaker_id: int, page: int) -> dict[str, Any] | None:
    speaker = office_speaker(db, speaker_id)
    if speaker is None:
        return None
    total, quotes = said_by(db, speaker_id, limit=PAGE, offset=PAGE * (page - 1))
    by_year = years_of(db, speaker_id)
    most = max((number for _, number in by_year), default=1)
    return {
        "speaker": speaker,
        "roles": roles_of(db, speaker_id),
        "total": total,
        "quotes": quotes,
        "years": [{"year": year, "number": number, "share": number / most} for year, number in by_year],
        "asked": {"page": page},
        "page": page,
        "pages": -(-total // PAGE),
    }
