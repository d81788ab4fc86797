"""The quotes of the labelled pages: the table is printed (``pytest -s``), the gates hold on the frozen part."""

from __future__ import annotations

import sys
from functools import cache

import pytest
from quality.matching import Counts, Page, f1, interval, load, ratio, score
from quality.matching import coverage as coverage_of
from quality.measure_confidence import confidences, first_sight

from cpsscrape.extract.confidence import precisions

MEASURES = (
    "direct precision", "direct recall", "partial precision", "partial recall", "indirect precision",
    "indirect recall", "unmarked recall", "exact piece", "grouping", "kind", "cue", "attribution", "speaker",
    "speaker precision", "speaker kind", "mention", "resolution", "role", "role where there is one",
    "organisation", "organisation where there is one", "term precision", "term recall", "terms wrongly attributed",
)  # fmt: skip
LEAST = {
    "direct precision": 0.97, "direct recall": 0.96, "exact piece": 0.97, "grouping": 0.96, "speaker": 0.95,
    "role": 0.90, "organisation": 0.90, "indirect precision": 0.90,
}  # fmt: skip
MOST = {"terms wrongly attributed": 0.02}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


@cache
def pages(part: str) -> tuple[Page, ...]:
    return tuple(load(part))


@cache
def counts(part: str) -> tuple[Counts, ...]:
    return tuple(score(page) for page in pages(part))


@pytest.mark.parametrize("part", ["tuning", "frozen"])
def test_the_table(part: str) -> None:
    scores = counts(part)
    quotes = sum(len(page.quotes) for page in pages(part))
    say(f"\n{part}: {len(scores)} articles, {quotes} quotes")
    for measure in MEASURES:
        low, high = interval(scores, lambda drawn, m=measure: ratio(drawn, m))
        say(f"  {measure:34s}{100 * ratio(scores, measure):6.1f}  [{100 * low:.1f}, {100 * high:.1f}]")
    for kind in ("direct", "partial", "indirect"):
        low, high = interval(scores, lambda drawn, k=kind: f1(drawn, k))
        say(f"  {kind + ' F1':34s}{100 * f1(scores, kind):6.1f}  [{100 * low:.1f}, {100 * high:.1f}]")
    for least, precision, share in coverage_of(pages(part)):
        say(f"  confidence ≥ {least:.2f}: precision {100 * precision:5.1f} at coverage {100 * share:5.1f}")
    assert quotes > 100


@pytest.mark.parametrize("part", ["tuning", "frozen"])
def test_every_label_is_found_on_its_page(part: str) -> None:
    assert {page.name: page.lost for page in pages(part) if page.lost} == {}


@pytest.mark.parametrize("part", ["tuning", "frozen"])
def test_every_piece_and_term_slices_out_of_the_body(part: str) -> None:
    for page in pages(part):
        body = page.article.body
        pieces = [piece for quote in page.article.quotes for piece in quote.pieces]
        for stretch in (*pieces, *page.article.quoted_terms):
            assert stretch.text == body[stretch.start : stretch.end]
        for quote in page.article.quotes:
            assert quote.text == "\n\n".join(piece.text for piece in quote.pieces)
            assert quote.start <= quote.pieces[0].start <= quote.pieces[-1].end <= quote.end


@pytest.mark.parametrize("measure", LEAST)
def test_frozen_part_reaches(measure: str) -> None:
    reached = ratio(counts("frozen"), measure)
    assert reached >= LEAST[measure]


@pytest.mark.parametrize("measure", MOST)
def test_frozen_part_keeps_below(measure: str) -> None:
    reached = ratio(counts("frozen"), measure)
    assert reached <= MOST[measure]


def test_frozen_partial_quotes() -> None:
    reached = f1(counts("frozen"), "partial")
    assert reached >= 0.88


def test_confidence_is_what_was_measured_at_first_sight() -> None:
    assert precisions() == {rule: pytest.approx(right, abs=0.0006) for rule, (right, _) in confidences().items()}


def test_confidence_does_not_promise_what_only_tuned_pages_hold() -> None:
    promised = [quote.confidence for page in pages("tuning") for quote in page.article.quotes]
    lots = first_sight()
    right, seen = (sum(lots[kind][n] for kind in ("direct", "partial", "indirect")) for n in (0, 1))
    assert sum(promised) / len(promised) == pytest.approx(right / seen, abs=0.03)


def test_speakers_that_nobody_may_link_across_articles() -> None:
    private = {"the victim", "a relative", "the family"}
    for page in pages("tuning"):
        for quote in page.article.quotes:
            for speaker in quote.speakers:
                assert not (speaker.official and (speaker.kind != "person" or speaker.name.lower() in private))


def test_the_same_page_gives_the_same_quotes() -> None:
    first, second = pages("tuning")[0], load("tuning")[0]
    assert first.article.quotes == second.article.quotes
