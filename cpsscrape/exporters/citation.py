"""``CITATION.cff`` of a data package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.exporters.data_package import PackageFacts
    from cpsscrape.exporters.survey import Survey


def citation_file(facts: PackageFacts, seen: Survey) -> str:
    """Return the citation in the Citation File Format 1.2; text is quoted as JSON, which is YAML too."""
    totals = seen.totals
    period = f", published {totals['earliest']} to {totals['latest']}" if totals["earliest"] else ""
    abstract = (
        f"{totals['articles']} articles of {facts.site}{period}, with versions, quotes and case studies, "
        f"as captured {totals['first_seen_at'] or 'never'} to {totals['last_seen_at'] or 'never'}."
    )
    lines = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below, with the date of the export.",
        "type": "dataset",
        "title": "An archive of the Crown Prosecution Service's news",
        "version": facts.created[:10],
        "date-released": facts.created[:10],
        "url": facts.site,
        "abstract": abstract,
    }
    authors = ["authors:", '  - name: "Crown Prosecution Service"', f"    website: {_text(facts.site)}"]
    if facts.contact:
        authors += ["contact:", f"  - name: {_text(f'Operator of this archive ({facts.contact})')}"]
    words = ["keywords:", *(f"  - {word}" for word in ("court reporting", "prosecution", "quotations", "web archive"))]
    head = [f"{name}: {value if name in _BARE else _text(value)}" for name, value in lines.items()]
    return "\n".join([*head, *authors, *words]) + "\n"


_BARE = frozenset({"cff-version", "date-released", "type"})


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
