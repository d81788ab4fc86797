"""Runs the real command in a process of its own, in a pipe or on a terminal."""

from __future__ import annotations

import importlib
import os
import pty
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def script(name: str) -> Any:
    """Import a program of scripts/, which pytest has on its path."""
    return importlib.import_module(name)


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str = ""

    @property
    def rows(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]


class Desk:
    """Runs the real command in a process of its own, in a pipe or on a terminal."""

    def __init__(self, archive: Path, cwd: Path) -> None:
        self.archive = archive
        self.cwd = cwd

    def line(self, *words: str) -> list[str]:
        return [str(Path(sys.executable).with_name("cpsscrape")), "--data", str(self.archive), *words]

    def environment(self, **more: str) -> dict[str, str]:
        dropped = {"NO_COLOR", "FORCE_COLOR", "CPS_DATA_DIR", "COLUMNS", "TERM"}
        return {k: v for k, v in os.environ.items() if k not in dropped} | {"PYTHONUTF8": "1"} | more

    def __call__(self, *words: str, **environment: str) -> Ran:
        done = subprocess.run(
            self.line(*words),
            capture_output=True,
            env=self.environment(**environment),
            cwd=self.cwd,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def on_terminal(self, *words: str, columns: int = 100, **environment: str) -> Ran:
        ours, theirs = pty.openpty()
        environment = {"TERM": "xterm-256color", "COLUMNS": str(columns)} | environment
        process = subprocess.Popen(
            self.line(*words),
            stdout=theirs,
            stderr=theirs,
            stdin=subprocess.DEVNULL,
            env=self.environment(**environment),
            cwd=self.cwd,
        )
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says EIO where the other side is closed
                break
            if not part:
                break
            shown += part
        os.close(ours)
        return Ran(process.wait(timeout=60), shown.decode())
