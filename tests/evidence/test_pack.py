from __future__ import annotations

import gzip
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from typing import TYPE_CHECKING

import pytest
from evidence.driving import cpsscrape
from peers import tool

from cpsscrape.warc.cdxj import surt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def wacz(archive: Path, tmp_path: Path) -> Path:
    target = tmp_path / "out.wacz"
    done = cpsscrape(archive, "pack", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    return target


def test_it_holds_what_the_standard_asks_for(wacz: Path, archive: Path) -> None:
    with zipfile.ZipFile(wacz) as opened:
        names = opened.namelist()
        assert {name.split("/")[0] for name in names} == {
            "archive", "indexes", "pages", "datapackage.json", "datapackage-digest.json",
        }  # fmt: skip
        warcs = [opened.getinfo(name) for name in names if name.startswith("archive/")]
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in warcs)
        for entry in warcs:
            assert opened.read(entry) == (archive / "warc" / entry.filename.split("/")[1]).read_bytes()
        head, *pages = [json.loads(line) for line in opened.read("pages/pages.jsonl").splitlines()]
        assert head["format"] == "json-pages-1.0"
        db = sqlite3.connect(archive / "cps.db")
        assert len(pages) == db.execute("select count(*) from article_versions").fetchone()[0]
        assert {"url", "ts", "title", "id"} <= pages[0].keys()


