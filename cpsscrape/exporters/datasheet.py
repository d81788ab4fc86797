"""The README of a data package: a datasheet filled from the archive itself.

Its words are in ``datasheet.md``; its questions are those of "Datasheets for Datasets"
(Gebru et al., 2021), shortened.
"""

from __future__ import annotations

import re
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from cpsscrape.exporters.formulas import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.exporters.data_package import PackageFacts, WrittenTable
    from cpsscrape.exporters.survey import Row, Survey

RUNS_SHOWN = 20
GAPS_SHOWN = 30
_DEFUSED = f"""Text that a spreadsheet would run as a formula has an apostrophe before it. To get the text of \
the archive, take that one away again; in Python, for every text cell:

```python
re.sub(r"{RULE}", "", cell)
```

Offsets into `body` count in that restored text."""
_RAW = """The cells are as they are in the archive: **do not open these files in a spreadsheet**, which would run \
some text as formulas."""


def datasheet(facts: PackageFacts, seen: Survey, written: Sequence[WrittenTable], *, raw: bool) -> str:
    """Return the datasheet as Markdown."""
    totals = seen.totals
    values = {name: _cell("unknown" if value is None else value) for name, value in totals.items()}
    values |= {
        "site": facts.site,
        "created": facts.created,
        "version": facts.version,
        "contact": f"Contact: {facts.contact}" if facts.contact else "",
        "period": f"published from {totals['earliest']} to {totals['latest']}" if totals["earliest"] else "undated",
        "files": _table(("file", "rows", "bytes"), ((f"`{w.path}`", w.rows, w.bytes) for w in written)),
        "years": _table(("year", "articles"), ((r["name"] or "without a date", r["number"]) for r in seen.years)),
        "areas": _table(("area", "articles"), ((row["name"], row["number"]) for row in seen.areas)),
        "missing": _missing(totals),
        "listings": _listings(seen.listings),
        "addresses": _listed(seen.addresses),
        "sources": _listed(seen.sources),
        "layouts": _listed(seen.layouts),
        "gaps": _gaps(seen.gaps),
        "problems": "\n".join(["The last run was not healthy:", "", *(f"- {text}" for text in seen.problems)])
        if seen.problems
        else "",
        "runs": _runs(seen.runs),
        "reading": _RAW if raw else _DEFUSED,
    }
    template = Template((files("cpsscrape.exporters") / "datasheet.md").read_text(encoding="utf-8"))
    return re.sub(r" *\n{3,}| +\n\n", "\n\n", template.substitute(values))


def _missing(totals: Row) -> str:
    return _table(
        ("missing", "of", "number"),
        (
            ("publication date", "articles", totals["undated"]),
            ("publication date but for one in the prose", "articles", totals["dated_by_prose"]),
            ("content type", "articles", totals["untyped"]),
            ("area", "articles", totals["without_area"]),
            ("topic", "articles", totals["without_topic"]),
            ("speaker", "quotes", totals["quotes"] - totals["attributed"]),
        ),
    )


def _listings(listings: Sequence[Row]) -> str:
    return _table(
        ("listing", "states", "seen", "walked to its end"),
        (
            (
                row["label"] or row["url"],
                "nothing" if row["expected"] is None else row["expected"],
                row["seen"],
                "yes" if row["complete"] else "no",
            )
            for row in listings
        ),
    )


def _runs(runs: Sequence[Row]) -> str:
    judged = {1: "yes", 0: "no", None: "not judged"}
    table = _table(
        ("run", "spider", "began", "ended", "healthy"),
        (
            (r["id"], r["spider"], r["started_at"], r["finished_at"] or "was cut off", judged[r["healthy"]])
            for r in runs[-RUNS_SHOWN:]
        ),
    )
    if len(runs) > RUNS_SHOWN:
        table += f"\n\nThe last {RUNS_SHOWN} of {len(runs)} runs; `data/runs.csv` has all."
    return table


def _gaps(gaps: Sequence[str]) -> str:
    if not gaps:
        return "There is no month without an article between the first and the last."
    more = f", and {len(gaps) - GAPS_SHOWN} more stretches" if len(gaps) > GAPS_SHOWN else ""
    shown = ", ".join(gaps[:GAPS_SHOWN])
    return f"Months in which no article was published, as far as this archive knows: {shown}{more}."


def _listed(rows: Iterable[Row]) -> str:
    return ", ".join(f"{row['number']:,} {row['name']}" for row in rows) or "none"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|").replace("\n", " ")
