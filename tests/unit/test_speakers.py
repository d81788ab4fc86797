"""Who speaks, in sentences of the kinds that press offices write: paragraphs, then the speaker of each quote."""

from __future__ import annotations

import pytest

from cpsscrape.extract.quotes import find_quotes

OFFICES = """
Carl Moss, Senior Investigating Officer, led the case. | “It was hard,” the SIO said. => Carl Moss
Ann Lee, of CPS Wessex, opened the case. | “It was hard,” the prosecutor said. => Ann Lee
Bob Dean, defending, said: “One.” | The barrister said: “Two.” => Bob Dean; Bob Dean
Rita Bell is the Chief Crown Prosecutor for Wessex. | “One,” said the CCP. => Rita Bell
“One,” said the Director of Public Prosecutions. | Max Orr is the Director of Public Prosecutions. => Max Orr
The Solicitor General said: “One.” | Kate Fenn KC MP, the Solicitor General, was in court. => Kate Fenn
Sam Pitt, chief executive of Open Door, said: “One.” | The charity’s chief executive added: “Two.” => Sam Pitt; Sam Pitt
Labour’s Jess Oram spoke. | “One,” the MP said. => Jess Oram
Ann Lee, who was mayor until May, spoke. Bob Dean, the Mayor, wept. | The former mayor said: “One.” => Ann Lee
Elspeth Zeller, headteacher of Marsh Lane Academy, wept. | “One,” said the head. => Elspeth Zeller
The Home Secretary has won. | Eve Hall told MPs: “One.” | The Home Secretary said: “Two.” => Eve Hall; Eve Hall
A builder has been jailed. | Joe Vane, 51, fled. | Joan Kettle, 83, wept. | “One,” the builder said. => Joe Vane
"""

TIES = """
Jill Ames, whose daughter Tess was killed, spoke. | “One,” the mother of two said. => Jill Ames
Ed Sallow lost his wife in the crash. | “One,” said the widower. => Ed Sallow
His wife said: “One.” | Ann Fenby, who was married to Alan for 41 years, wept. => Ann Fenby
His widow, Jill Ames, said: “One.” | His wife of 40 years added: “Two.” => Jill Ames; Jill Ames
Brothers Shane and Lee Catlow fled. | In a statement the brothers said: “One.” => Shane Catlow & Lee Catlow
The boy’s mother wept. She said: “One.” | “Two,” his mother said. => The boy’s mother; The boy’s mother
Jo Dacre farms. | Her husband, Ed Dacre, came. “One,” he said. | His wife added: “Two.” => Ed Dacre; Jo Dacre
Iryna and Olha Bor, sisters from Lviv, won. | “One,” they said. | “Two,” Olha said. => Iryna Bor & Olha Bor; Olha Bor
His wife of 40 years, Jill Ames, wept. | “One,” his widow said. => Jill Ames
"""

SHORT_FORMS = """
PC Simon Lath and his wife, Kirsty Lath, came. | PC Lath said: “One.” => Simon Lath
Miss Ivy Nesbit died. Her niece, Clara Nesbit, wept. | Ms Nesbit said: “One.” => Clara Nesbit
Joe Vane was jailed. | Vane said: “One.” | His wife, Ann Vane, said: “Two.” => Joe Vane; Ann Vane
Captain João Carlos Pinheiro told the court: “One.” | “Two,” he added. => João Carlos Pinheiro; João Carlos Pinheiro
As he was led down Dix shouted: “One.” | Aaron Dix was jailed. => Aaron Dix
Andile Vorster won. | “One,” said Vorster. => Andile Vorster
Marek Lidster was jailed. | As he was led from the dock Lidster shouted: “One.” => Marek Lidster
“Carla Renshaw lied,” said Bob Dean. | Renshaw, 37, wrote: “One thing.” => Bob Dean; Carla Renshaw
Ann Brand was there. | In a statement read by her solicitor Mrs Brand said: “One.” => Ann Brand
Norbert Leo Butz sings. | Leo Butz said: “One.” | “Two,” Butz said. => Norbert Leo Butz; Norbert Leo Butz
"""

