"""Other people's programs, each in an environment of its own, made once under ``.cache``."""

from __future__ import annotations

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
