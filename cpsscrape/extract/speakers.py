"""From the words that name a speaker to the speaker: names, short forms, pronouns, offices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon, offices
from cpsscrape.extract.entities import PEERS, Entity
from cpsscrape.extract.inversions import first_mention
from cpsscrape.extract.posts import NOBODY, Post
from cpsscrape.extract.pronouns import Antecedents, Place
from cpsscrape.extract.subjects import subject_before
from cpsscrape.extract.words import CLAIMS, DETERMINING, HONORIFIC, KIN, NUMBER, PAST, PREPOSITION, ROLE, WORD, word_of
from cpsscrape.items import Resolution, Speaker, SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cpsscrape.extract.frame import Frame
    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.roster import Roster

_PRIVATE = frozenset("victim survivor witness defendant offender suspect complainant".split())
_DEFINITE = frozenset({"the", "that", "this", "y", "yr"})
_OWNED = ("’s", "'s")
_LEADS_ON = PREPOSITION | DETERMINING | ROLE | KIN  # for Lidster, the Lidster, solicitor Lidster
_ANYBODY = frozenset("man woman boy girl witness".split())
_FIRMS = frozenset({"firm", "company", "business", "manufacturer", "retailer"})
_PAIRS = frozenset("couple pair duo brothers sisters".split())


class Cast:
    """Resolves mentions in reading order; who spoke before is remembered."""

    def __init__(self, paragraphs: Sequence[Paragraph], roster: Roster, headings: Collection[int]) -> None:
        self.roster = roster
        self.antecedents = Antecedents(paragraphs, roster.seen, headings)

    def resolve(self, frame: Frame, place: Place, said: str = "") -> tuple[Speaker, ...]:
        """The speakers of one attribution; empty when anybody of them stays unknown. ``said`` are the words."""
        found: list[tuple[Entity, Mention, Resolution]] = []
        for said_as in frame.mentions:
            mention = self._bare_surname(said_as)
            if mention.kind == "pronoun":
                antecedents = self.antecedents.of(mention, place, said, frame.words or "")
                if mention.head == "it" and not antecedents:
                    antecedents = self._body_before(place)
                hits: list[tuple[Entity, Resolution]] = [(entity, "pronoun") for entity in antecedents]
            elif mention.kind == "name":
                hits = self._name(mention, place[0])
            else:
                hits = self._nameless(mention, place)
            if not hits:
                return ()
            found.extend((entity, mention, how) for entity, how in hits)
        self.antecedents.heard([entity for entity, _, _ in found], place)
        return tuple(_speaker(entity, mention, how) for entity, mention, how in found)

    def _body_before(self, place: Place) -> list[Entity]:
        """``In a message Ferrowby FC thanked them. … it said``: the body that the sentence before begins with."""
        earlier = self.antecedents.earlier(place)
        for _ in range(2):
            if earlier is None:
                break
            par = self.antecedents.paragraphs[earlier[0]]
            first, last = par.sentences[earlier[1]]
            verb = next((n for n in range(first + 1, last) if par.tokens[n].traits & (PAST | CLAIMS)), None)
            found = (first_mention(par, first, last) or subject_before(par, first, verb)) if verb is not None else ()
            words = found[0].text.split() if len(found) == 1 and found[0].kind == "body" else []
            owned = words and words[0].lower() in lexicon.POSSESSIVES and " ".join(words[1:])[:1].islower()
            if words and not owned:  # its website Ferrowby FC is no body, Her Majesty’s Inspectorate is
                return [entity for entity, _ in self._nameless(found[0], earlier)]
            earlier = self.antecedents.earlier(earlier)
        return []

    def _bare_surname(self, mention: Mention) -> Mention:
        """``As he was led from the dock Lidster shouted``, ``In May 2023 Frayling said``: no comma parts the name."""
        *before, word = mention.text.split()
        if mention.kind not in {"noun", "body"} or not before or word.casefold() not in self.roster.names.by_last:
            return mention
        plain = word_of(before[-1])
        if plain.traits & HONORIFIC:  # read by her solicitor Mrs Brandreth said
            gender = lexicon.titles()[plain.low.rstrip(".")].gender
            return replace(mention, text=f"{before[-1]} {word}", kind="name", name=word, head="", many=False,
                           gender=gender, post=NOBODY)  # fmt: skip
        if plain.capital or plain.kind not in {WORD, NUMBER} or plain.traits & _LEADS_ON:
            return mention
        return replace(mention, text=word, kind="name", name=word, head="", many=False, post=NOBODY)

    def _name(self, mention: Mention, block: int) -> list[tuple[Entity, Resolution]]:
        if mention.full:
            words = mention.name.casefold().split()
            bearer = self.roster.names.find(words[-1]) if words[0] in lexicon.PARTICLES else None
            if bearer is not None and bearer.words[-len(words) :] == words:
                return [(bearer, "last_name")]  # Van der Berg
            return [(self.roster.add(mention), "explicit")]
        word = mention.name.casefold()
        rank = f"{mention.text.removesuffix(mention.name)} {mention.post.role or ''}".strip()
        person = self.roster.names.find(word, mention.gender, rank, (block, mention.first))
        if person is None and word in self.roster.singles:
            single = self.roster.singles[word]
            fuller = len(single.words) > 1 and single.words[-1] == word  # a statement gave the first name
            return [(single, "last_name" if fuller else "explicit")]
        if person is not None:
            how: Resolution = "last_name" if person.words[-1] == word else "first_name"
            return [(person, how)]
        if self.roster.names.knows(word):
            return []
        return [(self._single(mention), "explicit")]

    def _single(self, mention: Mention) -> Entity:
        """A name of one word that the page never gives in full: a judge, a peer, a child, a company."""
        known = self.roster.nameless.get(mention.name.casefold())
        if known is not None:
            return known
        titled = mention.text != mention.name
        body = mention.name.lower() in lexicon.body_nouns() or (mention.name.isupper() and len(mention.name) > 1)
        kind: SpeakerKind = "collective" if body and not titled else "person"
        peer = mention.text.split()[0].lower() in PEERS
        name = self.roster.full_name(mention.name) if kind == "person" else mention.name
        entity = Entity(mention.text if peer else name, kind, mention.post, mention.gender)
        return self.roster.nameless.add(mention.name.casefold(), entity)

    def _nameless(self, mention: Mention, place: Place) -> list[tuple[Entity, Resolution]]:
        first, _, rest = mention.text.casefold().partition(" ")
        key = rest if first in {"a", "an", "the"} else mention.text.casefold()
        definite = first in _DEFINITE or first in lexicon.POSSESSIVES or not rest or first.endswith(_OWNED)
        if mention.head == "honour" and len(judge := self.roster.office("judge", mention.text)) == 1:
            return [(judge[0], "pronoun")]
        if definite and (people := self._office(mention, first, rest, place)):
            return [(person, "pronoun") for person in people]
        if mention.kind == "body" and " " not in mention.text:
            person = self.roster.names.find(key)
            if person is not None:
                return [(person, "last_name" if person.words[-1] == key else "first_name")]
        if mention.kind == "body":
            full = self.roster.bodies.find(mention.head, mention.text)
            if full is not None and full.casefold() != key:
                letters = mention.text.split()[-1].isupper()
                entity = self.roster.nameless.add(full.casefold(), Entity(full, "collective", head=mention.head))
                return [(entity, "explicit" if letters else "pronoun")]
        known = self.roster.nameless.get(key)
        if known is None and mention.head in _FIRMS and rest == mention.head:
            firms = [e for e in self.antecedents.everybody
                     if e.kind == "collective" and e.name.split()[-1][:1].isupper()]  # fmt: skip
            if len(firms) == 1:
                return [(firms[0], "pronoun")]
        if known is None and definite:
            told = self.roster.unnamed.get(rest, ())  # A neighbour saw it; he said
            same = self.roster.nameless.with_head(mention.head) or [
                e for e in told if e.definite or e in self.antecedents.everybody or e.post
            ]
            if len(same) == 1 and rest == mention.head and "former" not in same[0].name.split():
                return [(same[0], "pronoun")]
            if rest in _ANYBODY and (met := self.antecedents.stranger(place, mention.gender)):
                return [(met, "pronoun")]
        if known is None:
            kind: SpeakerKind = "collective" if mention.many else "anonymous"
            known = self.roster.nameless.add(
                key, Entity(mention.text, kind, mention.post, mention.gender, head=mention.head)
            )
        return [(known, "explicit")]

    def _office(self, mention: Mention, first: str, rest: str, place: Place) -> Sequence[Entity]:
        """The people with a name whom ``the officer``, ``the couple`` or ``his wife`` means."""
        single = not rest.count(" ")
        if mention.head in _PAIRS and single and (couple := offices.couple(self.roster.pairs, mention.head)):
            return couple
        letters = mention.text.rsplit(maxsplit=1)[-1]
        if mention.kind == "body" and single and letters.isalpha() and letters.isupper():
            fits = offices.by_letters(self.roster.everybody(), mention.head)
            return fits if len(fits) == 1 else ()
        if mention.many or mention.kind != "noun":
            return ()
        fits = self.roster.office(mention.head, mention.text)
        if mention.post.organisation:
            fits = offices.of_body(fits, mention.post.organisation)
        if len(fits) > 1:
            fits = self.antecedents.nearest(fits, place)
        if len(fits) == 1:
            return fits
        latest = self.antecedents.latest(place)
        if mention.head.endswith("-year-old") or "-of-" in mention.head:  # laughed the 43-year-old, the father-of-two
            heard = self.antecedents.last
            if latest is None and len(heard) == 1 and heard[0].kind == "anonymous":
                latest = heard[0]  # The victim said … The 19-year-old added
            known = latest is None or (latest.age and "-of-" not in mention.head)
            fitting = latest is not None and (not mention.gender or latest.gender in {"", mention.gender})
            return (latest,) if latest is not None and fitting and not known and first == "the" and single else ()
        other = offices.partner(self.roster.pairs, self.roster.married, mention.head, latest)
        return (other,) if other is not None and first in lexicon.POSSESSIVES and single else ()


def _speaker(entity: Entity, mention: Mention, how: Resolution) -> Speaker:
    post = entity.post
    if mention.kind == "name" and mention.full and mention.post.role:
        post = Post(mention.post.role, mention.post.organisation or post.organisation)
    elif mention.kind == "name" and not post:
        post = mention.post
    office = entity.kind == "person" and bool(post) and entity.kin not in _PRIVATE
    return Speaker(
        name=entity.name, kind=entity.kind, mention=mention.text, role=post.role,
        organisation=post.organisation, resolution=how, official=office,
    )  # fmt: skip
