"""Where a verb writes: for eyes on a terminal, plain lines in a pipe, JSON when asked."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

READING_WIDTH = 92  # columns: longer lines are hard to read back from
STYLES = {
    "title": "bold",
    "hit": "bold yellow",
    "quote": "cyan",
    "speaker": "bold cyan",
    "muted": "dim",
    "number": "bold blue",
    "heading": "bold",
    "case": "green",
    "doubt": "yellow",
    "corrected": "bold magenta",
    "gone": "bold red",
    "added": "green",
    "removed": "red",
    "added.word": "bold green",
    "removed.word": "strike red",
    "bar": "blue",
}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Screen(Console):
    """A console in this project's colours that reports a reader who has gone away."""

    def __init__(self) -> None:
        super().__init__(theme=Theme(STYLES), highlight=False, emoji=False, markup=False, soft_wrap=False)

    @property
    def reading_width(self) -> int:
        """How wide running text may be."""
        return min(self.width, READING_WIDTH)

    def on_broken_pipe(self) -> None:
        """Leave a closed pipe to the command line, which ends quietly with status 0."""
        raise BrokenPipeError


def present(
    *, as_json: bool, record: Callable[[], Any], plain: Callable[[], Iterable[str]], pretty: Callable[[Screen], None]
) -> None:
    """Show one result in the form that fits where it goes; only that form is made."""
    _never_fail_to_encode()
    with leaving_quietly():
        if as_json:
            ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
            sys.stdout.write(json.dumps(record(), ensure_ascii=ascii_only, indent=2) + "\n")
        elif sys.stdout.isatty() or os.environ.get("FORCE_COLOR"):
            pretty(Screen())
        else:
            for line in plain():
                sys.stdout.write(printable(line) + "\n")
        sys.stdout.flush()


@contextmanager
def leaving_quietly() -> Iterator[None]:
    """End the command with status 0 when the reader of a pipe has seen enough, as `| head` has.

    Click would end it with status 1, and a pipeline under `set -o pipefail` with it.
    """
    try:
        yield
    except BrokenPipeError as error:
        # What is still buffered must not fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from error


def printable(text: str) -> str:
    """Return text without what moves a terminal's cursor; tabs and line ends stay."""
    return _UNPRINTABLE.sub("", text)


def row(*cells: object) -> str:
    """Return one line of a plain table: cells by tab, so `cut -f` and `sort -t` work on it."""
    return "\t".join(re.sub(r"\s+", " ", "" if cell is None else str(cell)).strip() for cell in cells)


def _never_fail_to_encode() -> None:
    # LC_ALL=C: a curly quote becomes `?` or \u2019 in JSON instead of a traceback.
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
