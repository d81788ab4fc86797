"""textacy's direct_quotations on bodies that ``bench_quotes.py --dump`` wrote; runs in an environment of its own.

``python textacy_quotes.py MODEL BODIES.json SPANS.json``
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import spacy
from textacy.extract import direct_quotations


def say(*words: object) -> None:
    """One line on standard output."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> None:
    """Write the spans and print the speed."""
    model, source, target = sys.argv[1:]
    try:
        nlp = spacy.load(model)
    except OSError:
        nlp = __import__(model).load()
    rows = json.loads(Path(source).read_text("utf-8"))
    found: dict[str, list[dict[str, object]]] = {}
    refused = 0
    start = time.process_time()
    for row in rows:
        spans = []
        try:
            for quote in direct_quotations(nlp(row["body"])):
                text = quote.content.text
                lead = len(text) - len(text.lstrip("“\"'‘ "))
                tail = len(text) - len(text.rstrip("”\"'’ "))
                speaker = " ".join(token.text for token in quote.speaker)
                spans.append(
                    {"start": quote.content.start_char + lead, "end": quote.content.end_char - tail, "speaker": speaker}
                )
        except ValueError:
            refused += 1  # textacy raises on unbalanced marks
        found[row["name"]] = spans
    spent = time.process_time() - start
    Path(target).write_text(json.dumps(found), encoding="utf-8")
    say(f"{len(rows) / spent:.1f} articles a second of processor time; {refused} of {len(rows)} raised ValueError")


if __name__ == "__main__":
    main()
