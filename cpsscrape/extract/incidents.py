"""Prose that tells an incident: how it opens, what gives it away, and what announces it."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr)"
)
_SOME = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})"
# What follows in the same case: "A judge said", "A jury heard", "Two officers found", "One of them"
_NOT_NEW = (
    r"(?:judge|jury|juror|magistrate|court|hearing|search|neighbour|witness|passer|police|officer|detective"
    r"|spokes\w+"
    r"|prosecutor|further|later|second|third|year|month|week|day|number|total|confiscation|restraining"
    r"|statement|report"
    r"|few|similar|of\sthem|of\sthe)"
)
_OPENER = re.compile(
    rf"^(?:In\s(?:an?|another|one|a\s(?:further|separate|second|third|fourth|fifth|final|recent|different"
    rf"|similar|related))"
    rf"\s(?:\w+\s){{0,2}}(?:case|incident|prosecution|example|trial|matter)\b"
    rf"|Another\s(?:\w+\s){{0,2}}(?:case|incident|man|woman|defendant|example|offender)\b"
    rf"|(?:In|On)\s(?:\d{{1,2}}\s)?(?:early\s|late\s)?(?:{_MONTHS}|spring|summer|autumn|winter"
    rf"|20\d\d)(?:\s20\d\d)?(?:\slast\syear)?,?\s(?:{_SOME}\s|[A-Z])"
    rf"|(?:Last|This)\s(?:week|month|year|spring|summer|autumn|winter|{_MONTHS}),?\s(?:{_SOME}\s|[A-Z])"
    rf"|(?:Following|After)\s(?:an?|two|three|four|five|six|the)\s(?:[\w-]+\s){{0,3}}(?:trial|hearing|plea"
    rf"|investigation|prosecution)\b"
    rf"|At\s[A-Z]\w+.{{0,40}}\sCourt,?\s"
    rf"|{_SOME}\s(?!{_NOT_NEW}\b)(?:[\w’'-]+)\b"
    rf"|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{1,3}},?\s(?:\(?\d\d\)?|aged\s\d\d),"
    rf"|Mewn\s(?:achos|digwyddiad)|(?:Ym|Yn)\smis\s{_MONTHS}|Yn\sdilyn\s(?:treial|achos|gwrandawiad)"
    rf"|(?:Cafodd|Plediodd|Carcharwyd|Cafwyd)\s(?:dyn|menyw|dynes|gŵr|gwraig|dau|dwy|tri|bachgen|merch|cyn"
    rf"|gyrrwr)"
    rf"|(?:Dyn|Menyw|Dynes|Gŵr|Gwraig|Dau|Dwy|Tri|Tair|Gyrrwr)\s)",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:jailed|imprison\w+|sentence[ds]?|sentencing|convicted|conviction|pleaded|guilty|acquitted|fined"
    r"|fine\sof|prison"
    r"|custod\w+|suspended|community\sorder|referral\sorder|ordered|restraining\sorder|charged|cautioned"
    r"|disqualified|banned"
    r"|admitted|prosecut\w+|bound\sover|detention|confiscat\w+|forfeit\w*|locked\sup|life\sterm|tried"
    r"|on\strial"
    r"|carcharu|garcharu|garchar|ddedfryd\w*|dedfryd\w*|euog|ddirwy|dirwy\w*|gorchymyn|llys)\b",
    re.IGNORECASE,
)
_JUSTICE = re.compile(
    r"\b(?:court|police|jury|judge|trial|victim|defendant|offender|offence|arrest\w*|officers?|witness\w*"
    r"|evidence|attack\w*"
    r"|assault\w*|stole\w*|thefts?|robb\w+|burgl\w+|fraud\w*|murder\w*|kill\w*|threat\w*|abus\w+|hate|crime"
    r"|heddlu|dioddef\w+"
    r"|diffynnydd|tyst\w*|troseddw?\w*|rheithgor|prosecutors?|caught|seized|smuggl\w+|kept|sold|hid)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:below|the\sfollowing|following\s(?:are|is|cases|examples|prosecutions|convictions)|here\sare"
    r"|here\sis"
    r"|these\sare\s(?:some|just|a\sfew|examples|among|the)|includ(?:e[sd]?|ing)|among|examples?"
    r"|some\sof\sthe|isod|dyma"
    r"|canlynol|enghreifftiau)\b|^(?:recent|notable|other|successful)\b",
    re.IGNORECASE,
)
_OF_CASES = re.compile(
    r"\b(?:cases|case\sstudies|prosecutions|convictions|prosecuted|sentenced|convicted|courts?|orders"
    r"|sentences"
    r"|recent\sexamples|examples\s(?:of|from)\s(?:our|recent|the\scases)|achosion|two\sexamples"
    r"|three\sexamples"
    r"|enghreifftiau)\b",
    re.IGNORECASE,
)
# Words of which each lead-in holds one of either kind. None has an i: IGNORECASE takes ı for one too.
_POINTING = "below follow here these nclud among example some sod dyma canlynol enghre".split()
_POINTING_FIRST = ("recent", "notable", "other", "success")
_NAMING = "court sentence case prosecut conv order example achos enghre".split()
_NO_LEAD = re.compile(
    r"\bexamples?\sof\s(?:what|how|the\s(?!cases|prosecutions|work)\w+)|\bmembers\sof\b|\bshould\b|\bmust\b"
    r"|\brecommend\w*\b"
    r"|\bfollowing\swere\b|\bin\sthe\sfollowing\s(?:areas|ways)|\bthe\sfollowing\s(?:day|week|month|year"
    r"|morning|evening|night"
    r"|charges|offences|counts|sentences|defendants|steps|points|questions|men|women|people|forces"
    r"|organisations)\b"
    r"|\bcan\sbe\sfound\b|\b(?:see|read|watch)\s(?:our|the)\b|\bsaid\b|\bthe\ssentences\b|\bdefendants\b"
    r"|[“”\"]"
    r"|\b(?:factors|reasons|questions|offences|powers|services|types|ways)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:\binclud(?:e[ds]?|ing):?|\bfollowing:?|:|\bbelow(?:[.:]?|\sare\s.{3,200})"
    r"|\bincludes?\sthe\sfollowing[.:]?"
    r"|\b(?:here|these|below|the\sfollowing|following\s\w+)\b.{3,220}|\bamong\s(?:those|the\s\w+).{3,200}"
    r"|\bexamples?\s(?:of|from)\b.{3,120}|\bare\sgiven\b.*|\b(?:isod|dyma|canlynol)\b.{0,200})[.:]?$",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?:^|[.!?][”’\"']?\s+)([A-ZÂÊÎÔÛŴŶ“‘][^.!?]*(?:[.:!?]|$)[”’\"']?)\s*$")
_STATEMENT = re.compile(
    r"^(?:[A-Z][^.“\"]{3,160}?\b(?:CPS|Crown\sProsecut\w+|Prosecutor|Director|Minister|Commissioner|Attorney"
    r"|Solicitor\sGeneral"
    r"|Superintendent|Inspector|Constable|Detective|spokes\w+|Lead|Head\sof)\b[^.“\"]{0,160}?)"
    r"\b(?:said|says|added|commented|explained|concluded|dywedodd)\s?[:,“\"]",
)
NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")


@lru_cache(maxsize=4096)
def opens_incident(text: str) -> bool:
    """Whether a paragraph begins a new incident and does not go on with the last one."""
    return _OPENER.match(text) is not None


@lru_cache(maxsize=4096)
def tells_incident(text: str) -> bool:
    """Whether a paragraph tells what somebody did and what came of it, in whole sentences."""
    if text.count(" ") < 7 or text[0] in '“"‘' or text.rstrip("”’\"')")[-1:] not in (".", "!", "?"):
        return text.endswith(":") and opens_incident(text)
    return _OUTCOME.search(text) is not None or (_JUSTICE.search(text) is not None and _is_past(text))


def has_outcome(text: str) -> bool:
    """Whether a paragraph says how a case ended."""
    return _OUTCOME.search(text) is not None


def _is_past(text: str) -> bool:
    return (
        re.search(r"\b(?:was|were|had|did|roedd|oedd|cafodd|bu)\b|\w(?:ed|old|ook|ent|ote|ound|ept|ade)\b", text)
        is not None
    )


def leads_in(text: str) -> bool:
    """Whether a paragraph announces cases, as ``Below are some examples of recent cases`` does.

    It is the last sentence that counts; what follows must still tell incidents.
    """
    if len(text) < 12 or text[-1] in '”"' or text.count("“") > text.count("”"):
        return False  # a sentence in marks announces nothing
    sentence = _last_sentence(text[-400:])
    return (
        _may_lead_in(sentence.casefold())
        and _POINTS.search(sentence) is not None
        and _OF_CASES.search(sentence) is not None
        and _NO_LEAD.search(sentence) is None
        and _ENDING.search(sentence) is not None
    )


def _last_sentence(text: str) -> str:
    """The last sentence, or all of a text that does not end with a whole one."""
    told = text.rstrip()
    # It begins behind the last mark but the final one: from there the pattern has not far to go.
    before = max(told.rfind(".", 0, -2), told.rfind("!", 0, -2), told.rfind("?", 0, -2), 0)
    match = _LAST_SENTENCE.search(text, before)
    return match[1] if match else text


def _may_lead_in(folded: str) -> bool:
    """A quick look at the words: the patterns run on the few sentences that have them."""
    return _holds(folded, _NAMING) and (folded.startswith(_POINTING_FIRST) or _holds(folded, _POINTING))


def _holds(folded: str, words: list[str]) -> bool:
    for word in words:  # noqa: SIM110 # any() takes twice the time, and every paragraph comes here
        if word in folded:
            return True
    return False


def is_statement(text: str) -> bool:
    """Whether a paragraph is an official's statement, with which a story goes on after its cases."""
    return _STATEMENT.match(text[:400]) is not None
