"""The blocks of an article with what is marked in them, ready to be printed in either form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.presentation.passages import body_blocks, cases_of, spoken_ranges
from cpsscrape.presentation.phrases import is_doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.archive.stored import Row, StoredArticle

_OPENERS = {"list_item": "• ", "block_quote": "  "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block: ``marked`` are the ranges of its text that somebody said, ``quotes`` those that end here."""

    kind: str
    text: str
    opener: str
    marked: tuple[tuple[int, int], ...]
    quotes: tuple[Row, ...]
    case_line: str | None = None
    in_case: bool = False
    ends_case: bool = False


def passages(stored: StoredArticle) -> Iterator[Passage]:
    """Yield the blocks of the body in reading order; notes and captions are left out."""
    blocks = body_blocks(stored)
    around = [None, *cases_of(stored, blocks), None]
    for block, (before, case, after) in zip(blocks, zip(around, around[1:], around[2:], strict=False), strict=True):
        yield Passage(
            kind=block["kind"],
            text=block["text"],
            opener=_opener(block),
            marked=tuple((start, end) for start, end, _, _ in spoken_ranges(stored.quotes, block)),
            quotes=tuple(quote for quote in stored.quotes if block["start"] <= _last_start(quote) < block["end"]),
            case_line=_case_line(case, len(stored.case_studies)) if case is not None and case is not before else None,
            in_case=case is not None,
            ends_case=case is not None and case is not after,
        )


def _case_line(case: Row, total: int) -> str:
    doubt = f", doubtful ({case['confidence']:.2f})" if is_doubtful(case["confidence"]) else ""
    return f"Case study {case['position']} of {total}{doubt}"


def _opener(block: Row) -> str:
    depth = (block["level"] or 1) - 1 if block["kind"] == "list_item" else 0
    return "  " * depth + _OPENERS.get(block["kind"], "")


def _last_start(quote: Row) -> int:
    return int(quote["pieces"][-1]["start"] if quote["pieces"] else quote["start"])
