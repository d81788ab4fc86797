"""What people are called instead of their names: whom ``the officer``, ``the DPP`` or ``his wife`` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.mentions import gender_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.extract.entities import Entity

Pair = tuple["Entity", "Entity"]
_POLICE = frozenset(
    "detective inspector sergeant constable superintendent commander pc wpc dc ds di dci dsu dcs sgt supt insp"
    " officer det ditectif arolygydd rhingyll cwnstabl uwcharolygydd heddwas".split()
)
_NOTHING: frozenset[str] = frozenset()
SPOUSES = {"wife": "f", "husband": "m"}
_RELATIVES = SPOUSES | {"brother": "m", "sister": "f"}
_SIBLINGS = {"brothers": "m", "sisters": "f"}
_OLD = frozenset("pensioner oap octogenarian great-grandmother great-grandfather grandmother grandfather".split())
_BENCH = frozenset("judge recorder hhj justice magistrate sheriff".split())
_ALSO = {
    "head": frozenset({"headteacher", "headmaster", "headmistress"}),
    "chair": frozenset({"chairman", "chairwoman", "chairperson"}), "chairman": frozenset({"chair"}),
    "lawyer": frozenset({"solicitor", "barrister", "kc", "qc", "prosecutor"}), "barrister": frozenset({"kc", "qc"}),
    "officer": _POLICE, "detective": _POLICE, "policeman": _POLICE, "policewoman": _POLICE, "swyddog": _POLICE,
    "constable": frozenset({"pc", "wpc", "dc"}), "sergeant": frozenset({"sgt", "ps", "ds"}),
    "inspector": frozenset({"insp", "di", "dci"}), "superintendent": frozenset({"supt", "dsu", "dcs"}),
    "ditectif": _POLICE, "heddwas": _POLICE, "judge": _BENCH,
}  # fmt: skip
_TIES = {
    "mother": frozenset({"mum", "mom"}), "mum": frozenset({"mother"}), "father": frozenset({"dad"}),
    "dad": frozenset({"father"}), "wife": frozenset({"widow"}), "widow": frozenset({"wife"}),
    "husband": frozenset({"widower"}), "widower": frozenset({"husband"}),
}  # fmt: skip
_PROSECUTES = frozenset({"prosecutor", "lawyer"})
_SMALL = frozenset("of the for and".split())
_COUNTS = ("two", "three", "four", "five", "six", "seven")


def holders(people: Sequence[Entity], head: str, words: str) -> list[Entity]:
    """Named people whom a phrase (``head`` its noun) can mean by post, calling, tie or age."""
    gender = gender_of(head)
    fits = [p for p in people if not gender or p.gender in {"", gender}]
    letters = head.isalpha() and words.rsplit(maxsplit=1)[-1].isupper()
    former = "former" in words.casefold().split()
    found = [p for p in fits if _holds(p, head, letters=letters, former=former)]
    if len(found) > 1:
        said = set(words.lower().split()[1:])
        found = [p for p in found if said <= set((p.post.role or "").lower().split())] or found
    if found:
        return found
    if head == "defendant":
        return [p for p in people if p.age and p.private]
    if "-of-" in head:
        base = head.split("-of-", maxsplit=1)[0]
        kin = [p for p in fits if p.kin and _holds(p, base, letters=False, former=False)]
        if len(kin) == 1:
            return kin
    if "-of-" in head or any(f" of {n}" in words for n in _COUNTS):
        gender = gender_of(head.split("-of-", maxsplit=1)[0])
        return [p for p in people if p.gender == gender and p.age and p.private]
    return []


def _holds(person: Entity, head: str, *, letters: bool, former: bool) -> bool:
    """Whether a noun fits somebody’s post, calling, tie or age; ``the mayor`` is no former one."""
    if former:
        return f"former {head}" in person.nouns or (person.post.role or "").lower().startswith("former ")
    return (
        head in person.nouns
        or (person.post.role is not None and _is_called(person.post.role.lower(), head, letters=letters))
        or (person.kin != "" and (person.kin == head or person.kin in _TIES.get(head, _NOTHING)))
        or (person.age != "" and _is_aged(int(person.age), head))
        or (head in _PROSECUTES and _prosecutes(person))
        or (head == "defendant" and person.accused)
    )


def _is_called(role: str, head: str, *, letters: bool) -> bool:
    """``the prosecutor``, ``the officer`` and ``the DPP`` of a post."""
    heads = role.replace("-", " ").split()
    if head in heads and "former" not in heads:
        return True
    return not _ALSO.get(head, _NOTHING).isdisjoint(heads) or (letters and initials(role) == head)


def _is_aged(age: int, head: str) -> bool:
    """``the 43-year-old``, ``the pensioner``, ``the teenager`` of an age."""
    return (
        (age > 0 and head == f"{age}-year-old")
        or (head in _OLD and age >= 60)
        or (head == "teenager" and 12 < age < 20)
    )


def by_letters(people: Iterable[Entity], letters: str) -> list[Entity]:
    """Whom ``the SIO``, ``the CCP`` or ``the KC`` means."""
    return [p for p in people if letters in p.nouns or initials(p.post.role or "") == letters]


def _prosecutes(person: Entity) -> bool:
    """Somebody of the CPS is a prosecutor, where nobody else is called so."""
    body = person.post.organisation or ""
    return person.post.role is None and ("CPS" in body.split() or "Crown Prosecution Service" in body)


def initials(role: str) -> str:
    """``dpp`` of a Director of Public Prosecutions."""
    return "".join(word[0] for word in role.lower().split() if word not in _SMALL)


def _same_body(one: str | None, other: str | None) -> bool:
    """``the South West`` and ``CPS South West``, ``council`` and ``Council``; an unknown one may be any."""
    if one is None or other is None:
        return True
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return f" {long}".endswith(f" {short}")


def of_body(people: Sequence[Entity], body: str) -> list[Entity]:
    """Those of a body; of ``the charity`` all, where nobody’s is called so."""
    fits = [p for p in people if _same_body(p.post.organisation, body)]
    bare = _bare(body)
    return fits or [p for p in people if " " not in bare and bare in lexicon.body_nouns()]


def _bare(body: str) -> str:
    return body.casefold().removeprefix("the ")


def couple(pairs: Iterable[Pair], head: str) -> tuple[Entity, ...]:
    """``The couple``, ``the brothers``: the only two people who were introduced together."""
    gender = _SIBLINGS.get(head)
    fits = {frozenset(map(id, p)): p for p in pairs if not p[0].post and not p[1].post}
    if gender is not None:
        fits = {k: p for k, p in fits.items() if p[0].words[-1] == p[1].words[-1]
                and all(e.gender in {"", gender} for e in p)}  # fmt: skip
    return next(iter(fits.values())) if len(fits) == 1 else ()


def partner(pairs: Sequence[Pair], married: Sequence[Pair], head: str, last: Entity | None) -> Entity | None:
    """``His wife``, ``his brother``: the other one of the only pair that was introduced together, or is a couple."""
    gender = _RELATIVES.get(head)
    fits = [p for p in pairs if p[0].words[-1] == p[1].words[-1] and any(e.gender == gender for e in p)]
    fits = fits or [p for p in married if head in SPOUSES and any(e.gender == gender for e in p)]
    if len({frozenset(map(id, p)) for p in fits}) != 1:
        return None
    one, two = fits[0]
    found = [e for e in (one, two) if e.gender == gender]
    if len(found) == 2:
        found = [e for e in found if e is not last] if last in found else []
    return found[0] if len(found) == 1 else None
