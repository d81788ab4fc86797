"""Articles a second on one core, and the same table for another extractor on the same gold.

``python tests/benchmarks/bench_quotes.py`` measures the speed. ``--dump FILE`` writes the bodies of
the labelled pages as JSON; ``--score FILE`` scores spans that another program found in them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from quality.matching import Page, body_words, load, match, tokens_of

from cpsscrape.extract.quotes import find_quotes_in_blocks


def articles_a_second(pages: list[Page], seconds: float = 5.0) -> tuple[float, float]:
    """Articles and words a second of processor time, for quotes alone."""
    read = words = 0
    start = time.process_time()
    while time.process_time() - start < seconds:
        for page in pages:
            article = page.article
            find_quotes_in_blocks(article.blocks, language=article.language, headline=article.headline)
            read += 1
            words += article.word_count
    spent = time.process_time() - start
    return read / spent, words / spent


def dump(pages: list[Page], path: Path) -> None:
    """The bodies of English pages, by name."""
    rows = [{"name": p.name, "body": p.article.body} for p in pages if p.article.language == "en"]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def score(pages: list[Page], found: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Precision and recall of pieces in marks, and how often the speaker's name is in the speaker found.

    Pieces, not statements: other extractors give one span per pair of marks.
    """
    right = read = asked = named = 0
    for page in (p for p in pages if p.name in found):
        words = body_words(page.article.body)
        labels = [(q, piece) for q in page.quotes if q.kind in {"direct", "partial"} for piece in q.pieces]
        gold = [tokens_of(words, [piece]) for _, piece in labels]
        spans = found[page.name]
        theirs = [tokens_of(words, [(span["start"], span["end"])]) for span in spans]
        pairs = match(gold, theirs)
        right += len(pairs)
        read += len(theirs)
        asked += len(gold)
        for i, j in pairs.items():
            names = [s["name"].split()[-1].casefold() for s in labels[i][0].speakers]
            mentions = [s["mention"].split()[-1].casefold() for s in labels[i][0].speakers]
            speaker = spans[j]["speaker"].casefold()
            named += bool(names) and any(word in speaker for word in (*names, *mentions))
    precision, recall = right / read if read else 0.0, right / asked if asked else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": precision, "recall": recall, "F1": f1, "speaker named": named / right if right else 0.0}


def ours(pages: list[Page]) -> dict[str, list[dict[str, Any]]]:
    """Our own reading in the form that ``score`` takes."""
    return {
        page.name: [
            {"start": piece.start, "end": piece.end, "speaker": " ".join(s.mention for s in quote.speakers)}
            for quote in page.article.quotes
            if quote.kind in {"direct", "partial"}
            for piece in quote.pieces
        ]
        for page in pages
        if page.article.language == "en"
    }


def say(*words: object) -> None:
    """One line on standard output."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> None:
    """Parse the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", type=Path)
    parser.add_argument("--score", type=Path)
    arguments = parser.parse_args()
    pages = [*load("tuning"), *load("frozen")]
    if arguments.dump:
        dump(pages, arguments.dump)
    elif arguments.score:
        found = json.loads(arguments.score.read_text("utf-8"))
        say("other:", {k: round(100 * v, 1) for k, v in score(pages, found).items()})
        say("ours: ", {k: round(100 * v, 1) for k, v in score(pages, ours(pages)).items()})
    else:
        articles, words = articles_a_second(pages)
        say(f"{articles:.0f} articles a second of processor time, {words:.0f} words a second")


if __name__ == "__main__":
    main()
