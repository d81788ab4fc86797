"""What must hold for every article, whatever page it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.items import Article


def broken_invariants(article: Article) -> Iterator[str]:
    """Yield a sentence for each promise of the schema that this article breaks."""
    body = article.body
    for block in article.blocks:
        if block.start is not None and body[block.start : block.end] != block.text:
            yield f"block {block.text[:40]!r} is not at {block.start}"
    for case in article.case_studies:
        if body[case.start : case.end] != case.body:
            yield f"case study {case.position} is not at {case.start}"
    for quote in article.quotes:
        if quote.text != "\n\n".join(piece.text for piece in quote.pieces):
            yield f"quote {quote.position} is not its pieces"
        for piece in quote.pieces:
            if body[piece.start : piece.end] != piece.text:
                yield f"a piece of quote {quote.position} is not at {piece.start}"
    for term in article.quoted_terms:
        if body[term.start : term.end] != term.text:
            yield f"term {term.text[:40]!r} is not at {term.start}"
    for name in ("headline", "body", "url", "teaser", "notes_to_editors", "content_type", "update_label"):
        value = getattr(article, name)
        if value is not None and (not value or "\0" in value):
            yield f"{name} is empty or holds U+0000"
