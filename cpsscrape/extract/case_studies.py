"""Case studies told within a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.items import Block, CaseStudy, Language


def find_case_studies(
    blocks: Sequence[Block], body: str, *, language: Language = "en"
) -> tuple[tuple[Block, ...], tuple[CaseStudy, ...]]:
    """The blocks with the section of each case marked, and the cases."""
    return tuple(blocks), ()
