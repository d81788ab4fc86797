from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an editor changed in one article between the first and the second state of the site.

    ``old`` stands exactly once in the article's file, its header included.
    """

    slug: str
    kind: str
    old: str
    new: str

    def applied(self, text: str) -> str:
        """The file's text after the edit."""
        if text.count(self.old) != 1:
            raise ValueError(
                f"articles/{self.slug}.txt holds {self.old!r} {text.count(self.old)} times, not once"
            )
        return text.replace(self.old, self.new)


REVISIONS: tuple[Revision, ...] = ()
