from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.archive.version_diff import compare_paragraphs, compare_words
from cpsscrape.demo.revisions import REVISIONS

if TYPE_CHECKING:
    from conftest import Desk
    from sqlite_utils import Database

    from cpsscrape.demo.revisions import Revision


def _edited(db: Database, slug: str) -> int | None:
    row = db.execute(
        "select id from articles where version = 2 and url like ?",
        [f"%/{slug}"],
    ).fetchone()
    return row[0] if row else None


@pytest.mark.parametrize("revision", REVISIONS, ids=lambda revision: f"{revision.kind}-{revision.slug[:20]}")
def test_every_edit_of_the_miniature_site_is_shown_whole(desk: Desk, db: Database, revision: Revision) -> None:
    article = _edited(db, revision.slug)
    assert article is not None
    lines = desk("diff", str(article)).out.splitlines()[3:]
    changed = [line for line in lines if line[:2] in {"- ", "+ ", "~ "}]
    assert changed
    text = "\n".join(changed)
    expected = {
        "word": "posed as [-visitors-]{+walkers+}",
        "quote": "[-catalogue-]{+collection+}",
        "number": "rang [-26,000-]{+27,400+} people",
        "date": "[-1-]{+8+} October 2026",
        "link": "joint-stalking-plan-2026-revised.pdf",
        "headline": "~ headline: ",
        "label": "+ update_label: UPDATED WITH SENTENCE",
        "paragraph added": "+ paragraph 1: Updated on 10 April 2026",
        "paragraph removed": "- paragraph ",
        "topic": " topics: ",
        "teaser": "~ teaser: [-Passengers-]{+Nine passengers+} formed",
    }
    assert expected[revision.kind] in text


def test_quotes_that_went_and_came_are_named(desk: Desk, db: Database) -> None:
    article = _edited(db, "student-who-shared-terror-manuals-jailed")
    found = json.loads(desk("diff", str(article), "--json").out)
    assert "catalogue" in found["quotes_gone"][0]["text"]
    assert "collection" in found["quotes_new"][0]["text"]
    assert found["quotes_new"][0]["speakers"][0]["name"] == "Tobias Merrow"


def test_versions_are_compared_in_either_order(desk: Desk, db: Database) -> None:
    article = str(_edited(db, "student-who-shared-terror-manuals-jailed"))
    assert "[-catalogue-]{+collection+}" in desk("diff", article, "1", "2").out
    assert "[-collection-]{+catalogue+}" in desk("diff", article, "2", "1").out
    assert "nothing that is published differs" in desk("diff", article, "2", "2").out


def test_colour_on_a_terminal_and_brackets_without(desk: Desk, db: Database) -> None:
    article = str(_edited(db, "student-who-shared-terror-manuals-jailed"))
    coloured = desk.on_terminal("diff", article).out
    assert re.search(r"\x1b\[[0-9;]*31m[^\x1b]*catalogue", coloured)
    assert re.search(r"\x1b\[[0-9;]*32m[^\x1b]*collection", coloured)
    assert "[-catalogue-]{+collection+}" in desk.on_terminal("diff", article, NO_COLOR="1").out


def test_one_version_or_a_wrong_one_is_said(desk: Desk, db: Database) -> None:
    (single,) = db.execute("select id from articles where version = 1 limit 1").fetchone()
    ran = desk("diff", str(single))
    assert (ran.status, "one version only" in ran.err) == (2, True)
    ran = desk("diff", str(_edited(db, "student-who-shared-terror-manuals-jailed")), "1", "7")
    assert (ran.status, "has 1, 2" in ran.err) == (2, True)


words = st.lists(st.sampled_from(["the", "a", "man", "was", "jailed", "£3", ",", "today."]), max_size=12).map(" ".join)


@given(words, words)
def test_both_texts_can_be_read_out_of_the_words(old: str, new: str) -> None:
    parts = compare_words(old, new)
    assert "".join(text for kind, text in parts if kind != "added").split() == old.split()
    assert "".join(text for kind, text in parts if kind != "removed").split() == new.split()


@given(st.lists(words.filter(bool), max_size=6), st.lists(words.filter(bool), max_size=6))
def test_every_paragraph_that_differs_is_accounted_for_once(old: list[str], new: list[str]) -> None:
    changes = list(compare_paragraphs(old, new))
    came = [change.new for change in changes if change.new is not None]
    went = [change.old for change in changes if change.old is not None]
    kept_old, kept_new = list(old), list(new)
    for text in went:
        kept_old.remove(text)
    for text in came:
        kept_new.remove(text)
    assert sorted(kept_old) == sorted(kept_new)


def test_an_edited_paragraph_among_moved_ones_is_one_change() -> None:
    old = ["Ann Lee was jailed for two years today.", "The court heard that she had lied to nine people."]
    new = [
        "A new opening.",
        "Ann Lee was jailed for three years today.",
        "The court heard that she had lied to ten people.",
    ]
    changes = list(compare_paragraphs(old, new))
    assert [(c.old is None, c.new is None) for c in changes] == [(True, False), (False, False), (False, False)]
