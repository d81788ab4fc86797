from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cpsscrape.extract.quotes import find_quotes, find_quotes_in_blocks
from cpsscrape.items import Block

if TYPE_CHECKING:
    from cpsscrape.items import Quote, QuotedTerm, Speaker


def only(*paragraphs: str, language: str = "en") -> Quote:
    quotes = find_quotes(paragraphs, language)
    assert len(quotes) == 1, [q.text for q in quotes]
    return quotes[0]


def speaker(text: str, language: str = "en") -> Speaker:
    quote = only(text, language=language)
    assert len(quote.speakers) == 1, quote
    return quote.speakers[0]


def terms(*paragraphs: str) -> tuple[QuotedTerm, ...]:
    blocks = []
    start = 0
    for text in paragraphs:
        blocks.append(Block(kind="paragraph", text=text, start=start, end=start + len(text)))
        start += len(text) + 2
    return find_quotes_in_blocks(blocks)[1]


@pytest.mark.parametrize(
    ("attribution", "name", "role", "organisation"),
    [
        ("Mark Grey, Director of Operations, Digital & Commercial at the CPS, said", "Mark Grey",
         "Director of Operations, Digital & Commercial", "the CPS"),
        ("Siobhan Bligh, Senior Crown Prosecutor for CPS Wessex, said", "Siobhan Bligh", "Senior Crown Prosecutor",
         "CPS Wessex"),
        ("Detective Inspector Ann Lee, of Northmere Police, said", "Ann Lee", "Detective Inspector",
         "Northmere Police"),
        ("Jo Day, Head of the CPS Special Crime Division, said", "Jo Day", "Head", "the CPS Special Crime Division"),
        ("Jo Day, Head of the Fraud Unit at CPS Wessex, said", "Jo Day", "Head", "the Fraud Unit at CPS Wessex"),
        ("Head of the Unit in Wessex, Jo Day, said", "Jo Day", "Head", "the Unit in Wessex"),
        ("HMCPSI’s Chief Inspector, Jo Day, said", "Jo Day", "Chief Inspector", "HMCPSI"),
        ("CPS Cymru-Wales prosecutor Jo Day said", "Jo Day", "prosecutor", "CPS Cymru-Wales"),
        ("Chief Crown Prosecutor for the North West, Jo Day, said", "Jo Day", "Chief Crown Prosecutor",
         "the North West"),
        ("Jo Day, from the CPS, said", "Jo Day", None, "the CPS"),
        ("Jo Day, National CPS Lead for Hate Crime, said", "Jo Day", "National CPS Lead for Hate Crime", None),
        ("Jo Day, 45, of Ferrowby, said", "Jo Day", None, None),
        ("Jo Day, the boy’s mother, said", "Jo Day", None, None),
        ("Senior Investigating Officer Detective Superintendent Jo Day said", "Jo Day",
         "Senior Investigating Officer Detective Superintendent", None),
        ("Solicitor General, Jo Day KC MP, said", "Jo Day", "Solicitor General", None),
        ("Responding to the sentence, Zorah Quint, Chief Executive of Victim Support, said", "Zorah Quint",
         "Chief Executive", "Victim Support"),
        ("Zorah Quint Senior Crown Prosecutor for CPS South East said", "Zorah Quint", "Senior Crown Prosecutor",
         "CPS South East"),
        ("Mr Justice Hale said", "Hale", "Mr Justice", None),
        ("Lord Ashby said", "Lord Ashby", None, None),
        ("A spokesperson for CPS Wessex said", "A spokesperson for CPS Wessex", "spokesperson", "CPS Wessex"),
        ("A CPS spokesperson said", "A CPS spokesperson", "spokesperson", "CPS"),
        ("In a statement read by prosecutors, the boy’s mother said", "the boy’s mother", None, None),
        ("The victim, who cannot be named, said", "The victim", None, None),
        ("Her family said", "Her family", None, None),
        ("Northmere Police said", "Northmere Police", None, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("seam", [": “{}”", " “{}”"])
def test_who_speaks(attribution: str, name: str, role: str | None, organisation: str | None, seam: str) -> None:
    found = speaker(attribution + seam.format("We will act on this."))
    assert (found.name, found.role, found.organisation) == (name, role, organisation)


@pytest.mark.parametrize(
    ("text", "cue", "attribution"),
    [
        ("“We will act,” said Ann Lee.", "said", "after"),
        ("“We will act,” Ann Lee told reporters.", "told", "after"),
        ("“We will act,” she added.", "added", "none"),
        ("“We will act,” said Ann Lee. “We must.”", "said", "split"),
        ("“We will,” Ann Lee said, “act on this.”", "said", "split"),
        ("Ann Lee, commenting on the case: “We will act.”", "commenting", "before"),
        ("Ann Lee: “We will act.”", None, "before"),
        ("Ann Lee welcomed the sentence. “We will act.”", None, "before"),
        ("Ann Lee went on to say: “We will act.”", "say", "before"),
        ("“We will act,” he went on.", "went on", "none"),
    ],
)
def test_cue_and_attribution(text: str, cue: str | None, attribution: str) -> None:
    quote = only(text)
    assert (quote.kind, quote.cue, quote.attribution) == ("direct", cue, attribution)


def test_an_attribution_alone_belongs_to_the_next_block() -> None:
    quote = only("Ann Lee, of the CPS, said:", "“One.", "“Two.”", "“Three.”")
    assert (quote.attribution, len(quote.pieces), quote.speakers[0].name) == ("previous_block", 3, "Ann Lee")


def test_a_new_verb_of_saying_opens_a_new_quote() -> None:
    quotes = find_quotes(["“One,” said Ann Lee, adding: “Two.” She concluded: “Three.”"])
    assert [(q.cue, q.speakers[0].name) for q in quotes] == [
        ("said", "Ann Lee"), ("adding", "Ann Lee"), ("concluded", "Ann Lee"),
    ]  # fmt: skip


def test_short_forms_find_their_person_before_and_after() -> None:
    quotes = find_quotes(
        [
            "“It was grave,” said Mr Dean.",
            "Robert Dean, Head of Fraud at CPS Wessex, prosecuted Ann Lee.",
            "Lee told officers she was “sorry”. She added: “I mean it.”",
        ]
    )
    assert [(q.speakers[0].name, q.speakers[0].resolution) for q in quotes] == [
        ("Robert Dean", "last_name"), ("Ann Lee", "last_name"), ("Ann Lee", "pronoun"),
    ]  # fmt: skip
    assert quotes[0].speakers[0].role == "Head of Fraud"


def test_two_people_of_one_name_are_nobody() -> None:
    quote = find_quotes(["Ann Lee and Bob Lee ran a shop.", "“It was ours,” Lee said."])[0]
    assert (quote.speakers, quote.attribution) == ((), "none")


def test_an_office_finds_its_holder() -> None:
    quotes = find_quotes(["Ann Lee, the Director of Public Prosecutions, spoke.", "“We will act,” the DPP said."])
    assert (quotes[-1].speakers[0].name, quotes[-1].speakers[0].resolution) == ("Ann Lee", "pronoun")


def test_joint_speakers_share_their_body() -> None:
    quote = only("Inspector Ann Lee and Sergeant Bob Dean, of Northmere Police, said: “We will act.”")
    assert [(s.name, s.role, s.organisation) for s in quote.speakers] == [
        ("Ann Lee", "Inspector", "Northmere Police"), ("Bob Dean", "Sergeant", "Northmere Police"),
    ]  # fmt: skip


def test_a_couple_shares_its_surname() -> None:
    quote = only("John and Mary Ellis said: “We miss him.”")
    assert [(s.name, s.mention) for s in quote.speakers] == [("John Ellis", "John"), ("Mary Ellis", "Mary Ellis")]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “nerdy kid” left.",
        "The gang was known as “the firm”.",
        "He was described as “frail”.",
        "The jury was told that it was “cuckooing”.",
        "A sign reading “Closed” hung there.",
        "Detectives ran “Operation Lark” for a year.",
        "Officers said the “county lines” gang was gone.",
    ],
)
def test_terms_have_no_speaker(text: str) -> None:
    assert len(terms(text)) == 1
    assert find_quotes([text]) == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ann Lee called it “cruel” and “cold”.", [["cruel", "cold"]]),
        ("Ann Lee said it was “cruel” and warned of “worse to come”.", [["cruel"], ["worse to come"]]),
        ("The attack was described by the judge as “callous”.", [["callous"]]),
        ("It was “cruel”, according to Ann Lee.", [["cruel"]]),
        ("HMCPSI notes how it “acted as a catalyst”.", [["acted as a catalyst"]]),
    ],
)
def test_fragments_are_partial(text: str, pieces: list[list[str]]) -> None:
    quotes = find_quotes([text])
    assert {q.kind for q in quotes} == {"partial"}
    assert [[p.text for p in q.pieces] for q in quotes] == pieces


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ms Lee told the court that he had lied.", "he had lied"),
        ("Ms Lee said that he had lied, but the jury believed him.", "he had lied"),
        ("According to Ms Lee, he had lied.", "he had lied"),
        ("He had lied, according to Ms Lee.", "He had lied"),
    ],
)
def test_clear_reports_are_indirect(text: str, words: str) -> None:
    quote = only(text)
    assert (quote.kind, quote.text) == ("indirect", words)


