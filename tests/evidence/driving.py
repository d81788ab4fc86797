"""Runs the commands as a user does, and other people's tools on what they write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What checks our files with other people's code; `wacz` pins too much to share an environment.
PEERS = {"wacz": ["wacz==0.6.0"], "pywb": ["pywb==2.10.0"]}


def run(*words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CPS_")}
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


def tool(name: str) -> Path:
    """Return the folder of programs of a peer's package, in an environment of its own."""
    folder = ROOT / ".cache" / f"interop-{name}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run(
            [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *PEERS[name]], check=True, timeout=900
        )
        (folder / "complete").write_text("\n".join(PEERS[name]))
    return folder / "bin"
