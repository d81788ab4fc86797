"""The gold pages, and how far a reading agrees with what a person read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpsscrape.items import Teaser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpsscrape.items import Article

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One gold page: what a server sends, and what a person reads."""

    name: str
    body: bytes
    url: str
    content_type: str
    template: str
    teaser: Teaser | None
    expected: dict[str, Any]
    only_evidence: str | None = None

    @property
    def is_article(self) -> bool:
        """Whether the page is an article and no refusal."""
        return "error" not in self.expected

    @property
    def is_html(self) -> bool:
        """Whether the page has markup."""
        return not self.content_type.startswith("text/plain")


def gold_pages() -> list[Gold]:
    """Every gold page; one without ``expected.json`` is an error."""
    return [_gold(folder) for folder in sorted(PAGES.iterdir()) if folder.is_dir()]


def _gold(folder: Path) -> Gold:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    expected = folder / "expected.json"
    if not expected.exists():
        message = f"{folder.name} has no expected.json: read the page, then write it"
        raise FileNotFoundError(message)
    html = folder / "page.html"
    page = html if html.exists() else folder / "page.txt"
    kind = "text/html" if html.exists() else "text/plain"
    teaser = meta.get("teaser")
    return Gold(
        name=folder.name,
        body=page.read_bytes(),
        url=meta["url"],
        content_type=meta.get("content_type") or f"{kind}; charset=utf-8",
        template=meta.get("template", "generic"),
        teaser=Teaser(**{key: tuple(v) if isinstance(v, list) else v for key, v in teaser.items()}) if teaser else None,
        expected=json.loads(expected.read_text("utf-8")),
        only_evidence=meta.get("only_evidence"),
    )


def block_rows(article: Article) -> list[dict[str, Any]]:
    """An article's blocks in the form of the gold."""
    rows = []
    for block in article.blocks:
        row: dict[str, Any] = {"kind": block.kind, "section": block.section, "text": block.text}
        if block.level is not None:
            row["level"] = block.level
        rows.append(row)
    return rows


def gold_body(expected: dict[str, Any]) -> str:
    """The body the gold's blocks add up to."""
    told = [b for b in expected["blocks"] if b["section"] in ("body", "case_study") and b["kind"] != "caption"]
    return "\n\n".join(block["text"] for block in told)


def token_f1(found: str, expected: str) -> float:
    """The harmonic mean of precision and recall over words, each counted as often as it stands."""
    mine, theirs = Counter(found.split()), Counter(expected.split())
    return f1(sum((mine & theirs).values()), sum(mine.values()), sum(theirs.values()))


def f1(both: float, found: float, expected: float) -> float:
    """F1 from counts; 1 where there was nothing to find and nothing was found."""
    return 2 * both / (found + expected) if found + expected else 1.0


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean, 1 of nothing."""
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 1.0


def report(line: str = "") -> None:
    """Print a line of a table; ``pytest -s`` shows it."""
    sys.stdout.write(f"{line}\n")
