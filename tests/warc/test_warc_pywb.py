"""The evidence in other people's tools: pywb, in an environment of its own, indexes and replays it."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from typing import TYPE_CHECKING

import pytest
from peers import tool
from replay_server import serving
from warcio.archiveiterator import ArchiveIterator

from cpsscrape.demo.site import Site
from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cpsscrape.demo.answers import Answer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pywb() -> Path:
    """The programs of pywb, apart from this project's environment."""
    return tool("pywb")


def test_pywb_indexes_every_answer(first, pywb):
    expected = [
        (record.url, record.offset)
        for path in segment_files(first.folder / "warc")
        for record in read_warc(path)
        if record.type in {"response", "revisit"}
    ]
    found = []
    for path in segment_files(first.folder / "warc"):
        done = subprocess.run(
            [pywb / "cdx-indexer", "-j", path], capture_output=True, text=True, check=True, timeout=120
        )
        for line in done.stdout.splitlines():
            fields = json.loads(line[line.index("{") :])
            found.append((fields["url"], int(fields["offset"])))
    assert sorted(found) == sorted(expected)


class Forgetful(Site):
    """Knows no validators for stories of even length of address: the same page again, status 200, whole."""

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        kept = {name: value for name, value in headers.items() if len(target) % 2 or not name.startswith("if-")}
        return super().answer(method, target, kept)


def answers(folder: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, headers and payload of every answer, as warcio reads them; every digest is checked."""
    found = []
    for path in segment_files(folder / "warc"):
        with path.open("rb") as source:
            for record in ArchiveIterator(source, check_digests="raise"):
                if record.rec_type in {"response", "revisit"}:
                    fields = dict(record.rec_headers.headers) | {"status": record.http_headers.get_statuscode()}
                    found.append((record.rec_type, fields, record.content_stream().read()))
    return found


def test_a_second_crawl_of_the_same_bytes_is_revisits_that_others_resolve(first, home, commands, archive, tmp_path):
    home.show(site=Forgetful())
    assert commands.crawl(archive, first.url, "-a", "full=1").status == 0
    before, after = answers(first.folder), answers(archive)
    payloads = {(f["WARC-Target-URI"], f["WARC-Date"]): (f["WARC-Payload-Digest"], body) for _, f, body in before}
    stories = {first.url + fact.path for fact in first.site.facts.stories}
    again = [
        (kind, fields, body) for kind, fields, body in after[len(before) :] if fields["WARC-Target-URI"] in stories
    ]
    revisits = [(fields, body) for kind, fields, body in again if kind == "revisit"]
    whole = [fields["WARC-Target-URI"] for kind, fields, _ in again if kind == "response" and fields["status"] == "200"]
    assert not whole, "what has not changed is not kept twice"
    assert {fields["status"] for fields, _ in revisits} == {"200", "304"}
    for fields, body in revisits:
        profile = "server-not-modified" if fields["status"] == "304" else "identical-payload-digest"
        assert fields["WARC-Profile"].endswith(f"/revisit/{profile}")
        original = (fields["WARC-Refers-To-Target-URI"], fields["WARC-Refers-To-Date"])
        assert payloads[original][0] == fields["WARC-Payload-Digest"]
        assert body == b""
    # pywb answers a 304 with the revisit's own status line, so a client that has nothing sees nothing: only the
    # revisits of whole answers can be looked at through it.
    fields = next(fields for fields, _ in revisits if fields["status"] == "200")
    moment = "".join(filter(str.isdigit, fields["WARC-Date"]))
    with (
        serving(segment_files(archive / "warc"), tmp_path) as address,
        urllib.request.urlopen(f"{address}/cps/{moment}id_/{fields['WARC-Target-URI']}", timeout=60) as answer,
    ):
        assert answer.read() == payloads[fields["WARC-Target-URI"], fields["WARC-Refers-To-Date"]][1]