@pytest.mark.parametrize(
    "text",
    [
        "Ms Lee did not say that he had lied.",
        "Ms Lee will argue that he had lied.",
        "The court heard that he had lied.",
        "It was said that he had lied.",
        "According to the figures, crime fell.",
        "Ms Lee said he had lied.",
    ],
)
def test_what_is_not_clear_is_no_report(text: str) -> None:
    assert find_quotes([text]) == ()


def test_welsh() -> None:
    found = speaker("Dywedodd Non Parry, Uwch Erlynydd y Goron ar gyfer CPS Cymru-Wales: “Diolch i bawb.”", "cy")
    assert (found.name, found.role, found.organisation) == ("Non Parry", "Uwch Erlynydd y Goron", "CPS Cymru-Wales")
    assert only("“Diolch,” meddai Non Parry. “Diolch.”", language="cy").attribution == "split"


def test_only_an_office_makes_a_speaker_official() -> None:
    assert speaker("Ann Lee, of Northmere Police, said: “We will act.”").official
    assert not speaker("Ann Lee, the boy’s mother, said: “We miss him.”").official
    assert not speaker("A CPS spokesperson said: “We will act.”").official


def test_notes_introduce_people_but_carry_no_quotes() -> None:
    text = "“We will act,” said Mr Dean."
    blocks = [
        Block(kind="paragraph", text=text, start=0, end=len(text)),
        Block(kind="paragraph", text="Robert Dean, of the CPS, said: “No.”", section="notes"),
    ]
    quotes, _ = find_quotes_in_blocks(blocks)
    assert [q.speakers[0].name for q in quotes] == ["Robert Dean"]


