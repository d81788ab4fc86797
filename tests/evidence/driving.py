"""Runs the commands as a user does, and other people's tools on what they write."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What checks our files with other people's code; `wacz` pins too much to share an environment.


def run(*words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("CPS_") or name == "CPS_TESTS_STRAYED"
    }
    return subprocess.run(
        [sys.executable, "-c", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def cpsscrape(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run("from cpsscrape.cli import main; main()", "--data", str(folder), *words)


def crawl(folder: Path, site: str, *words: str) -> subprocess.CompletedProcess[str]:
    script = "from scrapy.cmdline import execute; execute()"
    return run(script, "crawl", "news", "-a", f"site={site}", "-s", f"CPS_DATA_DIR={folder}", *words)


def replay(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Rebuild an archive from its own WARC files, or read ``source=`` into it."""
    script = "from scrapy.cmdline import execute; execute()"
    return run(script, "crawl", "replay", "-s", f"CPS_DATA_DIR={folder}", *words)
