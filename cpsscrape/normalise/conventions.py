"""The conventions of a press release: the lines that open and close its parts."""

from __future__ import annotations

import re
from typing import Literal

#: The line that closes a release: ``Ends``, ``-ENDS-``, ``Diwedd``.
ENDS = re.compile(r"^[\W_]*(?:ends?|diwedd|end of (?:press )?release|###)[\W_]*$", re.IGNORECASE)
NOTES = re.compile(
    r"^(?:notes?|background|information|further notes) (?:to|for) (?:the )?editors?(?: and (?:journalists"
    r"|broadcasters))?\s?[:.]?$"
    r"|^editor(?:s['’]?|['’]s)? notes?\s?:?$|^nodiadau i (?:olygyddion|’?r golygydd(?:ion)?)\s?:?$"
    r"|^nodyn i olygyddion\s?:?$",
    re.IGNORECASE,
)
FURTHER = re.compile(
    r"^(?:further|additional) (?:reading|reading and links)\s?:?$|^(?:darllen pellach"
    r"|deunydd darllen pellach)\s?:?$",
    re.IGNORECASE,
)

#: Characters of a heading of notes or further reading; a longer line is a paragraph.
LONGEST_HEADING = 60


def opens(text: str) -> Literal["notes", "further_reading"] | None:
    """The section that a line is the heading of: notes to editors or further reading."""
    if len(text) > LONGEST_HEADING:
        return None
    folded = text.casefold()
    if ("edit" in folded or "olyg" in folded) and NOTES.match(text):
        return "notes"
    if ("reading" in folded or "pellach" in folded) and FURTHER.match(text):
        return "further_reading"
    return None