def test_wacz_validates_it(wacz: Path) -> None:
    checked = subprocess.run(
        [tool("wacz") / "wacz", "validate", "-f", str(wacz)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "Validation succeeded" in checked.stdout


def test_wacz_refuses_it_after_a_flipped_bit(wacz: Path) -> None:
    data = bytearray(wacz.read_bytes())
    with zipfile.ZipFile(wacz) as opened:
        entry = next(e for e in opened.infolist() if e.filename.startswith("archive/"))
    data[entry.header_offset + 5000] ^= 1
    wacz.write_bytes(data)
    checked = subprocess.run(
        [tool("wacz") / "wacz", "validate", "-f", str(wacz)], capture_output=True, text=True, check=False
    )
    assert "Validation succeeded" not in checked.stdout


@pytest.fixture
def replayed(wacz: Path, tmp_path: Path) -> Iterator[str]:
    """A pywb that serves the file from a collection of its own."""
    programs = tool("pywb")
    place = tmp_path / "pywb"
    place.mkdir()
    subprocess.run([programs / "wb-manager", "init", "cps"], cwd=place, check=True, capture_output=True)
    subprocess.run(
        [programs / "wb-manager", "add", "cps", str(wacz), "--unpack-wacz"], cwd=place, check=True, capture_output=True
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        (place / "log").open("w") as log,
        subprocess.Popen(
            [programs / "wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=place, stdout=log, stderr=log
        ) as server,
    ):
        base = f"http://127.0.0.1:{port}/cps"
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"{base}/", timeout=5).read()
                    break
                except (urllib.error.URLError, OSError):
                    assert server.poll() is None, (place / "log").read_text()
                    time.sleep(0.25)
            yield base
        finally:
            server.terminate()


def test_pywb_replays_every_version(replayed: str, archive: Path) -> None:
    db = sqlite3.connect(archive / "cps.db")
    rows = db.execute(
        "select c.url, c.fetched_at, v.headline, v.body from article_versions v join captures c on c.id = v.capture_id "
        "where c.status = 200 and v.article_id in (select id from articles where version > 1) "
        "and v.article_id in (select article_id from article_versions group by 1 having count(distinct body) > 1) "
        "order by v.article_id, v.version limit 10"
    ).fetchall()
    assert len(rows) >= 4
    for url, at, headline, body in rows:
        stamp = "".join(letter for letter in at if letter.isdigit())
        page = urllib.request.urlopen(f"{replayed}/{stamp}id_/{url}", timeout=30).read().decode("utf-8")
        assert headline in page
        first = body.split("\n\n")[0]
        assert " ".join(first.split()[:4]) in " ".join(page.split())


def test_the_index_beside_the_files_is_what_cdxj_indexer_writes(archive: Path) -> None:
    done = cpsscrape(archive, "pack", "--index")
    assert done.returncode == 0
    fields = "url,mime,status,digest,length,offset,filename"
    for path in (archive / "warc").glob("*.warc.gz"):
        theirs = subprocess.run(
            [tool("wacz") / "cdxj-indexer", str(path), "--sort", "-f", fields],
            capture_output=True,
            text=True,
            check=True,
        )
        assert path.with_name(f"{path.name}.cdxj").read_text() == theirs.stdout


ADDRESSES = (
    "https://www.cps.gov.uk/",
    "https://www.cps.gov.uk/News/Foo-Bar/?b=2&A=1&a=0",
    "http://127.0.0.1:38897/news?page=1&area=122",
    "https://www.cps.gov.uk:443/x",
    "http://cps.gov.uk:8080/node/1#frag",
    "https://www.cps.gov.uk/news?area=122&crime_type=All&keys=",
    "https://www.cps.gov.uk/a%20b/%E2%80%99s?x=%C3%A9",
    "https://www2.cps.gov.uk/robots.txt",
    "https://www.cps.gov.uk/news?",
    "https://www.cps.gov.uk//a/../b/./c",
    "https://www.cps.gov.uk/é’s",
)


def test_keys_are_those_of_the_surt_package() -> None:
    script = "import json, sys, surt; print(json.dumps([surt.surt(u) for u in json.load(sys.stdin)]))"
    theirs = subprocess.run(
        [tool("wacz") / "python", "-c", script], input=json.dumps(ADDRESSES), capture_output=True, text=True, check=True
    )
    assert [surt(url) for url in ADDRESSES] == json.loads(theirs.stdout)


def test_what_was_withdrawn_is_not_packed(archive: Path, tmp_path: Path) -> None:
    db = sqlite3.connect(archive / "cps.db")
    url, teaser, body = db.execute(
        "select url, teaser, body from articles where teaser is not null and version > 1 order by id limit 1"
    ).fetchone()
    db.close()
    cpsscrape(archive, "withdraw", url, "--reason", "asked for")
    target = tmp_path / "out.wacz"
    done = cpsscrape(archive, "pack", str(target))
    assert "left out" in done.stdout
    with zipfile.ZipFile(target) as opened:
        text = b"".join(
            gzip.decompress(opened.read(name)) if name.endswith(".gz") else opened.read(name)
            for name in opened.namelist()
        )
    assert body[40:100].encode() not in text
    assert teaser.encode() not in text
    assert url.encode() not in text
    checked = subprocess.run(
        [tool("wacz") / "wacz", "validate", "-f", str(target)], capture_output=True, text=True, check=False
    )
    assert "Validation succeeded" in checked.stdout


def test_an_existing_file_is_not_overwritten(archive: Path, wacz: Path) -> None:
    before = wacz.read_bytes()
    done = cpsscrape(archive, "pack", str(wacz))
    assert done.returncode == 2
    assert wacz.read_bytes() == before
    assert cpsscrape(archive, "pack", str(wacz), "--overwrite").returncode == 0


def test_a_kill_leaves_the_old_file_or_the_new_one(archive: Path, wacz: Path) -> None:
    old = wacz.read_bytes()
    chance = random.Random(66)
    program = "import cpsscrape.evidence.packing; from cpsscrape.cli import main; print('ready', flush=True); main()"
    killed = 0
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", program, "--data", str(archive), "pack", str(wacz), "--overwrite"],
            stdout=subprocess.PIPE,
            env={**os.environ},
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.35))
            process.send_signal(signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
        if wacz.read_bytes() != old:
            with zipfile.ZipFile(wacz) as opened:
                assert opened.testzip() is None
    assert killed >= 3
    assert cpsscrape(archive, "pack", str(wacz), "--overwrite").returncode == 0
    assert not wacz.with_name("out.wacz.part").exists()
