"""What the pages say of a story, before sections and offsets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.items import DraftBlock


@dataclass(slots=True, kw_only=True)
class Draft:
    """A story as a page reader hands it over: ``links[n]`` are the links of ``blocks[n]``.

    ``sources`` maps a field to the rule that gave it. Dates are ISO; ``label_line`` and the
    other labels are the page's own, a teaser comes before them.
    """

    url: str
    headline: str
    layout: str
    blocks: list[DraftBlock]
    links: list[tuple[tuple[str, str], ...]]
    node_id: int | None = None
    content_type: str | None = None
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    page_date: str | None = None
    metadata_date: str | None = None
    updated_on: str | None = None
    teaser: str | None = None
    aliases: tuple[str, ...] = ()
    fingerprint: str | None = None
    agreement: float | None = None
    sources: dict[str, str] = field(default_factory=dict)
