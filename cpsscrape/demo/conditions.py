from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from cpsscrape.demo.answers import Answer, entity_tag

if TYPE_CHECKING:
    from collections.abc import Mapping


def validated(answer: Answer, modified: date) -> Answer:
    """The answer with the headers by which a client can ask for it again."""
    stamp = datetime(modified.year, modified.month, modified.day, 9, tzinfo=UTC)
    validators = (("ETag", entity_tag(answer.body)), ("Last-Modified", format_datetime(stamp, usegmt=True)))
    return replace(answer, headers=(*answer.headers, *validators))


def not_modified(answer: Answer, headers: Mapping[str, str]) -> Answer | None:
    """A 304 where the request shows that the client has this answer; If-None-Match comes first."""
    tag = answer.header("ETag")
    since = headers.get("if-modified-since")
    if answer.status != 200 or tag is None or answer.stream or answer.ending != "whole":
        return None
    if "if-none-match" in headers:
        same = tag in (known.strip().removeprefix("W/") for known in headers["if-none-match"].split(","))
    else:
        same = since is not None and _as_old_as(answer.header("Last-Modified"), since)
    kept = tuple(pair for pair in answer.headers if pair[0] in ("ETag", "Last-Modified"))
    return Answer(status=304, headers=kept) if same else None


def _as_old_as(modified: str | None, since: str) -> bool:
    try:
        return modified is not None and parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