def test_a_pull_quote_is_no_second_quote() -> None:
    quotes = find_quotes(
        ["Ann Lee said: “It was a grave crime. We will act.”", "He was jailed.", "“It was a grave crime”"]
    )
    assert len(quotes) == 1


@given(st.lists(st.text(alphabet="aA b.,:?!“”\"‘’'said\n", max_size=60), max_size=6))
@settings(max_examples=150, deadline=None)
def test_offsets_hold_on_anything(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)
    for quote in find_quotes(paragraphs):
        assert body[quote.start : quote.end]
        for piece in quote.pieces:
            assert piece.text == body[piece.start : piece.end]
            assert quote.start <= piece.start < piece.end <= quote.end


@pytest.mark.parametrize("text", ["“", "said ", "He said that ", "Ann Lee, ", "said: “a” ", "’s "])
def test_a_megabyte_takes_under_a_second(text: str) -> None:
    begin = time.process_time()
    find_quotes([text * (1_000_000 // len(text))])
    assert time.process_time() - begin < 1


def test_a_thousand_paragraphs_take_linear_time() -> None:
    begin = time.process_time()
    quotes = find_quotes(["Dear colleagues,", *["“We wrote to you in spring."] * 1000])
    assert len(quotes) == 1
    assert time.process_time() - begin < 2


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Zebra{} quick foxes jumped.”",
        "The Director of Zebra{0} told the court: “It was {0}.”",
        "The firm Z{0} said: “No.”",
        "Mrs Z{0} added: “No.”",
    ],
    ids=["pull-quotes", "offices", "firms", "surnames"],
)
def test_paragraphs_without_end_cost_what_their_number_costs(paragraph: str) -> None:
    def seconds(count: int) -> float:
        paragraphs = [paragraph.format(letters(number)) for number in range(count)]
        begin = time.process_time()
        find_quotes(paragraphs)
        return time.process_time() - begin

    seconds(500)  # what the first call alone costs
    assert seconds(8_000) < 100 * max(seconds(500), 0.005)  # sixteen times as many: linear is 16, quadratic 256


def named(*paragraphs: str, language: str = "en") -> list[list[str]]:
    """The names of the speakers of every quote."""
    return [[s.name for s in quote.speakers] for quote in find_quotes(paragraphs, language)]


ANN, BOB = "Ann Lee, a nurse, met Bob Dean, a builder, at the gate.", "Bob Dean met Kiran Rai at the gate."


@pytest.mark.parametrize(
    ("paragraphs", "last"),
    [
        ([ANN, "“Wait,” she said."], ["Ann Lee"]),
        ([ANN, "“Wait,” he said."], ["Bob Dean"]),
        ([BOB, "“Wait,” she said."], ["Kiran Rai"]),
        (["The prize went to Kiran Rai and Alex Poe.", "“Wait,” she said."], []),
        (["Mrs Robin Poe met Sam Orr, whose wife was ill.", "“Wait,” she said."], ["Robin Poe"]),
        (["Andrea Poli, the boy’s father, met Jo Day.", "“Wait,” he said."], ["Andrea Poli"]),
    ],
)
def test_first_names_tell_gender_and_the_text_beats_them(paragraphs: list[str], last: list[str]) -> None:
    assert named(*paragraphs)[-1] == last


@pytest.mark.parametrize(
    "death",
    ["The murder of Ann Lee shocked the village.", "Ann Lee was found dead in May.", "Ann Lee, 41, died at the scene.",
     "He admitted murdering Ann Lee."],
)  # fmt: skip
def test_the_dead_speak_no_more(death: str) -> None:
    found = named("Eve Moss, of CPS Wessex, thanked the police.", f"{death} “We acted at once,” she said.")
    assert found in ([["Eve Moss"]], [[]])


@pytest.mark.parametrize(
    ("introduction", "phrase", "name"),
    [
        ("Detective Sergeant Ann Lee led the inquiry.", "The officer", "Ann Lee"),
        ("Prosecutor Ann Lee opened the case.", "The prosecutor", "Ann Lee"),
        ("Ann Lee, a teacher, saw the fire.", "The teacher", "Ann Lee"),
        ("Ann Lee, 81, saw the fire.", "The pensioner", "Ann Lee"),
        ("Teaching assistant Jo Day was with the Rev Ann Lee.", "The vicar", "Ann Lee"),
        ("Jo Day walked in with the mayor, Councillor Ann Lee.", "The mayor", "Ann Lee"),
        ("A baker who lied to the taxman has been jailed. Ann Lee, 40, hid £9,000.", "The baker", "Ann Lee"),
        ("Craig and Ann Lee kept bees.", "His wife", "Ann Lee"),
        ("Police met Jo Day. Justice minister Ann Lee called for calm.", "The minister", "Ann Lee"),
    ],
)
def test_definite_phrases(introduction: str, phrase: str, name: str) -> None:
    assert named(introduction, f"{phrase} said: “It was late.”") == [[name]]


def test_a_phrase_that_fits_two_people_names_neither() -> None:
    found = named("PC Ann Lee and Sergeant Bob Dean came.", "The officer said: “It was late.”")
    assert found == [["The officer"]]


@pytest.mark.parametrize(
    "phrase", ["they said", "the couple said", "the pair said"],
)  # fmt: skip
def test_two_people_introduced_together_speak_together(phrase: str) -> None:
    found = named("Ann Lee, 61, and Bob Dean, 58, ran the shop for years.", f"“We are tired,” {phrase}.")
    assert found == [["Ann Lee", "Bob Dean"]]


def test_names_shared_by_two() -> None:
    page = ("Bob Dean hid behind his mother, Ann Dean.", "“I hid,” said Mr Dean.", "“He hid,” said Mrs Dean.",
            "“Nobody hid,” said Dean.")  # fmt: skip
    assert named(*page) == [["Bob Dean"], ["Ann Dean"], []]
    assert named("Bob Dean came with his wife, Ann.", "Mrs Dean said: “We came.”") == [["Ann Dean"]]
    assert named("Ivor Dean, 62, died in June.", "His son, Peter Dean, wept.", "Mr Dean said: “So sad.”") == [
        ["Peter Dean"]
    ]
    assert named("Stephen Orr likes string.", "“I do,” says Steve.") == [["Stephen Orr"]]


def test_who_owns_a_relation_is_not_who_acts() -> None:
    assert named("Miss Garner’s niece, Laura Beech, grew suspicious.", "“He lied,” she said.") == [["Laura Beech"]]


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    found = named("Bob Dean met Ann Lee, 78, at a dance and told her that he was a pilot.")
    assert found == [["Bob Dean"]]


def test_an_apposition_is_no_speaker() -> None:
    assert named("One victim, a man of 43, said: “I fled.”") == [["One victim"]]
    assert named("Open Doors East, a charity, said: “It is late.”") == [["Open Doors East"]]
    assert named("Fans’ group Rovers Voice said: “It is late.”") == [["Rovers Voice"]]


def test_welsh_short_forms() -> None:
    page = ("Dywedodd Non Parry, Uwch Erlynydd y Goron: “Roedd hon yn drosedd.”",
            "Dywedodd y Ditectif Arolygydd Gethin Morris: “Da iawn.”", "“Diolch,” meddai ef.",
            "“Diolch,” meddai’r swyddog.", "Ychwanegodd yr erlynydd: “Hwyl.”", "“Nos da,” meddai hi.")  # fmt: skip
    morris, parry = ["Gethin Morris"], ["Non Parry"]
    assert named(*page, language="cy") == [parry, morris, morris, morris, parry, parry]


@pytest.mark.parametrize(
    ("attribution", "name"),
    [
        ("A man who was in the shop said", "A man"),
        ("The paramedic who treated her said", "The paramedic"),
        ("Dog walker Quill Barnet, who found the body, said", "Quill Barnet"),
        ("Speaking outside court, the victim’s brother Quill Barnet said", "Quill Barnet"),
        ("As he was led away Quill Barnet shouted", "Quill Barnet"),
        ("Labour’s Jess Okoro told reporters", "Jess Okoro"),
        ("Statement from Ann Lee’s family", "Ann Lee’s family"),
    ],
)
def test_speakers_within_longer_phrases(attribution: str, name: str) -> None:
    assert speaker(f"{attribution}: “It was late.”").name == name


def test_the_company_is_the_one_the_story_begins_with() -> None:
    page = (
        "Northmoor Rail Group made a loss.",
        "Pellingham Securities sold its shares.",
        "The company called it “bad”.",
    )
    assert named(*page) == [["Northmoor Rail Group"]]


def test_somebody_without_a_name_stays_the_same() -> None:
    assert named("A neighbour saw it. “Odd,” he said.", "The neighbour added: “Very.”") == [["A neighbour"]] * 2


@pytest.mark.parametrize("line", ["LEEDS – ", "NEW YORK (AP) — ", "ST. IVES, Nov. 3 (Reuters) - "])
def test_a_dateline_names_nobody(line: str) -> None:
    text = f"{line}Chief Inspector Ivo Larch defended the raid on Tuesday, telling reporters it was “long overdue”."
    assert speaker(text).name == "Ivo Larch"


_WORDS = st.sampled_from(
    "“Yes,” “Go away.” ‘Never’ “ ” ’ ’s said told asked added , . : ; ( ) – & and of for at the a his who was Mr DCI"
    " Ann Lee Chief Crown Prosecutor CPS Wessex mother spokesman according to in words behalf on both, 34 judge"
    " Constable called described as by that “cruel” Labour’s Northmere Council statement: tribute paid".split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=14), max_size=5))