PRONOUNS = """
Prosecutor Owen Sharp asked Ian Dodd if he was sorry. “No,” he answered. => Ian Dodd
Ian Dodd was asked by Owen Sharp if he was sorry. “No,” he replied. => Ian Dodd
Lekan, 15, carried her bag. He said: “One.” => Lekan
The victim met Joe Vane online. | He told her: “One.” | She told the court: “Two.” => Joe Vane; The victim
Ann Lee went to Bob Dean’s house. | “One,” he said. | Tom Fox spoke of Bob Dean. | “Two,” he said. => Bob Dean; Tom Fox
Ann Lee came to South Carolina. | “One,” she said. => Ann Lee
Consultant Uchenna Madu shared an office with her. “One,” he said. => Uchenna Madu
Ann Lee wept. She learned it from a customer. “One,” she said. => Ann Lee
Maud Ettrick lost all. In a note handed to the judge, she wrote: “One.” | Judge Iris Strand nodded. => Maud Ettrick
Ann Lee lied. When a trustee asked, she told him: “One.” => Ann Lee
Mark Fry has retired. His first trial was that of a man from Leeds. “One,” he said. => Mark Fry
Mark Fry spoke. He praised Bob Dean, whose work he called “a thing of beauty”. => Mark Fry
The Northmere Trust thanked them. “One thing,” it said. => The Northmere Trust
The victim told the court: “One.” | The 19-year-old added: “Two.” => The victim; The victim
Judge Guy Crane was brief. | His Honour said: “One.” => Guy Crane
"""

PHRASES = """
A neighbour in Mill Lane said: “One thing.” => A neighbour
The report by HMCPSI said: “One thing.” => The report
A specialist prosecutor in the Fraud Division said: “One thing.” => A specialist prosecutor
The man accused of killing Ann Lee said: “One thing.” => The man
A woman rescued from the house said: “One thing.” => A woman
A lawyer acting for Mr Dean said: “One thing.” => A lawyer
A spokesman for Mr Dean said: “One thing.” => A spokesman for Mr Dean
Another source speaking to Fen Radio said: “One thing.” => Another source
The trust that runs the hospital said: “One thing.” => The trust
Two of the women said: “One thing.” => Two of the women
Hospital bosses said: “One thing.” => Hospital bosses
Verano executives said: “One thing.” => Verano executives
Prosecution counsel said: “One thing.” => Prosecution counsel
Ann Lee, representing Mr Dean, said: “One thing.” => Ann Lee
In a statement read by her solicitor, Ann Lee, the boy’s mother said: “One thing.” => the boy’s mother
The parents of one of the victims, Jamie Lyle, said: “One thing.” => The parents of one of the victims
Xiomara Beale from Victim Support said: “One thing.” => Xiomara Beale
“One thing,” said a relieved Bob Dean. => Bob Dean
“One thing,” said the solicitor for Ms Lee. => the solicitor for Ms Lee
The family of Tess Ames have released this statement: | “It is a good day for justice.” => The family of Tess Ames
Minutes later, Ann Lee got up, saying: “It is a good day.” => Ann Lee
When Bob Dean spoke of ghosts, Ann Lee shot back: “It is a good day.” => Ann Lee
"""

QUESTIONS = """
Rovers lost. | Their captain, Bruno Vane, shook his head: “We were unlucky.” => Bruno Vane
Help is there. | Victim Support’s Alex Moy said: “Victims wait too long.” => Alex Moy
“Who did this?” Ann Lee asked the court. => Ann Lee
“Get off my boat!” Dean Kilroe shouted at a visitor. => Dean Kilroe
"""

