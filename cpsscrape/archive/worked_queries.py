"""The worked queries: fifteen questions with their SQL, shipped with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_QUERY = re.compile(
    r"-- name: (?P<name>\w+)\n-- title: (?P<title>[^\n]+)\n(?P<about>(?:-- [^\n]+\n)+)(?P<sql>.*?);\s*\Z", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedQuery:
    """A question: ``about`` says what to beware of in its answer, ``sql`` is one statement that reads."""

    name: str
    title: str
    about: str
    sql: str


@cache
def worked_queries() -> tuple[WorkedQuery, ...]:
    """Return the queries in the order of ``worked_queries.sql``."""
    text = (files("cpsscrape.archive") / "worked_queries.sql").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"^(?=-- name: )", text, flags=re.MULTILINE)[1:]:
        match = _QUERY.fullmatch(part)
        if match is None:
            raise ValueError(f"not a worked query: {part[:60]!r}")
        about = " ".join(line.removeprefix("-- ") for line in match["about"].splitlines())
        found.append(WorkedQuery(name=match["name"], title=match["title"], about=about, sql=match["sql"].strip()))
    return tuple(found)
