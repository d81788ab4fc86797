from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from evidence.driving import cpsscrape

from cpsscrape.archive.database import open_reader
from cpsscrape.evidence.tracing import explain_field
from cpsscrape.warc.exchange import payload_digest
from cpsscrape.warc.reader import read_record

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def columns(folder: Path) -> list[str]:
    return [row[1] for row in sqlite3.connect(folder / "cps.db").execute("pragma table_info(articles)")]


def test_every_column_of_every_article_has_a_rule_and_a_record(crawled: Path) -> None:
    db = open_reader(crawled)
    numbers = [row[0] for row in db.execute("select id from articles order by id limit 12")]
    for number in numbers:
        for field in [*columns(crawled), "topics", "areas"]:
            found = explain_field(db, crawled, number, field, redact=True)
            assert found.rule, field
            capture = found.capture
            assert capture is not None, field
            assert capture.warc_file, field
            record = read_record(
                crawled / "warc" / capture.warc_file, capture.warc_offset or 0, capture.warc_length or 0
            )
            assert record.url == capture.url
            if record.type == "response":
                assert payload_digest(record.body) == capture.payload_digest


@pytest.mark.parametrize("field", ["headline", "url", "node_id", "published_on", "teaser", "content_type"])
def test_the_text_is_what_stands_at_the_offsets(crawled: Path, field: str) -> None:
    db = open_reader(crawled)
    query = f"select id from articles where {field} is not null and published_on_source = 'teaser' order by id limit 20"
    shown = 0
    for (number,) in db.execute(query).fetchall():
        found = explain_field(db, crawled, number, field, redact=True)
        assert found.passage is not None, (number, field, found.rule)
        shown += 1
        if field in {"published_on", "teaser", "content_type"}:
            assert found.where is not None
            assert "/news" in found.where or "articles-and-speeches" in found.where or "cps-says" in found.where
        if field in {"url", "node_id", "content_type"}:
            assert found.passage.text == str(found.value)
    assert shown > 5


def test_every_quote_is_where_it_is_said_to_be(crawled: Path) -> None:
    db = open_reader(crawled)
    rows = db.execute(
        "select q.article_id, q.key, q.rule, substr(a.body, q.start + 1, q.end - q.start), q.start, q.end "
        "from quotes q join articles a on a.id = q.article_id order by q.id limit 40"
    ).fetchall()
    assert len(rows) == 40
    for number, key, rule, text, start, end in rows:
        found = explain_field(db, crawled, number, key, redact=True)
        assert found.passage is not None
        assert (found.rule, found.passage.start, found.passage.end) == (rule, start, end)
        assert found.passage.text[:40] == re.sub(r"\s+", " ", text)[:40]


def test_a_date_of_birth_is_not_shown(crawled: Path) -> None:
    db = sqlite3.connect(crawled / "cps.db")
    rows = db.execute("select id from articles where notes_to_editors like '%date of birth removed%'").fetchall()
    assert rows
    for (number,) in rows:
        done = cpsscrape(crawled, "explain", str(number), "notes_to_editors")
        assert done.returncode == 0
        assert not re.search(r"\d{1,2}/\d{1,2}/(19|20)\d\d", done.stdout), done.stdout


def test_what_is_printed(crawled: Path) -> None:
    db = sqlite3.connect(crawled / "cps.db")
    number, headline, file, offset, digest, at = db.execute(
        "select a.id, a.headline, c.warc_file, c.warc_offset, c.payload_digest, c.fetched_at "
        "from articles a join captures c on c.id = a.capture_id where c.status = 200 order by a.id limit 1"
    ).fetchone()
    done = cpsscrape(crawled, "explain", str(number), "headline")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (headline, f"{file}, byte {offset}", digest, at, f"⟦{headline}⟧"):
        assert words in done.stdout


def test_a_correction_is_shown_with_what_the_page_says(archive: Path) -> None:
    with sqlite3.connect(archive / "cps.db") as db:
        number, node, was = db.execute(
            "select id, node_id, published_on from articles where published_on_source = 'page' and node_id is not null "
            "union select id, node_id, published_on from articles where node_id is not null order by 1 limit 1"
        ).fetchone()
        db.execute(
            "insert into corrections (key, field, value, why) values (?, 'published_on', '2001-02-03', 'a slip')",
            [f"node/{node}"],
        )
        db.execute("update articles set published_on = '2001-02-03' where id = ?", [number])
    done = cpsscrape(archive, "explain", f"node/{node}", "published_on")
    assert re.search(r"^rule +correction$", done.stdout, re.MULTILINE)
    assert "a slip" in done.stdout
    assert was in done.stdout
    assert cpsscrape(archive, "verify", "--deep").returncode == 0


@pytest.mark.parametrize("words", [("1", "no_such"), ("1", "1@1:2-3"), ("999999", "headline")])
def test_what_is_not_there_is_said(crawled: Path, words: tuple[str, str]) -> None:
    done = cpsscrape(crawled, "explain", *words)
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr


def test_evidence_that_cannot_be_read_is_said(archive: Path) -> None:
    for path in (archive / "warc").glob("*.warc.gz"):
        path.unlink()
    done = cpsscrape(archive, "explain", "1", "headline")
    assert done.returncode == 0
    assert "cannot be read" in done.stdout


# --- citations ---------------------------------------------------------------------------------


def cited(folder: Path, *words: str) -> str:
    done = cpsscrape(folder, "cite", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_citation_names_version_time_and_digest(crawled: Path) -> None:
    db = sqlite3.connect(crawled / "cps.db")
    rows = db.execute(
        "select v.article_id, v.version, v.headline, c.fetched_at, c.payload_digest from article_versions v "
        "join captures c on c.id = v.capture_id where v.article_id in (select id from articles where version = 2) "
        "order by 1, 2 limit 4"
    ).fetchall()
    for number, version, headline, at, digest in rows:
        for form in ([], ["--bibtex"], ["--csl"]):
            text = cited(crawled, f"{number}@{version}", *form)
            for words in (headline, at, digest):
                assert words in text
    newest = cited(crawled, str(rows[1][0]))
    assert newest == cited(crawled, f"{rows[1][0]}@2")
    assert cpsscrape(crawled, "cite", f"{rows[1][0]}@3").returncode == 1


def test_csl_is_what_citation_managers_read(crawled: Path) -> None:
    (item,) = json.loads(cited(crawled, "1", "--csl"))
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "Crown Prosecution Service"}]
    assert len(item["issued"]["date-parts"][0]) == 3
    assert len(item["accessed"]["date-parts"][0]) == 3
    assert item["URL"].startswith("http")


def test_bibtex_escapes_what_latex_reads_otherwise(archive: Path) -> None:
    with sqlite3.connect(archive / "cps.db") as db:
        db.execute("update articles set headline = 'R&D: 50% of {x_1} #2 $3 ~ ^ \\' where id = 1")
    text = cited(archive, "1", "--bibtex")
    assert r"R\&D: 50\% of \{x\_1\} \#2 \$3 \textasciitilde{} \textasciicircum{} \textbackslash{}" in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