@example([["A", "says", "“surplus", "requirements‘."], ["upstairs,”", "she", "said."]])  # whom the story begins with
def test_no_order_of_words_brings_it_down(paragraphs: list[list[str]]) -> None:
    texts = [" ".join(words) for words in paragraphs]
    body = "\n\n".join(texts)
    for quote in find_quotes(texts):
        assert all(body[piece.start : piece.end] == piece.text for piece in quote.pieces)


@pytest.mark.parametrize(
    ("attribution", "name"),
    [
        ("said neighbour Pat Quill", "Pat Quill"),
        ("said her friend Oyelaran Bassey", "Oyelaran Bassey"),
        ("asked resident Abdul Karim, 61", "Abdul Karim"),
        ("said 43-year-old Wanda Fisk", "Wanda Fisk"),
        ("said Gemma’s brother Luke", "Luke"),
        ("said Senator Dale Orton, R-Ohio", "Dale Orton"),
    ],
)
def test_a_name_after_a_plain_noun_and_after_its_verb(attribution: str, name: str) -> None:
    found = speaker(f"“It was an awful morning,” {attribution}.")
    assert (found.name, found.kind) == (name, "person")


def test_a_name_after_the_kind_of_a_body_is_the_body() -> None:
    assert speaker("“It was an awful morning,” said the charity Harbour Lights.").kind == "collective"


def test_what_somebody_did_is_no_part_of_the_name() -> None:
    text = "Their staff rang 26,000 people, most of them over 75, and told them that the cover was about to run out."
    assert speaker(text).name == "Their staff"