POSTS = """
Chief Constable Ali West of Kent Police and CCP Kim Poole of CPS Wessex said: “One.” => Ali West & Kim Poole
Max Orr, CPS lead for rape and sexual offences (RASSO) and Chief Prosecutor for CPS Wessex, said: “One.” => Max Orr
Ann Reddy, of the Rape and Serious Sexual Offences (RASSO) unit at CPS Wessex, said: “One.” => Ann Reddy
“One,” said Rovers manager Danny Pell. => Danny Pell
Director of Public Prosecutions Rafe Lind and Chief Constable Odette Marsh said: “One.” => Rafe Lind & Odette Marsh
Lachlan Mbeki, chair of the group Open Cells, was there. “One thing,” he said. => Lachlan Mbeki
In a statement Brightwater Women’s Line said: “One thing.” => Brightwater Women’s Line
The Justice Ledger, a think tank, said: “One thing.” => The Justice Ledger
Oakhanger and Vale Hospitals Trust said: “One thing.” => Oakhanger and Vale Hospitals Trust
“One thing,” his father, Digby Penhale, told the inquest. => Digby Penhale
"""

LINES_BEHIND = """
“One thing is sure.” | The words are those of Hetty Orme, who wept. => Hetty Orme
“One thing. | “Another thing.” | So said Ann Lee, whose son was 19. => Ann Lee
“One thing is sure.” | The speaker was Zainab Murtagh, 22. => Zainab Murtagh
“One thing is sure.” | This was Teddy, aged 8. => Teddy
"""

WELSH = """
Dywedodd Prif Erlynydd y Goron, Huw Prys: “Un peth.” | “Dau,” meddai Mr Prys. => Huw Prys; Huw Prys
Dywedodd y barnwr wrtho: “Un peth.” => y barnwr
“Un peth,” ychwanegodd ei wraig, Mair. => Mair
Dywedodd Comisiynydd yr Heddlu a Throsedd, Huw Prys: “Un peth.” => Huw Prys
Yn ôl Mererid Elfyn, cadeirydd Cronfa’r Dyffryn, roedd yr arian wedi mynd. => Mererid Elfyn
“Un peth,” meddai’r Parchedig Meilyr Pennant. => Meilyr Pennant
"""


def cases(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


def speakers(story: str, language: str = "en") -> list[str]:
    quotes = find_quotes(story.split(" | "), language)
    return [" & ".join(speaker.name for speaker in quote.speakers) for quote in quotes]


@pytest.mark.parametrize(
    "case", cases(OFFICES + TIES + SHORT_FORMS + PRONOUNS + PHRASES + QUESTIONS + POSTS + LINES_BEHIND)
)
def test_who_speaks(case: str) -> None:
    story, _, names = case.partition(" => ")
    assert speakers(story) == names.split("; ")


@pytest.mark.parametrize("case", cases(WELSH))
def test_who_speaks_in_welsh(case: str) -> None:
    story, _, names = case.partition(" => ")
    assert speakers(story, "cy") == names.split("; ")


@pytest.mark.parametrize(
    ("attribution", "role", "organisation"),
    [
        (
            "Ann Lee, District Crown Prosecutor and hate crime coordinator for CPS Wessex, said: “One.”",
            "District Crown Prosecutor and hate crime coordinator",
            "CPS Wessex",
        ),
        ("The hospice’s chief executive, Ann Lee, said: “One.”", "chief executive", "The hospice"),
        ("Bob Dean’s solicitor, Ann Lee, said: “One.”", "solicitor", None),
        ("Jordan’s partner, Ann Lee, said: “One.”", None, None),
        ("Ann Lee, director of Second Platform, said: “One.”", "director", "Second Platform"),
        ("Captain Ann Lee, of Provincial Water Rescue, said: “One.”", "Captain", "Provincial Water Rescue"),
        ("For CPS Wessex, Senior Crown Prosecutor Ann Lee said: “One.”", "Senior Crown Prosecutor", "CPS Wessex"),
        ("“One thing,” says artistic director Ann Lee.", "artistic director", None),
        ("Ann Lee, head of the Health and Safety Executive, said: “1.”", "head", "the Health and Safety Executive"),
    ],
)  # fmt: skip
def test_in_which_post(attribution: str, role: str | None, organisation: str | None) -> None:
    (quote,) = find_quotes([attribution])
    (speaker,) = quote.speakers
    assert (speaker.name, speaker.role, speaker.organisation) == ("Ann Lee", role, organisation)
