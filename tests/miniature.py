"""The archive of the miniature site that scripts/miniature_archive.py makes, made once for all workers."""

from __future__ import annotations

import fcntl
import importlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def miniature(factory: pytest.TempPathFactory) -> Path:
    """Return this worker's copy; the first that asks makes the archive, and others that ask meanwhile wait."""
    place = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent  # which all workers of a run share
    whole = place / "miniature"
    with (place / "miniature.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            made = importlib.import_module("miniature_archive").make_archive(place / "miniature-begun")
            made.rename(whole)
    return Path(shutil.copytree(whole, factory.mktemp("miniature") / "data"))
