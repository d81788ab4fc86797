"""The reader against the gold: printed in full, gated at the numbers the project promises.

``pytest tests/quality/test_reader.py -s`` prints the tables.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from quality.reading import Gold, block_rows, f1, gold_body, gold_pages, mean, report, token_f1
from quality.redesigns import REDESIGNS

from cpsscrape.exceptions import CpsScrapeError
from cpsscrape.reader import add_case_studies, read_page

if TYPE_CHECKING:
    from cpsscrape.items import Article

FIELDS = (
    "headline",
    "update_label",
    "teaser",
    "content_type",
    "topics",
    "areas",
    "language",
    "published_on",
    "published_on_source",
    "updated_on",
    "url",
    "node_id",
    "notes_to_editors",
)
#: Per cent of the gold pages that give the field.
FIELD_FLOOR = 100.0
HEADLESS = ("number", "list_item", "paragraph")
BOLD = ("bold_headings", "bold_everything")
#: What a redesign takes away, as ``only_evidence`` of a page names it.
TAKEN = {
    "rename_classes": ("classes",),
    "drop_classes": ("classes",),
    "drop_landmarks": ("landmarks",),
    "bold_headings": ("headings",),
    "bold_everything": ("headings", "landmarks"),
}


@cache
def pages() -> tuple[Gold, ...]:
    return tuple(gold_pages())


@cache
def articles() -> tuple[tuple[Gold, Article], ...]:
    return tuple((gold, _read(gold, gold.body)) for gold in pages() if gold.is_article)


def _read(gold: Gold, body: bytes) -> Article:
    return add_case_studies(read_page(body, gold.url, gold.content_type, gold.teaser))


def _value(article: Article, field: str) -> Any:
    value = getattr(article, field)
    return list(value) if isinstance(value, tuple) else value


def test_the_gold_is_large_enough() -> None:
    told = [gold for gold in pages() if gold.expected.get("case_studies")]
    decoys = [gold for gold in pages() if gold.name.startswith("cases-f")]
    welsh = [gold for gold in pages() if gold.expected.get("language") == "cy"]
    assert len(pages()) >= 120
    assert len(told) >= 30
    assert len(decoys) >= 8
    assert len(welsh) >= 12


def test_fields() -> None:
    wrong: dict[str, list[str]] = {field: [] for field in FIELDS}
    given: dict[str, int] = defaultdict(int)
    for gold, article in articles():
        for field in FIELDS:
            if field in gold.expected:
                given[field] += 1
                if _value(article, field) != gold.expected[field]:
                    wrong[field].append(gold.name)
    report()
    for field in FIELDS:
        right = 100 * (1 - len(wrong[field]) / max(given[field], 1))
        report(f"{field:22} {given[field]:4} pages {right:6.1f} %  {' '.join(wrong[field])}")
    assert {field: names for field, names in wrong.items() if names} == {}


def test_refusals() -> None:
    wrong = {}
    for gold in pages():
        if gold.is_article:
            continue
        try:
            _read(gold, gold.body)
            wrong[gold.name] = "an article"
        except CpsScrapeError as error:
            if type(error).__name__ != gold.expected["error"]:
                wrong[gold.name] = type(error).__name__
    assert wrong == {}


def test_body() -> None:
    scores = {gold.name: token_f1(article.body, gold_body(gold.expected)) for gold, article in articles()}
    exact = [
        block_rows(article) == gold.expected["blocks"] for gold, article in articles() if "blocks" in gold.expected
    ]
    worst = min(scores, key=lambda name: scores[name])
    report(f"\nbody token F1: mean {mean(scores.values()):.4f}, worst {scores[worst]:.4f} ({worst})")
    report(f"blocks exactly as in the gold: {sum(exact)} of {len(exact)} pages")
    assert mean(scores.values()) >= 0.995
    assert scores[worst] >= 0.98


def test_links_and_aliases() -> None:
    for gold, article in articles():
        if "links" in gold.expected:
            found = [{"url": link.url, "text": link.text, "section": link.section} for link in article.links]
            assert found == gold.expected["links"], gold.name
        assert set(gold.expected.get("aliases", ())) <= {*article.aliases, article.url}, gold.name


def test_offsets_slice_out_of_the_body() -> None:
    for gold, article in articles():
        for block in article.blocks:
            if block.start is not None:
                assert article.body[block.start : block.end] == block.text, gold.name
        for case in article.case_studies:
            assert article.body[case.start : case.end] == case.body, gold.name


def _starts(gold: Gold) -> list[dict[str, Any]]:
    return list(gold.expected.get("case_studies") or ())


def _first(body: str) -> str:
    return body.split("\n\n", 1)[0]


def _kind(boundary: str) -> str:
    return "headless" if boundary in HEADLESS else "headed"


def test_case_studies() -> None:
    """A start is right where the same block begins a case; the body by its words."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    bodies: list[float] = []
    decoys: list[str] = []
    for gold, article in articles():
        expected, found = _starts(gold), article.case_studies
        if not expected:
            decoys.extend([gold.name] * len(found))
        layout = gold.name[6:7].upper() if gold.name.startswith("cases-") else "other"
        starts = {_first(case.body): case for case in found}
        for case in expected:
            match = starts.get(_first(case["body"]))
            for key in (layout, _kind(case["boundary"])):
                counts[key][0] += match is not None
                counts[key][2] += 1
            bodies.append(token_f1(match.body, case["body"]) if match else 0.0)
        for hit in found:
            for key in (layout, _kind(hit.boundary)):
                counts[key][1] += 1
    report()
    for key, (both, hits, gold_cases) in sorted(counts.items()):
        precision, recall = both / max(hits, 1), both / max(gold_cases, 1)
        score = f1(both, hits, gold_cases)
        report(f"{key:9} {gold_cases:4} cases  P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}")
    report(f"case body token F1 {mean(bodies):.4f}; cases found on pages without any: {len(decoys)}")
    assert f1(*counts["headed"]) >= 0.98
    assert f1(*counts["headless"]) >= 0.92
    assert mean(bodies) >= 0.97
    assert decoys == []


