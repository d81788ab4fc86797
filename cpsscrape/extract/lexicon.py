"""Words by what they can do: verbs of saying, posts, titles, kin, bodies. The tables are the CSV files here."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

DETERMINERS = frozenset("a an the one another this that these those some both each every no".split())
POSSESSIVES = frozenset("his her their its my our your whose".split())
DETERMINING = DETERMINERS | POSSESSIVES
PRONOUNS = frozenset("he she they it we i who".split())
BE = frozenset("is are was were be been being am".split())
HAVE = frozenset("has have had having".split())
MODALS = frozenset("will would can could may might shall should must".split())
AUXILIARIES = frozenset("did does do".split()) | HAVE
NEGATIONS = frozenset("not never n’t n't neither nor denied denies refused declined failed".split())
PREPOSITIONS = frozenset(
    "of for from at with in by on to into about after before during following over under against between"
    " among through without within near outside inside across towards since until as like than via behind"
    " alongside despite amid upon regarding around beyond per".split()
)
LINKS = frozenset("of for from at with in within".split())
CONJUNCTIONS = frozenset("and but or while when as because although though if so whereas before after"
                         " where that which who whom whose what how why whether until since".split())  # fmt: skip
RELATIVES = frozenset("who which whose whom where that when".split())
# Capital only because a sentence or a list begins with them.
OPENERS = (
    DETERMINERS | POSSESSIVES | PRONOUNS | PREPOSITIONS | CONJUNCTIONS | BE | HAVE | MODALS
    | frozenset("today yesterday tomorrow earlier later afterwards meanwhile however then now yet also still"
                " last next there here yes not only both just even once again finally instead moreover"
                " nevertheless therefore thus according all many most several two three four five six seven"
                " eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
                " nobody none everybody everyone somebody someone anybody anyone nothing"
                " thirty forty fifty sixty seventy eighty ninety"
                " us them him me you i’m we’re it’s having passing his him herself himself"
                " likewise earlier elsewhere wait minutes hours moments soon eventually initially ultimately"
                " thank please dear ends updated update sentencing concluding addressing previously"
                " separately elsewhere additionally furthermore often sometimes almost nearly since"
                " monday tuesday wednesday thursday friday saturday sunday january february march april may"
                " june july august september october november december mae roedd mewn yn wrth gan ar dywedodd"
                " ychwanegodd eglurodd esboniodd cyn meddai".split())
)  # fmt: skip
# Words that make a post more exact, whatever the trade: "Deputy Chief Crown Prosecutor".
MODIFIERS = frozenset(
    "chief deputy senior junior crown district regional national local area lead leading specialist"
    " investigating prosecuting assistant acting interim managing executive general vice joint co head"
    " principal former ex retired temporary shadow permanent associate non-executive reviewing legal"
    " operational strategic divisional neighbourhood prime foreign home high special first second"
    " unit defence criminal financial technical political clinical medical research policy press media"
    " public private parliamentary honorary emeritus founding incoming outgoing then current new trainee"
    " probation prison police fire parish town borough county city team assistant-chief vice-chief state"
    " victim victims’ homicide fraud crime casework caseworker detective forensic liaison family road"
    " safeguarding communications human interior finance health education justice environment".split()
)
PARTICLES = frozenset("ó ní nic de van von der den la le al bin ibn ap ab ferch da dos du del di el ter ten y".split())


_NO_ADVERBS = frozenset(
    "family reply assembly ally bully italy july monopoly anomaly supply rally jelly belly fly butterfly jolly"
    " elderly friendly early weekly daily monthly yearly lonely ugly silly homily lily sally emily kelly holly"
    " molly polly billy willy disorderly costly deadly likely unlikely lively lovely".split()
)


def is_adverb(low: str) -> bool:
    """``slowly``, not ``family``."""
    return low.endswith("ly") and len(low) > 3 and low not in _NO_ADVERBS


class Verb(NamedTuple):
    """A form of a verb of saying. ``uses``: q takes an utterance, t a that-clause, p a fragment, r reacts."""

    base: str
    form: str
    uses: str


class Title(NamedTuple):
    """A word before a name. ``kind`` is ``honorific`` or ``rank``; ``gender`` m, f or empty."""

    kind: str
    gender: str


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one CSV file of the lexicon."""
    text = resources.files("cpsscrape.extract").joinpath("lexicon", f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Every form in lower case, with all the readings it has (``read`` is base, past and participle)."""
    found: dict[str, tuple[Verb, ...]] = {}
    for row in table("verbs"):
        for form in ("base", "third", "past", "participle", "gerund"):
            verb = Verb(row["base"], form, row["uses"])
            found[row[form]] = (*found.get(row[form], ()), verb)
    return found


@cache
def verb_forms() -> dict[str, frozenset[str]]:
    """Which forms of verbs of saying a word can be: ``past``, ``participle``."""
    return {low: frozenset(verb.form for verb in readings) for low, readings in verbs().items()}


@cache
def welsh_verbs() -> dict[str, str]:
    """Welsh forms in lower case: q takes an utterance, p a fragment, v is a verb-noun."""
    return {row["word"]: row["use"] for row in table("welsh")}


@cache
def titles() -> dict[str, Title]:
    """Honorifics and ranks in lower case, without full stop."""
    return {row["title"]: Title(row["kind"], row["gender"]) for row in table("titles")}


@cache
def postnominals() -> frozenset[str]:
    """Letters after a name, as printed."""
    return frozenset(row["letters"] for row in table("postnominals"))


@cache
def role_nouns() -> frozenset[str]:
    """The head nouns of posts and callings, singular and plural."""
    return frozenset(row[key] for row in table("roles") for key in ("noun", "plural") if row[key])


@cache
def plural_roles() -> frozenset[str]:
    """The plural ones among them."""
    return frozenset(row["plural"] for row in table("roles") if row["plural"])


@cache
def function_nouns() -> frozenset[str]:
    """Posts that are held in a field, not a body: ``Head of Fraud``, ``Minister for Victims``."""
    return frozenset(row["noun"] for row in table("roles") if row["function"])


@cache
def kin() -> dict[str, tuple[str, str]]:
    """People by their tie or plight, not by office: noun → number (``one``, ``many``) and gender."""
    return {row["noun"]: (row["number"], row["gender"]) for row in table("kin")}


@cache
def body_nouns() -> dict[str, str]:
    """The nouns that name a ``body``, a ``unit`` or an ``area``."""
    return {row["noun"]: row["kind"] for row in table("organisations")}


@cache
def document_nouns() -> frozenset[str]:
    """Things that state something: a report, a judgment, a letter."""
    return frozenset(row["noun"] for row in table("documents"))


@cache
def given_names() -> frozenset[str]:
    """Common first names, to tell ``Kate West`` from ``South West``."""
    return frozenset(row["name"] for row in table("given_names"))


@cache
def given_genders() -> dict[str, str]:
    """First names that only women (``f``) or only men (``m``) bear in Britain; ``Sam`` and ``Kiran`` are left out."""
    return {row["name"]: row["gender"] for row in table("given_names") if row["gender"]}


@cache
def short_names() -> dict[str, frozenset[str]]:
    """Short first names and the full ones they stand for, in lower case: ``steve`` → ``stephen``, ``steven``."""
    return {row["short"]: frozenset(row["full"].split()) for row in table("short_names")}


@cache
def shortened_names() -> frozenset[str]:
    """The full first names that have a short one, in lower case."""
    return frozenset().union(*short_names().values())
