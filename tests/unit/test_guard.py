"""Nothing that a test starts, however it starts it, reaches beyond 127.0.0.1 without failing the run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ELSEWHERE = "127.0.0.2"  # this machine all the same, should the guard ever fail
REACHES = f"import socket; socket.create_connection(({ELSEWHERE!r}, 9), timeout=5)"


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the guard writes for the length of a test, so that the run is not failed by what is done on purpose."""
    path = tmp_path / "noted"
    monkeypatch.setenv("CPS_TESTS_STRAYED", str(path))
    return path


@pytest.mark.parametrize("address", [ELSEWHERE, "example.invalid", "::2"])
def test_this_process_is_refused_and_noted(noted: Path, address: str) -> None:
    with pytest.raises(PermissionError, match=f"a test tried to reach {address}"):
        socket.create_connection((address, 9), timeout=5)
    assert set(noted.read_text().split()) == {address}


def test_so_is_a_program_that_a_test_starts(noted: Path) -> None:
    done = subprocess.run([sys.executable, "-c", REACHES], capture_output=True, text=True, check=False)
    assert f"a test tried to reach {ELSEWHERE}" in done.stderr
    assert noted.read_text().split() == [ELSEWHERE]


@pytest.mark.parametrize("workers", ["0", "2"])
def test_who_strays_fails_a_run_with_any_number_of_workers(tmp_path: Path, workers: str) -> None:
    """Even where the program's failure goes unseen."""
    (tmp_path / "tests").mkdir()
    shutil.copy(TESTS / "conftest.py", tmp_path / "tests")
    shutil.copytree(TESTS / "guard", tmp_path / "tests" / "guard", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TESTS.parent / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "test_strays.py").write_text(
        f"import subprocess, sys\n\ndef test_strays():\n    subprocess.run([sys.executable, '-c', {REACHES!r}])\n\n"
        "def test_stays():\n    pass\n"
    )
    environment = {
        name: os.environ[name] for name in os.environ if not name.startswith(("PYTEST_", "PYTHONPATH", "CPS_"))
    }
    command = [sys.executable, "-m", "pytest", "-n", workers, "-p", "no:cacheprovider", "--basetemp", tmp_path / "base"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert f"something tried to reach {ELSEWHERE}" in done.stdout
    assert "2 passed, 1 error" in done.stdout
