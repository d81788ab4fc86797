"""White space and invisible characters: the only things normalisation touches."""

from __future__ import annotations

from unicodedata import category, is_normalized, normalize


class _Invisible(dict[int, str | None]):
    """A ``str.translate`` table that is filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kind = category(character)
        # Cf: soft hyphen, zero-width space and joiners, direction marks, byte order mark.
        if kind == "Cf" or (kind == "Cc" and not character.isspace()):
            value: str | None = None
        elif kind == "Cs":
            value = "\ufffd"  # half a surrogate pair cannot be stored as UTF-8
        else:
            value = {"\u2010": "-", "\u2011": "-"}.get(character, character)
        self[code] = value
        return value


_TABLE = _Invisible()


def clean_text(text: str) -> str:
    """The same words with one space between them, in NFC, without invisible characters.

    Every run of white space (no-break spaces and line ends too) becomes one space; soft
    hyphens, zero-width and control characters go; U+2010 and U+2011 become ``-``; half a
    surrogate pair becomes U+FFFD. Quotation marks, dashes and ellipses stay as they are.
    """
    plain = text.isprintable()  # of all white space the space alone is printable
    cleaned = text.strip() if plain and "  " not in text else " ".join(text.split())
    plain = plain or cleaned.isprintable()
    if plain and cleaned.isascii():
        return cleaned
    if not plain or "\u2011" in cleaned or "\u2010" in cleaned:
        cleaned = " ".join(cleaned.translate(_TABLE).split())
    return cleaned if is_normalized("NFC", cleaned) else normalize("NFC", cleaned)


def word_count(text: str) -> int:
    """The number of words between white space."""
    return len(text.split())
