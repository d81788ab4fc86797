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
            raise ValueError(f"articles/{self.slug}.txt holds {self.old!r} {text.count(self.old)} times, not once")
        return text.replace(self.old, self.new)


REVISIONS = (
    Revision(
        slug="thieves-who-stripped-lead-from-forty-churches-jailed",
        kind="word",
        old="posed as visitors",
        new="posed as walkers",
    ),
    Revision(
        slug="student-who-shared-terror-manuals-jailed",
        kind="quote",
        old="proud of his catalogue",
        new="proud of his collection",
    ),
    Revision(
        slug="call-centre-that-sold-useless-insurance-shut-down",
        kind="number",
        old="Their staff rang 26,000 people",
        new="Their staff rang 27,400 people",
    ),
    Revision(
        slug="four-charged-over-death-of-apprentice-at-boatyard",
        kind="date",
        old="magistrates on 1 October 2026.",
        new="magistrates on 8 October 2026.",
    ),
    Revision(
        slug="prosecutors-and-police-agree-joint-plan-for-stalking-cases",
        kind="link",
        old="joint-stalking-plan-2026.pdf",
        new="joint-stalking-plan-2026-revised.pdf",
    ),
    Revision(
        slug="romance-fraudster-who-wrote-to-nine-women-jailed",
        kind="headline",
        old="title: Romance fraudster who wrote to nine women at once jailed",
        new="title: Romance fraudster who wrote the same letter to nine women jailed",
    ),
    Revision(
        slug="swimming-club-treasurer-admits-taking-pool-fund",
        kind="label",
        old="title: Swimming club",
        new="label: UPDATED WITH SENTENCE:\ntitle: Swimming club",
    ),
    Revision(
        slug="swimming-club-treasurer-admits-taking-pool-fund",
        kind="paragraph added",
        old="The treasurer of a swimming club has",
        new="Updated on 10 April 2026: Hugo Penrose-Vale was jailed for two years and two months.\n\n"
        "This release was originally published on 5 March 2026.\n\n"
        "The treasurer of a swimming club has",
    ),
    Revision(
        slug="constable-who-looked-up-his-neighbours-sentenced",
        kind="paragraph removed",
        old="Deputy Chief Constable Ansel Brody of Eastfen Constabulary said that Tolliver had been "
        "dismissed without notice, and apologised to “everyone who lives in that street”.",
        new="",
    ),
    Revision(
        slug="three-sentenced-for-stealing-61-dogs",
        kind="topic",
        old="topics: International and organised crime",
        new="topics: International and organised crime; Fraud and economic crime",
    ),
    Revision(
        slug="man-who-attacked-night-bus-driver-jailed",
        kind="teaser",
        old="teaser: Passengers formed a ring around the driver until the police came.",
        new="teaser: Nine passengers formed a ring around the driver until the police came.",
    ),
)
