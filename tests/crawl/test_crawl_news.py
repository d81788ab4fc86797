from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from cpsscrape.demo.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from cpsscrape.demo.facts import Facts

pytestmark = pytest.mark.slow


def plain(path: str) -> str:
    """A path as the archive has it: old addresses end in a slash, stored ones do not."""
    return path.rstrip("/")


def article(ask, folder: Path, url: str) -> dict:
    names = (
        "id node_id url headline update_label teaser content_type published_on published_on_source language "
        "layout version gone_at".split()
    )
    rows = ask(folder, f"select {', '.join(names)} from articles where url = ?", url)
    assert len(rows) == 1, f"{url} is stored {len(rows)} times"
    return dict(zip(names, rows[0], strict=True))


def labels(ask, folder: Path, article_id: int, kind: str) -> set[str]:
    table, key = {"areas": ("article_areas", "area_id"), "topics": ("article_topics", "topic_id")}[kind]
    rows = ask(
        folder,
        f"select name from {table} join {kind} on {kind}.id = {key} where article_id = ?",
        article_id,
    )
    return {name for (name,) in rows}


def stored_paths(ask, folder: Path, url: str) -> set[str]:
    return {found.removeprefix(url) for (found,) in ask(folder, "select url from articles")}


def story_requests(asked: list[str], facts: Facts) -> list[str]:
    """The requests for articles, under whatever address."""
    paths = {path for fact in facts.stories for path in (fact.path, *fact.aliases)} | set(facts.gone)
    return [target for target in asked if target.split("?")[0] in paths]


# --- the first crawl -----------------------------------------------------------------------------


def test_first_crawl_is_healthy_and_says_so(first, problems):
    assert first.done.status == 0, first.done.err
    assert problems(first.folder) == []
    assert "This run is healthy" in first.done.err
    assert first.done.seconds < 30


def test_every_article_is_stored_once_with_its_facts(first, ask):
    facts = first.site.facts
    assert stored_paths(ask, first.folder, first.url) == {plain(fact.path) for fact in facts.stories}
    (count,) = ask(first.folder, "select count(*) from articles")[0]
    assert count == len(facts.stories) >= 40
    wrong = []
    for fact in facts.stories:
        row = article(ask, first.folder, first.url + plain(fact.path))
        found = {
            **{key: row[key] for key in ("node_id", "headline", "update_label", "language", "published_on")},
            "teaser": row["teaser"],
            "areas": labels(ask, first.folder, row["id"], "areas"),
            "topics": labels(ask, first.folder, row["id"], "topics"),
        }
        true = {
            **{key: getattr(fact, key) for key in ("node_id", "headline", "update_label", "language")},
            "published_on": fact.published_on,
            "teaser": fact.teaser,
            "areas": set(fact.areas),
            "topics": set(fact.topics),
        }
        wrong += [(fact.slug, key, found[key], true[key]) for key in true if found[key] != true[key]]
        if fact.content_type is not None and row["content_type"] != fact.content_type:
            wrong.append((fact.slug, "content_type", row["content_type"], fact.content_type))
    assert not wrong


def test_every_address_of_an_article_leads_to_it(first, ask):
    """Those addresses that the site itself gave away: the node's, and each that the listings link to."""
    known = dict(ask(first.folder, "select url, article_id from article_urls"))
    for fact in first.site.facts.stories:
        (number,) = ask(first.folder, "select id from articles where url = ?", first.url + plain(fact.path))[0]
        assert known[first.url + plain(fact.path)] == number
        if fact.node_id is not None:
            assert known.get(f"{first.url}/node/{fact.node_id}", number) == number


def test_no_story_is_fetched_twice(first):
    facts = first.site.facts
    asked = story_requests(first.asked, facts)
    assert len(asked) == len(set(asked))
    by_story = {path: fact.slug for fact in facts.stories for path in (fact.path, *fact.aliases)}
    slugs = [by_story[target.split("?")[0]] for target in asked if target.split("?")[0] in by_story]
    fetched_more_than_once = {slug for slug in slugs if slugs.count(slug) > 1}
    redirected = {
        by_story[target]
        for entry in first.log
        if entry.status in {301, 302}
        for target in [entry.target]
        if target in by_story
    }
    assert fetched_more_than_once <= redirected, "only a redirect costs a second request"


def test_an_article_of_three_areas_is_one_article_with_three_areas(first, ask):
    many = [fact for fact in first.site.facts.stories if len(fact.listed_in) >= 3]
    assert many, "the miniature site has such an article"
    for fact in many:
        row = article(ask, first.folder, first.url + plain(fact.path))
        assert labels(ask, first.folder, row["id"], "areas") == set(fact.areas)
        assert first.asked.count(fact.path) == 1


