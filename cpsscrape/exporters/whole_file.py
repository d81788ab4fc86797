"""Files and folders that are there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from cpsscrape.exceptions import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Tally:
    """A binary stream that counts and digests what is written through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        """Write all of ``data``."""
        self._digest.update(data)
        self.bytes += len(data)
        self._stream.write(data)
        return len(data)

    def flush(self) -> None:
        """Pass on what is buffered."""
        self._stream.flush()

    def close(self) -> None:
        """Leave the stream to its owner; a writer of columns closes what it is given."""

    @property
    def closed(self) -> bool:
        """A tally is never closed by itself."""
        return False

    @property
    def sha256(self) -> str:
        """The digest of all that was written, as hexadecimal digits."""
        return self._digest.hexdigest()


@contextmanager
def whole_file(path: Path) -> Iterator[Tally]:
    """Write a file under a name of its own, then flush it to disk and give it its name.

    Killed at any instant, ``path`` is what it was before; ``.NAME.PID.part`` may be left over.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                yield Tally(stream)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
            _sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, *, mark: str) -> Iterator[Path]:
    """Fill a folder beside ``path``, then give it the name; a former one must hold the file ``mark``.

    Raises ArchiveError rather than replace a folder that this program did not make.
    """
    if path.exists() and not (path / mark).is_file() and (not path.is_dir() or any(path.iterdir())):
        raise ArchiveError(f"{path} exists and holds no {mark}: name a new folder, or move that one away.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _named(path):
        part.mkdir(parents=True)
        try:
            yield part
            _sync_folder(part)
            former = path.with_name(f".{path.name}.{os.getpid()}.former")
            if path.exists():
                path.rename(former)
            part.rename(path)
            _sync_folder(path.parent)
            shutil.rmtree(former, ignore_errors=True)
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ArchiveError(
            f"{path} cannot be written: {error.strerror or error}. Name another place with -o."
        ) from error


def _sync_folder(folder: Path) -> None:
    # A rename is on the disk when its folder is; some file systems cannot, and then it is theirs.
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
