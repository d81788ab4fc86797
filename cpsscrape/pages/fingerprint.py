"""A short name for the shape of a page, the same for every story of one template."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.pages.outline import Outline

# "node--promoted", "page-node-12728", "is-active", "section-wessex": of the story, not the template
_VARIES = re.compile(
    r"\d|promoted|sticky|unpublished|active|current|open|has-|no-|with-|first|last|odd|even"
    r"|lang",
    re.IGNORECASE,
)
_PAGE = ("body", "html")


def fingerprint_of(outline: Outline, anchor: int, headline: int | None) -> str:
    """A hash of the tags and classes from the page down to its text and to its headline.

    What varies between stories of one template is left out: boxes beside those two paths,
    numbers, states, the classes of the body.
    """
    paths = [_path(outline, anchor)]
    if headline is not None:
        paths.append(_path(outline, outline.blocks[headline].box))
    return hashlib.sha256("\n".join(paths).encode()).hexdigest()[:12]


def _path(outline: Outline, box: int) -> str:
    around = [outline.boxes[number] for number in outline.ancestors(box)[:30]]
    return "/".join([_step(step.tag, step.classes) for step in reversed(around) if step.tag not in _PAGE])


@lru_cache(maxsize=1024)
def _step(tag: str, classes: str) -> str:
    names = sorted(name for name in classes.split() if not _VARIES.search(name))
    return ".".join((tag, *names))