def test_a_welsh_story_is_an_article_of_its_own(first, ask):
    welsh = [fact for fact in first.site.facts.stories if fact.language == "cy"]
    assert welsh
    for fact in welsh:
        row = article(ask, first.folder, first.url + plain(fact.path))
        assert row["language"] == "cy"
        # Its English twin keeps its own row and its own address.
        (english,) = ask(
            first.folder, "select count(*) from articles where node_id is not ? and language = 'en'", fact.node_id
        )[0]
        assert english == len(first.site.facts.stories) - len(welsh)


def test_listings_are_complete_and_state_what_the_site_states(first, ask):
    rows = ask(first.folder, "select url, expected, seen, complete from listings")
    by_target = {url.removeprefix(first.url): (expected, seen, complete) for url, expected, seen, complete in rows}
    for target, total in first.site.facts.listings.items():
        if target == "/news?area=122":
            target = "/news"
        expected, seen, complete = by_target[target]
        assert complete
        assert (expected, seen) == (total, total) or (total == 0 and seen == 0), target


def test_every_address_has_an_outcome(first, ask):
    assert ask(first.folder, "select distinct state from frontier") == [("done",)]


def test_every_article_points_at_its_capture(first, ask):
    rows = ask(
        first.folder,
        "select a.url, c.url, c.status from articles a left join captures c on c.id = a.capture_id",
    )
    assert all(status == 200 for _, _, status in rows)


