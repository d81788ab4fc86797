"""One writer at a time: an advisory lock on ``CPS_DATA_DIR/lock``.

The kernel drops the lock with the process, so a killed writer never leaves it behind.
"""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

from cpsscrape.exceptions import ArchiveError, ArchiveLockedError

if TYPE_CHECKING:
    from types import TracebackType


class WriterLock:
    """Held from construction to :meth:`release`; ArchiveLockedError names who holds it instead."""

    def __init__(self, folder: Path) -> None:
        self._file = _open(folder / "lock")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.seek(0)
            holder = self._file.read().strip() or "another command"
            self._file.close()
            message = f"{holder} is writing to {folder}; wait until it ends, or stop it, and start again."
            raise ArchiveLockedError(message) from error
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{_program()} (process {os.getpid()})\n")
        self._file.flush()

    def release(self) -> None:
        """Let the next writer in; a second call does nothing."""
        if not self._file.closed:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def writer_of(folder: Path) -> str | None:
    """Return who is writing to the archive at this moment, or None; nothing is locked or changed."""
    try:
        with (folder / "lock").open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip() or "another command"
    except OSError:
        return None
    return None


def _open(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        message = f"cannot write to {path.parent}: {error.strerror}. Make the folder writable, or set CPS_DATA_DIR."
        raise ArchiveError(message) from error


def _program() -> str:
    # Scrapy takes its command's name out of sys.argv: `scrapy crawl news` would read `__main__.py news`.
    words = [word for word in sys.orig_argv[1:] if word != "-m"]
    if not words or words[0].startswith("-"):
        words = sys.argv or ["python"]
    return " ".join([Path(words[0]).name, *words[1:]])[:200]
