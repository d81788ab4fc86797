"""Other people's programs, each in an environment of its own, made once under ``.cache``."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PEERS = {
    "wacz": ["wacz==0.6.0"],
    "pywb": ["pywb==2.10.0"],
    "desk": ["frictionless>=5.18,<6", "pandas>=2.2", "duckdb>=1.1", "pyarrow>=16"],
    # An egg brings no dependencies along: Scrapyd's own environment has them. Scrapyd wants pkg_resources.
    "scrapyd": ["scrapyd==1.6.0", "scrapyd-client==2.0.3", "setuptools<81", *PROJECT["dependencies"]],
    "schemas": ["check-jsonschema==0.39.0"],
}


def tool(name: str) -> Path:
    """Return the folder of programs of a peer's package, in an environment of its own.

    Of several workers that ask at once, one makes it and the others wait.
    """
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    folder = cache / f"interop-{name}"
    with (cache / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, PEERS[name])
            (folder / "complete").write_text("\n".join(PEERS[name]))
    return folder / "bin"


def _make(folder: Path, packages: list[str]) -> None:
    """Make an environment with our own pip: another for each, and bytecode nobody runs, would be half of the time."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    # The guard of the tests knows only loopback.
    beyond = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run([*pip, "install", "--quiet", "--no-compile", *packages], check=True, timeout=900, env=beyond)
