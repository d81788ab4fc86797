"""The evidence in other people's tools: pywb, in an environment of its own, indexes and replays it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import segment_files

pytestmark = pytest.mark.slow

PYWB = "pywb==2.10.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cpsscrape-tests" / PYWB


@pytest.fixture(scope="module")
def pywb() -> Path:
    """The programs of pywb; made once a machine, apart from this project's environment."""
    programs = CACHE / "bin"
    if not (programs / "cdx-indexer").exists():
        subprocess.run([sys.executable, "-m", "venv", CACHE], check=True)
        made = subprocess.run(
            [programs / "python", "-m", "pip", "install", "--quiet", PYWB], check=False, capture_output=True, text=True
        )
        assert made.returncode == 0, f"pywb could not be installed: {made.stderr[-2000:]}"
    return programs


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
