from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from desk.driving import Desk

from cpsscrape.archive.corrections import sync_corrections
from cpsscrape.archive.database import Archive, site_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database


def test_an_article_is_found_by_any_of_its_names(desk: Desk, db: Database) -> None:
    number, url = db.execute("select id, url from articles where node_id = 12741").fetchone()
    path = re.sub(r"^http://[^/]+", "", url)
    names = [str(number), "node/12741", "/node/12741", "/cy/node/12741", url, f"{url}/?utm_source=x", path]
    shown = {desk("show", name).out for name in names}
    assert len(shown) == 1


def test_the_whole_story_is_there_to_read(desk: Desk, db: Database) -> None:
    body, headline = db.execute("select body, headline from articles where node_id = 12741").fetchone()
    out = desk("show", "node/12741").out
    assert out.startswith(f"{headline}\n")
    for paragraph in body.split("\n\n"):
        assert paragraph in out
    assert "2 July 2020 · News Item · CPS" in out
    assert "Version 1: seen 11 October 2026" in out
    assert "sha256:" in out


def test_each_quote_has_its_speaker_below(desk: Desk, db: Database) -> None:
    out = desk("show", "node/12741").out
    quotes = db.execute(
        "select q.key, l.speaker from quotes q join quote_list l on l.key = q.key "
        "where q.article_id = (select id from articles where node_id = 12741)"
    ).fetchall()
    assert quotes
    for key, speaker in quotes:
        assert re.search(rf"— {speaker or 'speaker unknown'}.*\[{re.escape(key)}\]", out)


def test_case_studies_are_set_off(desk: Desk, db: Database) -> None:
    node, cases = db.execute(
        "select a.node_id, count(*) from case_studies c join articles a on a.id = c.article_id "
        "group by a.id order by 2 desc limit 1"
    ).fetchone()
    out = desk("show", f"node/{node}").out
    assert f"[Case study {cases} of {cases}" in out


def test_on_a_terminal_quotes_are_coloured_and_lines_are_short(desk: Desk) -> None:
    shown = desk.on_terminal("show", "node/12741", columns=150)
    assert "\x1b[36m“I am proud of our people." in shown.out
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown.out)
    assert max(len(line) for line in plain.splitlines()) <= 92


def test_no_color_leaves_no_colour(desk: Desk) -> None:
    shown = desk.on_terminal("show", "node/12741", NO_COLOR="1")
    assert "Dilys Harcastle" in shown.out
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", shown.out)


def test_json_has_every_table_of_the_article(desk: Desk) -> None:
    found = json.loads(desk("show", "node/12741", "--json").out)
    for quote in found["quotes"]:
        assert found["body"][quote["start"] : quote["end"]].strip("“”‘’\"'") in quote["text"] or quote["pieces"]
        for piece in quote["pieces"]:
            assert found["body"][piece["start"] : piece["end"]] == piece["text"]
    assert found["version_list"][0]["version"] == 1
    assert found["capture"]["payload_digest"].startswith("sha256:")
    assert any(address.endswith("/node/12741") for address in found["addresses"])


def test_a_single_quote_is_shown_in_its_place(desk: Desk, db: Database) -> None:
    (key,) = db.execute("select key from quotes where text like '%ironing boards%'").fetchone()
    out = desk("show", key).out
    assert "They set up desks on ironing boards" in out
    assert "— Dilys Harcastle" in out
    assert json.loads(desk("show", key, "--json").out)["article"]["node_id"] == 12741
    assert key in desk.on_terminal("show", key).out


def test_a_quote_that_was_edited_away_is_found_by_its_key(desk: Desk, db: Database) -> None:
    (now,) = db.execute("select key from quotes where text like '%proud of his collection%'").fetchone()
    old = now.replace("@2:", "@1:").replace(now.rpartition("-")[2], str(int(now.rpartition("-")[2]) - 1))
    ran = desk("show", old)  # "catalogue" is one letter shorter than "collection"
    assert "proud of his catalogue" in ran.out
    assert "Version: 1; the article's current version is 2" in ran.out


def test_an_older_version_is_read_with_its_quotes(desk: Desk, db: Database) -> None:
    node, number, now = db.execute(
        "select a.node_id, a.id, q.key from quotes q join articles a on a.id = q.article_id "
        "where q.text like '%proud of his collection%'"
    ).fetchone()
    out = desk("show", f"node/{node}@1").out
    assert "proud of his catalogue" in out
    assert "proud of his collection" not in out
    assert "\nVersion 1 of 2, seen " in out
    (older,) = (line for line in out.splitlines() if line.endswith(f"-{int(now.rpartition('-')[2]) - 1}]"))
    (newer,) = (line for line in desk("show", str(number)).out.splitlines() if line.endswith(f"[{now}]"))
    assert older.partition(" [")[0] == newer.partition(" [")[0] != "    — speaker unknown"
    assert older.endswith(f"[{node}@1:{older.rpartition(':')[2]}")
    assert desk("show", f"{number}@2").out == desk("show", str(number)).out
    assert "Version 1 of 2" in desk.on_terminal("show", f"{number}@1").out


def test_an_older_version_is_what_was_stored_of_it(desk: Desk, db: Database) -> None:
    rows = db.execute(
        "select v.article_id, v.version, v.headline, v.body, v.areas, c.payload_digest from article_versions v "
        "join articles a on a.id = v.article_id join captures c on c.id = v.capture_id where v.version < a.version"
    ).fetchall()
    assert rows
    for number, version, headline, body, areas, digest in rows:
        found = json.loads(desk("show", f"{number}@{version}", "--json").out)
        assert (found["version"], found["headline"], found["body"]) == (version, headline, body)
        assert found["areas"] == ("; ".join(json.loads(areas)) or None)
        assert found["capture"]["payload_digest"] == digest
        assert "\n\n".join(block["text"] for block in found["blocks"]) == body
        for quote in found["quotes"]:
            assert quote["key"].rpartition(":")[2] == f"{quote['start']}-{quote['end']}"
            assert all(body[piece["start"] : piece["end"]] == piece["text"] for piece in quote["pieces"])


def test_unknown_names_say_what_to_do(desk: Desk) -> None:
    for name in ("99999", "node/1", "/no/such/page", "99@1:2-3", "12741@1:0-1", "node/12741@7"):
        ran = desk("show", name)
        assert ran.status == 1
        assert "cpsscrape" in ran.err
        assert name != "node/12741@7" or "it has 1." in ran.err
        assert "Traceback" not in ran.err


def test_corrected_values_are_marked(archive: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(archive, tmp_path / "copy")
    with closing(sqlite3.connect(copy / "cps.db")) as db:
        (key,) = db.execute("select key from quotes where text like '%ironing boards%'").fetchone()
    (copy / "corrections.csv").write_text(
        f"key,field,value,why\nnode/12741,content_type,Report,it is one\nnode/11820,teaser,Other,\n"
        f"{key},role,Director of Digital Services,as printed\n"
    )
    writer = Archive(copy)
    with writer.db.atomic():
        sync_corrections(writer.db, copy, site=site_of(writer.db) or "")
    writer.close()
    desk = Desk(copy, tmp_path)
    out = desk("show", "node/12741").out
    assert "Corrected: content_type\n" in out
    assert re.search(rf"Dilys Harcastle, Director of Digital Services.*\(corrected\) \[{key}\]", out)
    assert json.loads(desk("show", "node/12741", "--json").out)["corrected"] == ["content_type"]
    assert "Corrected by hand" in desk.on_terminal("show", "node/12741").out
