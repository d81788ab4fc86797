"""Direct quotes of PolNeAR, an annotated corpus of American political news, against ``find_quotes``.

``python tests/benchmarks/polnear_quotes.py POLNEAR/data/test``; the corpus is not part of this repository
(https://github.com/networkdynamics/PolNeAR). A quote counts as found when four fifths of its letters are in one
of ours, its speaker as right when the last word of our mention is a word of the annotated source, or the reverse.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.quotes import find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.items import Quote, Speaker

FOUND = 0.8
TITLES = frozenset({"the", "a", "an", "mr", "mrs", "ms"})


class Attribution(NamedTuple):
    """An annotated direct quote: the places of its letters, and the words of its source."""

    letters: frozenset[int]
    source: str


def attributions(folder: Path) -> Iterator[tuple[str, list[Attribution]]]:
    """Every article's text and its direct quotes."""
    for path in sorted((folder / "attributions").glob("*.ann")):
        story = folder / "text" / f"{path.stem.rsplit('_', 1)[0]}.txt"
        if story.exists():
            text = story.read_text("utf-8")
            yield text, list(_read(path.read_text("utf-8"), text))


def _read(annotation: str, text: str) -> Iterator[Attribution]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for key, places in re.findall(r"(?m)^(T\d+)\t\S+ ([\d ;]+)\t", annotation):
        spans[key] = [(int(a), int(b)) for a, b in (place.split() for place in places.split(";"))]
    for event in re.findall(r"(?m)^E\d+\t(.*)$", annotation):
        parts = [part.split(":") for part in event.split()]
        content = sorted(s for kind, key in parts if kind.startswith("Content") for s in spans.get(key, ()))
        source = sorted(s for kind, key in parts if kind.startswith("Source") for s in spans.get(key, ()))
        words = " ".join(text[a:b] for a, b in content).strip()
        if words[:1] in {"“", '"'} and words.rstrip(".,;:!? ")[-1:] in {"”", '"'}:
            yield Attribution(_letters(text, content), " ".join(text[a:b] for a, b in source))


def _letters(text: str, spans: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(n for a, b in spans for n in range(a, b) if text[n].isalnum())


def our_quotes(text: str) -> list[tuple[Quote, frozenset[int]]]:
    """What the program finds, with the places of its letters in the file."""
    lines = list(re.finditer(r"[^\n]+", text))
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line[0]) + 2)

    def place(offset: int) -> int:
        number = bisect_right(starts, offset) - 1
        return lines[number].start() + offset - starts[number]

    quotes = find_quotes([line[0] for line in lines])
    return [(q, _letters(text, [(place(p.start), place(p.end)) for p in q.pieces])) for q in quotes]


def is_source(source: str, speaker: Speaker) -> bool:
    """Our mention and the annotated source end in the same word, or one ends within the other."""
    theirs, ours = _words(source), _words(speaker.mention)
    return bool(theirs and ours) and (ours[-1] in theirs or theirs[-1] in ours)


def _words(text: str) -> list[str]:
    return [w.removesuffix("’s").removesuffix("'s") for w in re.findall(r"[\w’'-]+", text.lower()) if w not in TITLES]


def main() -> None:
    """Count and print."""
    counts: Counter[str] = Counter()
    for text, annotated in attributions(Path(sys.argv[1])):
        ours = [(quote, letters) for quote, letters in our_quotes(text) if quote.kind != "indirect"]
        for attribution in annotated:
            counts["direct quotes"] += 1
            best = max(ours, key=lambda pair: len(pair[1] & attribution.letters), default=None)
            if best is None or len(best[1] & attribution.letters) < FOUND * len(attribution.letters):
                continue
            counts["found"] += 1
            if attribution.source:
                counts["with a source"] += 1
                counts["speaker named"] += any(is_source(attribution.source, s) for s in best[0].speakers)
    found, named = counts["found"] / counts["direct quotes"], counts["speaker named"] / counts["with a source"]
    sys.stdout.write(f"{dict(counts)}\nfound {100 * found:.1f} %, speaker named {100 * named:.1f} % of those found\n")


if __name__ == "__main__":
    main()
