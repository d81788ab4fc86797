r"""Keeps a spreadsheet from running a cell, in a way that can be undone.

A spreadsheet runs text that begins with ``=``, ``+``, ``-`` or ``@`` (also after white space, and
in their full-width forms), so an apostrophe is put before it. Text that already has apostrophes
before such a character gets one more; so the rule for reading back is one line and always right:

    re.sub(r"^'(?='*\s*[=+\-@＝＋－＠])", "", cell)
"""

from __future__ import annotations

import re

DANGEROUS = "=+\\-@＝＋－＠"
RULE = rf"^'(?='*\s*[{DANGEROUS}])"
_RUNS = re.compile(rf"'*\s*[{DANGEROUS}]")
_DEFUSED = re.compile(RULE)


def defused(cell: object) -> object:
    """Return a cell that no spreadsheet runs; numbers are never text and stay as they are."""
    if isinstance(cell, str) and _RUNS.match(cell):
        return "'" + cell
    return cell


def restored(cell: str) -> str:
    """Return the text that :func:`defused` was given."""
    return _DEFUSED.sub("", cell, count=1)
