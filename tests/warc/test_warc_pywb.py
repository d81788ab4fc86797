"""The evidence in other people's tools: pywb, in an environment of its own, indexes and replays it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from peers import tool

from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from pathlib import Path

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
