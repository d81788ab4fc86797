"""A page's text as blocks, and the boxes the blocks stand in.

Everything later works on this outline and never touches the tree again, so that a page costs
one walk however many readers look at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpsscrape.normalise.text import clean_text

if TYPE_CHECKING:
    from cpsscrape.items import BlockKind


@dataclass(slots=True)
class RawBlock:
    """A block before anyone decided whether it belongs to the story.

    ``bold`` is true where all of it is, ``run_in`` counts the bold characters it opens with.
    ``links`` are as written on the page, ``parts`` the text of its inline elements as written.
    """

    kind: BlockKind
    text: str
    box: int
    level: int | None = None
    bold: bool = False
    run_in: int = 0
    link_chars: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)
    parts: tuple[str, ...] = ()

    @property
    def pieces(self) -> list[str]:
        """The texts of its inline elements one by one: labels run together without spaces."""
        return [piece for piece in map(clean_text, self.parts) if piece]


@dataclass(slots=True)
class Box:
    """An element that holds blocks: ``first`` and ``last`` (exclusive) number them."""

    tag: str
    classes: str
    parent: int
    depth: int
    first: int
    last: int = 0
    role: str | None = None


@dataclass(slots=True)
class Outline:
    """The blocks of a page in reading order and the boxes around them; box 0 is the page.

    ``by_class`` numbers the boxes of a class, for classes that a layout looks for. ``times`` are the values of
    ``time`` elements with the number of the block they stand in.
    """

    blocks: list[RawBlock] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    by_class: dict[str, list[int]] = field(default_factory=dict)
    times: list[tuple[int, str]] = field(default_factory=list)

    def ancestors(self, box: int) -> list[int]:
        """The box itself, its parent, and so on up to the page."""
        chain = [box]
        while box:
            box = self.boxes[box].parent
            chain.append(box)
        return chain
