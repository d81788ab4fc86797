"""What a reader narrows a question by: areas, topics, dates, language, type, speakers."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cpsscrape.exceptions import UsageError

if TYPE_CHECKING:
    from sqlite_utils import Database

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions on articles; several areas (or topics) mean any of them. Days are inclusive."""

    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    language: str | None = None
    content_type: str | None = None
    speaker: str | None = None

    def clauses(self) -> tuple[list[str], dict[str, object]]:
        """Return SQL conditions on a table of articles that goes by the name ``a``."""
        found: list[str] = []
        values: dict[str, object] = {}
        for table, names in (("area", self.areas), ("topic", self.topics)):
            if names:
                marks = ", ".join(f":{table}{n}" for n in range(len(names)))
                values |= {f"{table}{n}": name for n, name in enumerate(names)}
                found.append(
                    f"a.id in (select x.article_id from article_{table}s x join {table}s y "
                    f"on y.id = x.{table}_id where y.name in ({marks}))"
                )
        if self.since:
            found.append("a.published_on >= :since")
        if self.until:
            found.append("a.published_on <= :until")
        if self.language:
            found.append("a.language = :language")
        if self.content_type:
            found.append("a.content_type = :content_type collate nocase")
        if self.speaker:
            found.append(
                "a.id in (select q.article_id from quotes q join quote_speakers qs on qs.quote_id = q.id "
                "join speakers s on s.id = qs.speaker_id where s.name like :speaker escape '\\')"
            )
            values["speaker"] = containing(self.speaker)
        simple = {"since": self.since, "until": self.until, "language": self.language}
        simple["content_type"] = self.content_type
        return found, values | {name: value for name, value in simple.items() if value}


def containing(text: str) -> str:
    r"""Return a LIKE pattern (``escape '\'``) for texts that contain ``text`` as it is."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", text.strip()) + "%"


def first_day(text: str) -> str:
    """Return the first day of a year, month or day given as ``2024``, ``2024-08`` or ``2024-08-09``."""
    year, month, day = _parts(text)
    return _checked(text, year, month or 1, day or 1)


def last_day(text: str) -> str:
    """Return the last day of a year, month or day given likewise."""
    year, month, day = _parts(text)
    month = month or 12
    return _checked(text, year, month, day or (calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 1))


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text.strip())
    if match is None or match[1] == "0000":
        raise UsageError(f"{text!r} is no date: write 2024, 2024-08 or 2024-08-09.")
    return int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None


def _checked(text: str, year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise UsageError(f"{text!r} is no day of the calendar.")
    return f"{year:04}-{month:02}-{day:02}"


def known_name(db: Database, table: str, name: str) -> str:
    """Return an area or topic as the archive spells it, from its name, slug or a part of its name.

    Raises UsageError that names the ones that come close.
    """
    rows = db.conn.execute(f"select * from {table} order by name").fetchall()
    names = [str(row[-1]) for row in rows]
    wanted = _folded(name)
    for row in rows:
        if wanted in {_folded(str(value)) for value in row[1:] if value}:
            return str(row[-1])
    parts = [known for known in names if wanted and wanted in _folded(known)]
    if len(parts) == 1:
        return parts[0]
    close = parts or get_close_matches(name, names, n=3, cutoff=0.5)
    kind = table.removesuffix("s")
    if not names:
        raise UsageError(f"no article of this archive has a {kind} yet.")
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(names)}."
    raise UsageError(f"no {kind} {name!r}: {hint}")


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().casefold()
