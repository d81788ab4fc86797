from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cpsscrape.archive.counting import months_between
from cpsscrape.terminal.bars import bar

if TYPE_CHECKING:
    from conftest import Desk
    from sqlite_utils import Database


def test_counts_are_those_of_the_archive(desk: Desk, db: Database) -> None:
    rows = desk("stats", "--by", "area", "--by", "type").rows
    totals = {row[1]: row[2] for row in rows if row[0] == "total"}
    areas = {row[1]: int(row[2]) for row in rows if row[0] == "area"}
    (articles,) = db.execute("select count(*) from articles").fetchone()
    assert int(totals["articles"]) == articles
    assert areas == dict(
        db.execute(
            "select y.name, count(*) from article_areas x join areas y on y.id = x.area_id group by 1"
        ).fetchall()
    )
    assert sum(int(row[2]) for row in rows if row[0] == "type") == articles


def test_a_month_without_stories_is_to_be_seen(desk: Desk) -> None:
    months = [row[1:] for row in desk("stats", "--by", "month", "--since", "2021").rows if row[0] == "month"]
    names = [month for month, _ in months]
    assert ["2021-03", "0"] in months
    assert len(names) == len(set(names))
    assert names == sorted(names)


def test_months_run_over_the_turn_of_a_year() -> None:
    assert months_between((("2019-11", 2), ("2020-02", 1), (None, 4))) == (
        ("2019-11", 2),
        ("2019-12", 0),
        ("2020-01", 0),
        ("2020-02", 1),
        (None, 4),
    )


def test_only_people_who_speak_for_an_office_are_counted(desk: Desk, db: Database) -> None:
    counted = {row[1] for row in desk("stats", "--by", "speaker").rows if row[0] == "speaker"}
    private = {name for (name,) in db.execute("select name from speakers where article_id is not null").fetchall()}
    public = {name for (name,) in db.execute("select name from speakers where article_id is null").fetchall()}
    assert counted
    assert counted <= public
    assert not counted & (private - public)


def test_filters_narrow_every_number(desk: Desk) -> None:
    all_of_it = json.loads(desk("stats", "--json").out)
    wessex = json.loads(desk("stats", "--area", "wessex", "--json").out)
    assert 0 < wessex["totals"]["articles"] < all_of_it["totals"]["articles"]
    assert 0 < wessex["totals"]["quotes"] < all_of_it["totals"]["quotes"]
    groups = next(counts["groups"] for counts in wessex["counts"] if counts["by"] == "year")
    assert sum(group["number"] for group in groups) == wessex["totals"]["articles"]


def test_an_empty_answer_is_no_error(desk: Desk) -> None:
    ran = desk("stats", "--since", "2050")
    assert ran.status == 0
    assert ["total", "articles", "0"] in ran.rows
    assert desk.on_terminal("stats", "--since", "2050").status == 0


def test_bars_are_drawn_on_a_terminal(desk: Desk) -> None:
    assert "█" in desk.on_terminal("stats").out
    wide = desk.on_terminal("stats", columns=160)
    assert wide.status == 0
    assert "█" in wide.out


def test_a_bar_is_exact_to_an_eighth() -> None:
    assert bar(8, 8, 10) == "█" * 10
    assert bar(1, 1000, 10) == "▏"
    assert bar(0, 8, 10) == ""
    assert bar(1, 16, 10) == "▋"
