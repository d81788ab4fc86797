"""The blocks of an article with what is marked in them, ready to be printed in either form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.terminal.phrases import DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.archive.stored import Row, StoredArticle

_MARKS = frozenset("“”‘’\"'„‟")
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
    blocks = [block for block in stored.blocks if block["start"] is not None]
    begins, inside, ends = _cases(stored, blocks)
    for number, block in enumerate(blocks):
        yield Passage(
            kind=block["kind"],
            text=block["text"],
            opener=_opener(block),
            marked=tuple(_marked(stored, block)),
            quotes=tuple(quote for quote in stored.quotes if block["start"] <= _last_start(quote) < block["end"]),
            case_line=begins.get(number),
            in_case=number in inside,
            ends_case=number in ends,
        )


def _opener(block: Row) -> str:
    depth = (block["level"] or 1) - 1 if block["kind"] == "list_item" else 0
    return "  " * depth + _OPENERS.get(block["kind"], "")


def _last_start(quote: Row) -> int:
    return int(quote["pieces"][-1]["start"] if quote["pieces"] else quote["start"])


def _marked(stored: StoredArticle, block: Row) -> Iterator[tuple[int, int]]:
    for quote in stored.quotes:
        for piece in quote["pieces"]:
            if block["start"] <= piece["start"] and piece["end"] <= block["end"]:
                start, end = piece["start"] - block["start"], piece["end"] - block["start"]
                start -= block["text"][max(start - 1, 0) : start] in _MARKS and start > 0
                end += block["text"][end : end + 1] in _MARKS and end < len(block["text"])
                yield start, end


def _cases(stored: StoredArticle, blocks: list[Row]) -> tuple[dict[int, str], set[int], set[int]]:
    """Return by the number of a block: the line that opens a case, the blocks of cases, their last ones."""
    begins: dict[int, str] = {}
    inside: set[int] = set()
    ends: set[int] = set()
    total = len(stored.case_studies)
    for case in stored.case_studies:
        numbers = [n for n, b in enumerate(blocks) if case["start"] <= b["start"] and b["end"] <= case["end"]]
        if not numbers:
            continue
        first = numbers[0]
        if first and blocks[first - 1]["kind"] == "heading" and blocks[first - 1]["section"] == "case_study":
            first -= 1
        doubt = "" if case["confidence"] >= DOUBTFUL else f", doubtful ({case['confidence']:.2f})"
        begins[first] = f"Case study {case['position']} of {total}{doubt}"
        inside |= set(range(first, numbers[-1] + 1))
        ends.add(numbers[-1])
    return begins, inside, ends