def test_times_are_utc_with_z(first, ask):
    for column, table in (("fetched_at", "captures"), ("first_seen_at", "articles"), ("finished_at", "runs")):
        for (value,) in ask(first.folder, f"select {column} from {table}"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
            datetime.fromisoformat(value)


def test_search_finds_what_was_stored(first, ask):
    (count,) = ask(first.folder, "select count(*) from articles_fts where articles_fts match 'prosecutor'")[0]
    assert count > 5


def test_birth_dates_are_in_the_evidence_and_not_in_the_database(first, ask):
    from cpsscrape.warc.reader import decoded_body, read_warc
    from cpsscrape.warc.segments import segment_files

    dates = re.compile(rb"\[\d\d/\d\d/\d{4}\]")
    evidence = [
        decoded_body(record)
        for path in segment_files(first.folder / "warc")
        for record in read_warc(path)
        if record.type == "response"
    ]
    printed = {date for body in evidence for date in dates.findall(body)}
    assert printed, "the miniature site prints dates of birth in its notes"
    database = b"".join(path.read_bytes() for path in first.folder.iterdir() if path.name.startswith("cps.db"))
    assert not [date for date in printed if date in database]
    assert b"[date of birth removed]" in database


# --- crawling again ------------------------------------------------------------------------------


def test_second_crawl_of_an_unchanged_site_asks_for_listings_only(first, home, commands, archive, ask, problems):
    done = commands.crawl(archive, first.url)
    assert done.status == 0, (done.err, problems(archive))
    assert story_requests(home.asked, first.site.facts) == []
    assert len(home.asked) <= 1 + len(first.site.facts.listings)
    assert ask(archive, "select count(*) from article_versions") == ask(
        first.folder, "select count(*) from article_versions"
    )
    before, after = (sum(entry.sent for entry in log) for log in (first.log, home.log))
    assert after < 0.5 * before


def test_full_crawl_of_an_unchanged_site_gets_304s_and_changes_nothing(first, home, commands, archive, ask):
    done = commands.crawl(archive, first.url, "-a", "full=1")
    assert done.status == 0, done.err
    stories = [entry for entry in home.log if entry.target in {f.path for f in first.site.facts.stories}]
    assert stories
    assert {entry.status for entry in stories if entry.status not in {301, 302}} <= {200, 304}
    assert sum(entry.status == 304 for entry in stories) > len(stories) / 2
    assert ask(archive, "select count(*) from article_versions") == ask(
        first.folder, "select count(*) from article_versions"
    )
    seen = dict(ask(first.folder, "select url, last_seen_at from articles"))
    now = dict(ask(archive, "select url, last_seen_at from articles"))
    assert all(now[url] >= seen[url] for url in seen)
    assert sum(now[url] > seen[url] for url in seen) >= len(seen) * 0.9, "a 304 is a sighting"


@pytest.fixture(scope="module")
def changed(first, _home, commands, tmp_path_factory):
    """The archive of state 1, crawled twice more in state 2, judging removals at once."""
    folder = first.copy(tmp_path_factory.mktemp("changed"))
    site = _home.show(2)
    runs = [commands.crawl(folder, first.url, "-a", "full=1", "-s", "CPS_GONE_AFTER_DAYS=0") for _ in range(2)]
    return folder, site.facts, runs


def test_new_and_backdated_stories_are_found(changed, first, ask):
    folder, facts, runs = changed
    assert [run.status for run in runs] == [0, 0], runs[0].err
    stored = stored_paths(ask, folder, first.url)
    assert facts.new
    assert facts.backdated
    assert set(map(plain, facts.new + facts.backdated)) <= stored


def test_backdated_stories_are_found_without_full_too(first, home, commands, archive, ask):
    facts = home.show(2).facts
    done = commands.crawl(archive, first.url)
    stored = stored_paths(ask, archive, first.url)
    assert set(map(plain, facts.new)) <= stored, done.err


def test_edits_are_versions_and_nothing_else_is(changed, first, ask):
    folder, facts, _ = changed
    versions = {
        url.removeprefix(first.url): count
        for url, count in ask(
            folder, "select a.url, count(*) from article_versions v join articles a on a.id = v.article_id group by 1"
        )
    }
    more = {path for path, count in versions.items() if count > 1}
    assert more == set(map(plain, facts.edited))
    assert facts.refurnished
    assert {versions[plain(path)] for path in facts.refurnished} == {1}, "other furniture is no edit"
    assert {versions[path] for path in more} == {2}


def test_an_update_label_moves_out_of_the_headline(changed, first, ask):
    folder, facts, _ = changed
    for fact in facts.stories:
        if fact.update_label and fact.path in facts.edited:
            row = article(ask, folder, first.url + plain(fact.path))
            assert (row["headline"], row["update_label"], row["version"]) == (fact.headline, fact.update_label, 2)
            return
    pytest.fail("the miniature site adds an update label in its second state")


def test_removed_stories_are_gone_after_two_absences_and_stay_readable(changed, first, ask):
    folder, facts, _ = changed
    assert facts.gone
    for path in facts.gone:
        row = article(ask, folder, first.url + plain(path))
        assert row["gone_at"] is not None, f"{path} answers {facts.gone[path]}"
        (blocks,) = ask(folder, "select count(*) from blocks where article_id = ?", row["id"])[0]
        assert blocks
    (others,) = ask(folder, "select count(*) from articles where gone_at is not null")[0]
    assert others == len(facts.gone)


def test_one_absence_is_not_gone(first, home, commands, archive, ask):
    home.show(2)
    commands.crawl(archive, first.url, "-a", "full=1")
    assert ask(archive, "select count(*) from articles where gone_at is not null") == [(0,)]
    (absences,) = ask(archive, "select count(*) from absences")[0]
    assert absences == len(Site(2).facts.gone)


def test_a_story_that_returns_is_not_gone_any_more(changed, first, home, commands, tmp_path, ask):
    import shutil

    folder = tmp_path / "returned"
    shutil.copytree(changed[0], folder)
    facts = home.show(3).facts
    commands.crawl(folder, first.url, "-a", "full=1", "-s", "CPS_GONE_AFTER_DAYS=0")
    assert facts.returned
    for path in facts.returned:
        assert article(ask, folder, first.url + plain(path))["gone_at"] is None


# --- arguments -----------------------------------------------------------------------------------


def test_limit_takes_so_many_articles_and_the_next_run_the_others(first, home, commands, tmp_path, ask, problems):
    folder = tmp_path / "data"
    done = commands.crawl(folder, first.url, "-a", "limit=5")
    assert done.status == 0, problems(folder)
    assert ask(folder, "select count(*) from articles") == [(5,)]
    assert ask(folder, "select distinct reason from frontier where state = 'pending'") == [("limit",)]
    assert commands.crawl(folder, first.url).status == 0
    assert stored_paths(ask, folder, first.url) == {plain(fact.path) for fact in first.site.facts.stories}


def test_window_takes_the_stories_of_those_days(first, home, commands, tmp_path, ask, problems):
    folder = tmp_path / "data"
    days = sorted(fact.published_on for fact in first.site.facts.stories)
    since, until = days[len(days) // 3], days[2 * len(days) // 3]
    done = commands.crawl(folder, first.url, "-a", f"since={since}", "-a", f"until={until}")
    assert done.status == 0, problems(folder)
    wanted = {plain(fact.path) for fact in first.site.facts.stories if since <= fact.published_on <= until}
    assert stored_paths(ask, folder, first.url) == wanted
    assert len(story_requests(home.asked, first.site.facts)) <= 2 * len(wanted)


def test_areas_take_their_own_listings_only(first, home, commands, tmp_path, ask, problems):
    folder = tmp_path / "data"
    done = commands.crawl(folder, first.url, "-a", "areas=wessex,12")
    assert done.status == 0, problems(folder)
    listings = [target for target in home.asked if target.startswith(("/news", "/cps-says", "/articles-and"))]
    assert {re.search(r"area=(\d+)", target)[1] for target in listings} == {"11", "12"}
    wanted = {
        fact.path for fact in first.site.facts.stories if {"/news?area=11", "/news?area=12"} & set(fact.listed_in)
    }
    assert stored_paths(ask, folder, first.url) == wanted


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["news", "-a", "areas=atlantis"], "wessex"),
        (["news", "-a", "since=09/08/2024"], "YYYY-MM-DD"),
        (["news", "-a", "since=2024-02-30"], "YYYY-MM-DD"),
        (["news", "-a", "since=2024-02-02", "-a", "until=2024-01-01"], "nothing lies between"),
        (["news", "-a", "limit=none"], "from 1 up"),
        (["news", "-a", "limit=0"], "from 1 up"),
        (["news", "-a", "full=maybe"], "1 nor 0"),
        (["news", "-a", "colour=red"], "site, areas, since, until, full, limit"),
        (["news", "-a", "site=ftp://example.invalid"], "http(s)://HOST"),
        (["news", "-a", "site=https://example.invalid/news"], "http(s)://HOST"),
        (["replay", "-a", "source=/nowhere/at/all"], "does not exist"),
        (["replay", "-a", "limit=3"], "source"),
        (["newz"], "news"),
        ([], "news"),
        (["news", "replay"], "one spider"),
    ],
)
def test_wrong_words_are_exit_2_and_one_line_that_names_the_right_ones(commands, tmp_path, words, right):
    from conftest import CRAWL

    done = commands.start(*CRAWL, *words, "-s", f"CPS_DATA_DIR={tmp_path / 'data'}").end()
    assert done.status == 2
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert right in done.err
    assert not (tmp_path / "data").exists(), "nothing was started"


