"""How long the reader takes, beside a bare parse and beside other extractors.

``python tests/benchmarks/bench_reader.py [ROUNDS]`` prints one table: milliseconds of processor
time a page (the best of some rounds, in turns, so that a busy machine hurts all alike), the ratio to
a bare ``lxml.html.fromstring``, and the body's token F1 against the gold. Extractors that are not
installed are said to be missing; they are wanted here only, in an environment of their own.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import lxml.html  # noqa: E402 - the path comes first
from quality.reading import Gold, gold_body, gold_pages, mean, token_f1  # noqa: E402

from cpsscrape.pages.base import page_of  # noqa: E402
from cpsscrape.pages.encoding import decoded  # noqa: E402
from cpsscrape.reader import add_case_studies, read_article, read_page  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    Step = Callable[[Gold], Any]

#: A page as the live site sends them weighs about this much.
SIZE = range(30_000, 60_000)


def steps() -> dict[str, tuple[Step, Callable[[Any], str] | None]]:
    """What is measured, and how its result gives the body's text."""
    found: dict[str, tuple[Step, Callable[[Any], str] | None]] = {
        "lxml.html.fromstring": (lambda gold: lxml.html.fromstring(gold.body), None),
        "blocks (parse and walk)": (lambda gold: page_of(decoded(gold.body, "", url=gold.url), gold.url), None),
        "read_page": (lambda gold: read_page(gold.body, gold.url), None),
        "read_page, case studies": (lambda gold: add_case_studies(read_page(gold.body, gold.url)), None),
        "read_article": (lambda gold: read_article(gold.body, gold.url), lambda article: article.body),
    }
    return found | _others()


def _others() -> dict[str, tuple[Step, Callable[[Any], str] | None]]:
    """The extractors that can be imported; the others are said to be missing."""
    found: dict[str, tuple[Step, Callable[[Any], str] | None]] = {}
    trafilatura = imported("trafilatura")
    if trafilatura:
        found["trafilatura bare_extraction"] = (
            lambda gold: trafilatura.bare_extraction(gold.body, url=gold.url, with_metadata=True),
            lambda document: (document.text or "") if document else "",
        )
    newspaper = imported("newspaper")
    if newspaper:
        found["newspaper4k"] = (
            lambda gold: newspaper.article(gold.url, input_html=gold.body.decode("utf-8", "replace")),
            lambda article: article.text,
        )
    resiliparse = imported("resiliparse.extract.html2text")
    if resiliparse:
        found["resiliparse"] = (
            lambda gold: resiliparse.extract_plain_text(gold.body.decode("utf-8", "replace"), main_content=True),
            str,
        )
    return found


def imported(name: str) -> Any:
    """A module, or None and a line that says it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        say(f"{name} is not installed")
        return None


def measured(step: Step, pages: list[Gold]) -> float:
    """Milliseconds of processor time a page, one time over all pages."""
    start = time.process_time()
    for gold in pages:
        step(gold)
    return (time.process_time() - start) * 1000 / len(pages)


def score(step: Step, text: Callable[[Any], str], pages: list[Gold]) -> tuple[float, float]:
    """Mean and worst body token F1 over the gold."""
    scores = [token_f1(text(step(gold)), gold_body(gold.expected)) for gold in pages]
    return mean(scores), min(scores)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main(rounds: int) -> None:
    """Measure everything in turns, then print the table."""
    articles = [gold for gold in gold_pages() if gold.is_article and gold.is_html]
    timed = [gold for gold in articles if len(gold.body) in SIZE]
    scored = [gold for gold in articles if not gold.name.startswith("bytes-")]
    found = steps()
    best = dict.fromkeys(found, float("inf"))
    for _ in range(rounds):
        for name, (step, _) in found.items():
            best[name] = min(best[name], measured(step, timed))
    size = sum(len(gold.body) for gold in timed) // len(timed)
    say(f"{len(timed)} pages of {size:,} bytes on average; body F1 on {len(scored)} pages of the gold")
    say("| step | ms a page | x bare parse | body F1 mean | worst |")
    say("|---|--:|--:|--:|--:|")
    bare = best["lxml.html.fromstring"]
    for name, (step, text) in found.items():
        mean_, worst = score(step, text, scored) if text else (None, None)
        scores = f"{mean_:.4f} | {worst:.4f}" if mean_ is not None else "|"
        say(f"| {name} | {best[name]:.2f} | {best[name] / bare:.2f} | {scores} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