def test_case_titles_and_boundaries() -> None:
    wrong = []
    for gold, article in articles():
        found = [(case.title, case.boundary) for case in article.case_studies]
        if found != [(case["title"], case["boundary"]) for case in _starts(gold)]:
            wrong.append(gold.name)
    assert wrong == []


@pytest.mark.parametrize("name", REDESIGNS)
def test_redesigns_read_the_same(name: str) -> None:
    """Fields, blocks and body; a heading that became a bold line has no level any more."""
    levels = name not in BOLD
    differences: list[str] = []
    scores: list[float] = []
    for gold, article in articles():
        if not gold.is_html or not gold.template or gold.name.startswith("bytes-"):
            continue
        try:
            again = _read(gold, REDESIGNS[name](gold.body))
        except CpsScrapeError as error:
            differences.append(f"{gold.name}: {type(error).__name__}")
            scores.append(0.0)
            continue
        scores.append(token_f1(again.body, article.body))
        if gold.only_evidence in TAKEN.get(name, ()):
            continue  # nobody could tell any more; its words count all the same
        if _shape(again, levels=levels) != _shape(article, levels=levels):
            differences.append(gold.name)
    report(f"\n{name}: {len(scores)} pages, body token F1 {mean(scores):.4f}")
    report(f"not the same: {' '.join(differences) or 'none'}")
    assert mean(scores) >= 0.995
    assert len(differences) <= len(scores) * 0.005


def _shape(article: Article, *, levels: bool) -> list[Any]:
    """What must not change; sections of cases may where the levels that end them are gone."""
    blocks = [
        (
            block.kind,
            block.text,
            block.level if levels else None,
            block.section if levels else block.section.replace("case_study", "body"),
        )
        for block in article.blocks
    ]
    fields = [article.headline, article.published_on, article.content_type, article.topics, article.areas]
    return [*fields, *blocks]
