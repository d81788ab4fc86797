from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from cpsscrape.archive.captures import save_capture
from cpsscrape.archive.database import Archive, open_reader
from cpsscrape.evidence.tally import Tally
from cpsscrape.evidence.verification import verify
from cpsscrape.evidence.withdrawal import withdraw
from cpsscrape.recovery import captures_in
from cpsscrape.warc.exchange import Exchange, Original, payload_digest
from cpsscrape.warc.purging import purged_name
from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.writer import WarcWriter

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://news.example"
GONE = f"{SITE}/wessex/news/to-be-withdrawn"
OTHER = f"{SITE}/wessex/news/another-story"
NOTICE = b"<html><body><p>We are working on our pages. Come back soon.</p></body></html>"


def exchange(url: str, second: int, status: int = 200, body: bytes = b"", **headers: str) -> Exchange:
    return Exchange(
        url=url,
        fetched_at=f"2026-01-01T00:00:{second:02}Z",
        status=status,
        reason="OK",
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body=body,
        request_headers=(("Host", "news.example"),),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Revisits of another address that repeat an answer at the address to be withdrawn."""
    (tmp_path / "warc").mkdir()
    writer = WarcWriter(tmp_path / "warc", name="cps-1", info={"cps-source": "live"}, max_bytes=10**9)
    first = exchange(GONE, 1, body=NOTICE, Content_Type="text/html", ETag='"first"')
    writer.write(first)
    original = Original(url=GONE, fetched_at=first.fetched_at, payload_digest=payload_digest(NOTICE))
    writer.write(exchange(OTHER, 2, body=NOTICE, Content_Type="text/html", ETag='"second"'), original=original)
    writer.write(exchange(OTHER, 3, 304, ETag='"third"'), original=original)
    writer.write(exchange(f"{GONE}-but-longer", 4, body=b"<p>A longer address.</p>", Content_Type="text/html"))
    writer.close()
    archive = Archive(tmp_path, site=SITE)
    with archive.db.atomic():
        for path in (tmp_path / "warc").glob("*.warc.gz"):
            for capture, _ in captures_in(path):
                save_capture(archive.db, capture, None)
    archive.close()
    return tmp_path


def findings(folder: Path) -> list[str]:
    return [str(finding) for finding in verify(folder, Tally(), deep=False, redact=True)]


def test_revisits_of_a_purged_answer_become_full_records(folder: Path) -> None:
    assert findings(folder) == []
    done = withdraw(folder, GONE, "asked for", purge=True)
    assert done.purged.files == 1
    (path,) = (folder / "warc").glob("*.warc.gz")
    records = {(record.type, record.url, record.date): record for record in read_warc(path)}
    assert not [key for key in records if key[1] == GONE]
    second = records["response", OTHER, "2026-01-01T00:00:02Z"]
    assert (second.status, second.body, dict(second.headers)["ETag"]) == (200, NOTICE, '"second"')
    third = records["response", OTHER, "2026-01-01T00:00:03Z"]
    assert (third.status, third.body, dict(third.headers)["ETag"]) == (200, NOTICE, '"first"')
    assert ("response", f"{GONE}-but-longer", "2026-01-01T00:00:04Z") in records
    assert len([key for key in records if key[0] == "request"]) == 3
    assert findings(folder) == []
    rows = open_reader(folder).execute("select url, status from captures order by fetched_at").fetchall()
    assert rows == [(OTHER, 200), (OTHER, 200), (f"{GONE}-but-longer", 200)]


def test_the_file_says_that_it_was_written_anew(folder: Path) -> None:
    withdraw(folder, GONE, "asked for", purge=True)
    (path,) = (folder / "warc").glob("*.warc.gz")
    info = next(iter(read_warc(path)))
    assert path.name == "cps-1-00001-p1.warc.gz"
    assert dict(info.fields)["WARC-Filename"] == path.name
    assert b"cps-purged: 2" in info.body
    assert b"cps-source: live" in info.body
    assert purged_name(path.name) == "cps-1-00001-p2.warc.gz"


def test_a_file_that_held_nothing_else_goes_without_a_successor(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    writer = WarcWriter(tmp_path / "warc", name="cps-1", info={}, max_bytes=10**9)
    writer.write(exchange(GONE, 1, body=NOTICE, Content_Type="text/html"))
    writer.close()
    Archive(tmp_path, site=SITE).close()
    withdraw(tmp_path, GONE, "asked for", purge=True)
    assert sorted(path.name for path in (tmp_path / "warc").iterdir()) == ["manifest.csv"]
    assert findings(tmp_path) == []


def test_bytes_of_other_records_are_the_same(folder: Path) -> None:
    (before,) = (folder / "warc").glob("*.warc.gz")
    last = before.read_bytes()
    longer = [record for record in read_warc(before) if record.url == f"{GONE}-but-longer"]
    kept = b"".join(last[record.offset : record.offset + record.length] for record in longer)
    withdraw(folder, GONE, "asked for", purge=True)
    (after,) = (folder / "warc").glob("*.warc.gz")
    assert after.read_bytes().endswith(kept)
    assert b"We are working" in gzip.decompress(after.read_bytes())
