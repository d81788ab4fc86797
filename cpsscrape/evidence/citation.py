"""How to cite an article so that a reader can check it: time of capture, version and digest."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.derived import quote_origin_of
from cpsscrape.exceptions import UnknownArticleError

if TYPE_CHECKING:
    from sqlite_utils import Database

AUTHOR = "Crown Prosecution Service"
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One version of an article. ``published_on`` is None where no date could be read."""

    origin: str
    title: str
    published_on: str | None
    url: str
    captured_at: str
    version: int
    digest: str
    language: str

    @property
    def key(self) -> str:
        """A name for bibliographies: ``cps-12728-v2``."""
        return f"cps-{self.origin}-v{self.version}"

    def as_text(self) -> str:
        """Return one sentence, without a final full stop that could be taken for part of the digest."""
        published = _day(self.published_on) if self.published_on else "undated"
        return (
            f"{AUTHOR}, “{self.title}”, {published}, {self.url}, "
            f"version {self.version}, captured {self.captured_at}, {self.digest}"
        )

    def as_bibtex(self) -> str:
        """Return an ``@online`` entry for BibLaTeX."""
        fields = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{_latex(self.title)}}}",
            "date": self.published_on,
            "url": self.url,
            "urldate": self.captured_at[:10],
            "version": str(self.version),
            "note": _latex(f"Captured {self.captured_at}, payload {self.digest}"),
            "langid": "welsh" if self.language == "cy" else "british",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
        return "\n".join([f"@online{{{self.key},", *lines, "}"])

    def as_csl(self) -> str:
        """Return CSL-JSON: a list of one item, as citation managers import it."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": AUTHOR}],
            "URL": self.url,
            "accessed": {"date-parts": [_parts(self.captured_at[:10])]},
            "version": str(self.version),
            "language": "cy" if self.language == "cy" else "en-GB",
            "note": f"Captured {self.captured_at}, payload {self.digest}",
        }
        if self.published_on:
            item["issued"] = {"date-parts": [_parts(self.published_on)]}
        return json.dumps([item], indent=2, ensure_ascii=False)


def split_version(name: str) -> tuple[str, int | None]:
    """Split ``12728@2`` into the article and its version; without ``@2`` the version is None."""
    match = re.fullmatch(r"(.+)@(\d+)", name)
    return (match[1], int(match[2])) if match else (name, None)


def citation_of(db: Database, article_id: int, version: int | None) -> Citation:
    """Return the citation of a version, by default of the newest.

    Raises UnknownArticleError where the article has no such version.
    """
    row = db.conn.execute(
        "select a.url, a.node_id, a.language, a.version, v.version, v.headline, v.published_on, a.headline, "
        "a.published_on, c.fetched_at, c.payload_digest from articles a join article_versions v on v.article_id = a.id "
        "join captures c on c.id = v.capture_id where a.id = ? and v.version = coalesce(?, a.version)",
        [article_id, version],
    ).fetchone()
    if row is None:
        raise UnknownArticleError(f"article {article_id} has no version {version}: `cpsscrape show` lists them.")
    url, node, language, newest, number, headline, published, current, current_date, captured, digest = row
    if number == newest:  # a person's correction counts for what the archive says now
        headline, published = current, current_date
    return Citation(
        origin=quote_origin_of(node, url),
        title=headline,
        published_on=published,
        url=url,
        captured_at=captured,
        version=number,
        digest=digest,
        language=language,
    )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _parts(day: str) -> list[int]:
    return [int(part) for part in day.split("-")]


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)