# --- settings, folders, feeds --------------------------------------------------------------------


def test_feeds_are_flat_tables(first, home, commands, tmp_path):
    done = commands.crawl(
        tmp_path / "data",
        first.url,
        "-a",
        "limit=8",
        "-O",
        str(tmp_path / "out.csv"),
        "-O",
        str(tmp_path / "out.jsonl"),
    )
    assert done.status == 0, done.err
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len(lines) == 8
    assert {"url", "headline", "published_on", "body", "areas"} <= set(rows[0])
    assert all(not isinstance(value, list | dict) for line in lines for value in line.values())
    assert {row["url"] for row in rows} == {line["url"] for line in lines}


def test_a_setting_on_the_command_line_beats_the_environment(first, home, commands, tmp_path):
    """Outside the project's folder, with nothing but SCRAPY_SETTINGS_MODULE."""
    environment = {"CPS_DATA_DIR": str(tmp_path / "by environment"), "CPS_CONTACT": "desk@example.invalid"}
    from conftest import CRAWL

    words = ("news", "-a", f"site={first.url}", "-a", "limit=1")
    assert commands.start(*CRAWL, *words, cwd=tmp_path, env=environment).end().status == 0
    assert (tmp_path / "by environment" / "cps.db").exists()
    agents = {value for entry in home.log for name, value in entry.headers if name.lower() == "user-agent"}
    assert len(agents) == 1
    assert "desk@example.invalid" in agents.pop()
    given = ("-s", f"CPS_DATA_DIR={tmp_path / 'by word'}", "-s", "CPS_CONTACT=other@example.invalid")
    home.show()
    assert commands.start(*CRAWL, *words, *given, cwd=tmp_path, env=environment).end().status == 0
    assert (tmp_path / "by word" / "cps.db").exists()
    agents = {value for entry in home.log for name, value in entry.headers if name.lower() == "user-agent"}
    assert "other@example.invalid" in agents.pop()


def test_a_folder_with_a_space_and_a_relative_path(first, home, commands, tmp_path):
    from conftest import CRAWL

    done = commands.start(
        *CRAWL, "news", "-a", f"site={first.url}", "-a", "limit=1", "-s", "CPS_DATA_DIR=my archive", cwd=tmp_path
    ).end()
    assert done.status == 0, done.err
    assert (tmp_path / "my archive" / "cps.db").exists()


def test_one_archive_belongs_to_one_site(first, commands, archive):
    done = commands.crawl(archive, "http://127.0.0.1:9")
    assert done.status == 1
    assert "another CPS_DATA_DIR" in done.err


def test_the_same_text_is_one_article_under_every_alias(first, home, commands, tmp_path, ask):
    """Old prefixes and node addresses in the listings never make a second article of a story."""
    nodes = ask(first.folder, "select node_id, count(*) from articles where node_id is not null group by 1")
    assert {count for _, count in nodes} == {1}
    known = {url for (url,) in ask(first.folder, "select url from article_urls")}
    linked = {first.url + path for fact in first.site.facts.stories for path in fact.aliases if path in first.asked}
    assert linked <= known | {url.replace("/cy/node/", "/node/") for url in known} | linked
