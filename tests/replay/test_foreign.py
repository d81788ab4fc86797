"""What other people made: their WARC files in every shape, WACZ, saved pages."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from replay.dumps import differences, dump
from replay.foreign_warc import whole_site, write_warc
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def foreign(home_site, tmp_path_factory):
    path = tmp_path_factory.mktemp("foreign") / "theirs.warc"
    return write_warc(path, whole_site(*home_site, "2025-03-01"), plain=True)


@pytest.fixture(scope="module")
def home_site(_home):
    return _home.show(), _home.url


@pytest.fixture(scope="module")
def imported(foreign, commands, tmp_path_factory):
    folder = tmp_path_factory.mktemp("imported") / "data"
    done = commands.replay(folder, "-a", f"source={foreign}")
    assert done.status == 0, done.err
    return folder


def stories(ask, folder):
    return ask(folder, "select url, headline, body, first_seen_at, version from articles order by url")


def test_an_uncompressed_file_of_another_crawler(imported, home_site, ask):
    site, url = home_site
    assert {row[0] for row in stories(ask, imported)} == {url + fact.path.rstrip("/") for fact in site.facts.stories}
    assert ask(imported, "select distinct source from captures") == [("file",)]
    assert {row[3][:10] for row in stories(ask, imported)} == {"2025-03-01"}, "times are those of the records"
    assert ask(imported, "select count(*) from articles where content_type is not null")[0][0] > 5, "listings are read"


def test_the_same_file_compressed_by_record_or_as_a_whole(foreign, imported, home_site, commands, tmp_path, ask):
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(foreign.read_bytes()))
    members = tmp_path / "members.warc.gz"
    write_warc(members, whole_site(*home_site, "2025-03-01"))
    wacz = tmp_path / "theirs.wacz"
    with zipfile.ZipFile(wacz, "w") as out:
        out.write(members, "archive/members.warc.gz")
    for number, source in enumerate((whole, wacz)):
        folder = tmp_path / str(number)
        done = commands.replay(folder, "-a", f"source={source}")
        assert done.status == 0, done.err
        assert stories(ask, folder) == stories(ask, imported), source.name


def test_the_same_source_twice_changes_nothing(imported, foreign, commands, tmp_path):
    folder = shutil.copytree(imported, tmp_path / "twice")
    files = sorted(path.name for path in (folder / "warc").iterdir())
    done = commands.replay(folder, "-a", f"source={foreign}")
    assert done.status == 0, done.err
    assert not differences(dump(imported), dump(folder))
    assert sorted(path.name for path in (folder / "warc").iterdir()) == files


def test_an_import_is_part_of_the_evidence(imported, commands, bare, tmp_path):
    folder = bare(imported, tmp_path)
    done = commands.replay(folder)
    assert done.status == 0, done.err
    assert not differences(dump(imported), dump(folder))


def test_a_crawl_with_wget(home, commands, tmp_path, ask):
    site = home.show()
    assert shutil.which("wget"), "wget is missing: apt-get install wget"
    paths = [fact.path for fact in site.facts.stories[:6]]
    odd = next(fact for fact in site.facts.stories[6:] if fact.aliases and (fact.node_id or 0) % 2)
    words = ["wget", "-q", "--warc-file=wget", "--delete-after", "-e", "robots=off", "--no-warc-keep-log"]
    urls = [home.url + path for path in [*paths, odd.aliases[0], "/news/no-such-story"]]
    subprocess.run([*words, *urls], cwd=tmp_path, check=False, timeout=60)
    folder = tmp_path / "data"
    for _ in range(2):
        done = commands.replay(folder, "-a", f"source={tmp_path / 'wget.warc.gz'}")
        assert done.status == 0, done.err
        expected = {home.url + path.rstrip("/") for path in {*paths, odd.path}}
        assert {row[0] for row in stories(ask, folder)} == expected
        (count,) = ask(folder, "select count(*) from captures")[0]
        assert count == len(urls) + 1, "each answer once, that of a redirect among them"


def test_revisits_of_another_crawler_are_resolved(home_site, commands, tmp_path, ask):
    site, url = home_site
    fact = next(fact for fact in site.facts.stories if fact.aliases)
    body = site.answer("GET", fact.path, {"host": url.split("//")[1]}).body
    path = tmp_path / "dedup.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        first = writer.create_warc_record(
            url + fact.path,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2025-01-01T00:00:00Z"},
        )
        writer.write_record(first)
        digest = first.rec_headers.get_header("WARC-Payload-Digest")
        assert digest.startswith("sha1:")
        for later, at in ((fact.path, "2025-02-01T00:00:00Z"), (fact.aliases[0], "2025-03-01T00:00:00Z")):
            writer.write_record(
                writer.create_revisit_record(
                    url + later,
                    digest,
                    url + fact.path,
                    "2025-01-01T00:00:00Z",
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": at},
                )
            )
    folder = tmp_path / "data"
    done = commands.replay(folder, "-a", f"source={path}")
    assert done.status == 0, done.err
    rows = ask(folder, "select url, version, first_seen_at, last_seen_at from articles")
    assert rows == [(url + fact.path.rstrip("/"), 1, "2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z")]
    before = dump(folder)
    assert commands.replay(folder).status == 0
    assert not differences(before, dump(folder))


def test_saved_pages_with_and_without_a_note(home_site, commands, tmp_path, ask, bare):
    site, url = home_site
    host = {"host": url.split("//")[1]}
    noted, named = [fact for fact in site.facts.stories if fact.node_id and fact.template == "B"][:2]
    pages = tmp_path / "pages"
    (pages / "one").mkdir(parents=True)
    (pages / "one" / "page.html").write_bytes(site.answer("GET", noted.path, host).body)
    meta = {"url": url + noted.path, "fetched_at": "2024-05-06T07:08:09+01:00"}
    (pages / "one" / "meta.json").write_text(json.dumps(meta))
    saved = pages / "whatever.html"
    saved.write_bytes(site.answer("GET", named.path, host).body)
    os.utime(saved, (1_600_000_000, 1_600_000_000))
    text = pages / "cps-12345.txt"
    text.write_text(
        "Skip to main content\n\nMan who kept bees jailed\n\n01 March 2024\n\n|News, Fraud and economic crime\n\n"
        "A beekeeper who sold honey that was syrup has been jailed for a year at Ferrowby Crown Court.\n\n"
        "Ada Lindqvist of the CPS said: “He lied to everybody who bought from him, for years.”\n\n"
        "The court heard that he had bought four tonnes of syrup and not a single hive.\n"
    )
    os.utime(text, (1_700_000_000, 1_700_000_000))
    folder = tmp_path / "data"
    for _ in range(2):
        done = commands.replay(folder, "-a", f"source={pages}")
        assert done.status == 0, done.err
        rows = ask(folder, "select node_id, first_seen_at, version from articles order by first_seen_at")
        assert rows == [
            (named.node_id, "2020-09-13T12:26:40Z", 1),
            (12345, "2023-11-14T22:13:20Z", 1),
            (noted.node_id, "2024-05-06T06:08:09Z", 1),
        ]
        assert ask(folder, "select count(*) from captures") == [(3,)]
    assert ask(
        folder, "select count(*) from quotes where article_id = (select id from articles where node_id = 12345)"
    )[0][0]
    fresh = bare(folder, tmp_path)
    assert commands.replay(fresh).status == 0
    assert not differences(dump(folder), dump(fresh))


def test_a_source_that_holds_no_story_is_not_healthy(commands, tmp_path, problems):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "picture.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "notes" / "broken.wacz").write_bytes(b"PK\x03\x04 not a zip")
    done = commands.replay(tmp_path / "data", "-a", f"source={tmp_path / 'notes'}")
    assert done.status == 1
    assert any("broken.wacz" in problem for problem in problems(tmp_path / "data"))
