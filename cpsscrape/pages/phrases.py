"""Words that stand around a story on its page and are not part of it."""

from __future__ import annotations

import re

CHALLENGE_TITLE = re.compile(
    r"^(?:just a moment|attention required|checking your browser"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|are you (?:a )?(?:human|robot)|ddos[- ]guard|security check|access denied|403 forbidden"
    r"|request unsuccessful"
    r"|pardon our interruption|bot (?:check|verification)|please wait|human verification|one more step"
    r"|robot check|unusual traffic|request blocked|the request could not be satisfied)\b",
    re.IGNORECASE,
)
CHALLENGE_TEXT = re.compile(
    r"checking (?:if the site connection is secure|your browser before accessing)"
    r"|enable javascript and cookies to"
    r" continue|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a robot)|incapsula incident"
    r"|cf-browser-verification"
    r"|complete the (?:security check|captcha)|solve the captcha|confirm (?:that )?you are (?:a )?(?:human"
    r"|not a robot)"
    r"|unusual traffic from your|you don't have permission to access|please stand by, while we are checking"
    r"|needs to review the security of your connection|performing security verification",
    re.IGNORECASE,
)
NOT_FOUND = re.compile(
    r"^(?:error:?\s?)?(?:404\b(?!.*\b(?:cases|people|charges))|(?:the |this |sorry,? (?:the |this |that "
    r"|your )?)?"
    r"(?:requested )?page (?:could |can ?)?(?:was |is |has |you(?:'|’)?re? (?:are )?looking for "
    r"|you requested |that you "
    r"requested )?(?:can ?)?(?:not|n(?:'|’)t|no longer|been (?:removed|moved|archived))(?: be)?(?: found"
    r"| exist| available)?"
    r"|page (?:not found|missing)|not found$|(?:we|sorry,? we)(?: can(?:no|'|’)?t|'re sorry| could ?n[o'’]t)"
    r" find (?:the|that|this|your) page|sorry,? (?:we can|that page|this page|there is no)"
    r"|tudalen heb ei chanfod|ni (?:chanfuwyd|ellir dod o hyd i)['’]?r dudalen|heb ei (?:g|ch)anfod)",
    re.IGNORECASE,
)
#: One line that is never part of a story, wherever it stands.
FURNITURE = re.compile(
    r"^(?:skip to (?:main )?(?:content|navigation)|accessibility (?:controls|tools|options)|contrast"
    r"|text size"
    r"|select language|main content(?: area)?|you are here:?|breadcrumb|main navigation|main menu|menu"
    r"|search|toggle menu"
    r"|(?:scroll|back|return|go) (?:to|back to) (?:the )?top(?: of (?:the )?page)?|top of (?:the )?page"
    r"|yn ôl i[’']?r brig|sgrolio i[’']?r brig|neidio i[’']?r cynnwys"
    r"|i frig y dudalen|print(?: this)?(?: page| story)?|share|share (?:this|on|via|by|to|the)\b.{0,40}"
    r"|rhannu.{0,30}"
    r"|tweet(?: this)?|email this(?: page)?|copy link|download (?:as )?pdf"
    r"|(?:follow us|find us|like us)(?: on .{0,30})?|read more|learn more|find out more|view all(?: news)?"
    r"|see all(?: news)?"
    r"|more news|close|open|cookies?|cookie (?:settings|preferences|policy)|manage cookies"
    r"|accept(?: all)?(?: cookies)?"
    r"|(?:accept|reject) (?:all|additional)(?: cookies)?|reject(?: all)?(?: cookies)?|hide this message"
    r"|english|cymraeg|back to (?:all )?news|all news|news centre|previous|next|previous story|next story"
    r"|facebook|twitter|x|linkedin|whatsapp|email|instagram|youtube|advertisement|loading\W*|rate this page"
    r"|(?:was|is) this page (?:helpful|useful)\??|(?:.{0,40}\? )?share it\.?|neidio i['’]r prif gynnwys)$",
    re.IGNORECASE,
)
#: A heading that opens a box of furniture: everything after it in its box goes too.
BOX_HEADING = re.compile(
    r"^(?:share(?: (?:this|on|via|the).*)?|related|more|read next|keep reading|up next|elsewhere|rhannwch.*"
    r"|rhannu.*|(?:related|similar|other|more|latest|recent|further|popular|top)"
    r" (?:news|stories|articles|content|links|pages|releases|press releases|information|posts|topics|from .*"
    r"|on this .*)"
    r"(?:[ ,&].*)?"
    r"|you (?:may|might) also (?:like|be interested in).*|you may be interested in.*|also in the news"
    r"|in this section|on this page|most (?:read|viewed|popular)"
    r"|(?:newsletter|e-?mail (?:alerts|updates|newsletter)|mailing list)(?:s| sign[- ]?up)?"
    r"|sign up(?: (?:for|to) .*)?|subscribe.*"
    r"|stay (?:in touch|up to date|informed|connected).*|get (?:our )?(?:news|updates|the latest).*"
    r"|keep up to date.*|keep in touch"
    r"|follow (?:us|the cps).*|connect with us|was this page (?:helpful|useful).*|is this page useful.*"
    r"|rate this page|give (?:us )?feedback|feedback"
    r"|(?:about|your|our|we use|this (?:web)?site uses|cookies on|tell us whether you accept|use of) (?:our "
    r"|the |this )?(?:site )?cookies?.*"
    r"|cookies on .*|cookies?|quick links|useful links|site ?map|navigation|explore|browse.*|categories|tags"
    r"|archive|topics"
    r"|help us improve.*|report a problem.*|accessibility controls|site (?:tools|footer|navigation)|footer"
    r"|legal|explore (?:the|our) (?:site|topic)"
    r"|leave a (?:reply|comment)|(?:\d+ )?comments?(?: \(\d+\))?|add a comment|join the (?:discussion|conversation)"
    r"|(?:press|media) contacts?|updates to this page|(?:table of |page )?contents|(?:full )?page history"
    r"|newyddion (?:cysylltiedig|diweddaraf|perthnasol).*|straeon (?:cysylltiedig|perthnasol).*|cofrestru.*"
    r"|tanysgrif.*|dilynwch ni.*)\s?:?$",
    re.IGNORECASE,
)
#: Standing text of the site's own footer or consent banner, wherever it is printed.
STANDING = re.compile(
    r"^(?:©|\(c\) |crown copyright|all content is available under|we use (?:some )?(?:essential "
    r"|additional )?cookies"
    r"|this (?:web)?site uses cookies|we(?:'|’)d like to (?:set|use) (?:additional )?(?:analytics )?cookies"
    r"|by continuing to use this|you(?:'|’)ve (?:accepted|rejected) |rydym yn defnyddio cwcis"
    r"|sign up to receive"
    r"|subscribe to (?:our|the) |enter your e-?mail|get the latest news (?:from|by|straight)"
    r"|javascript is (?:disabled|required)"
    r"|was this page (?:helpful|useful)|(?:filed under|tagged(?: with)?|posted in|tags|categories)\s?:"
    r"|your browser (?:is|does)|please enable javascript)",
    re.IGNORECASE,
)
#: The name of a field that stands before its value: ``Release date``, ``Pwnc``.
FIELD_NAME = re.compile(
    r"^(?:(?P<label>(?:(?:crime )?topics?|subjects?|categor(?:y|ies)|(?:cps )?areas?|regions?|(?:content )?type"
    r"|crime types?|pwnc|pynciau|ardal(?:oedd)?|math))"
    r"|(?:(?:release|publication|publish(?:ed|ing)?|issue)\s)?date|(?:first )?published(?: on)?"
    r"|(?:last )?updated(?: on)?"
    r"|from|author|dyddiad(?: cyhoeddi)?|cyhoeddwyd|diweddarwyd)\s?:?$",
    re.IGNORECASE,
)
# What a page title adds to the headline. It is found by its first character, so no space stands before it.
_TITLE_TAIL = re.compile(
    r"(?:\||-|–|—|:|»|::)\s*(?:the\s)?(?:crown prosecution service|cps|gwasanaeth erlyn y goron)"
    r"(?:\s*[|\-–—,:].{0,60})?$",
    re.IGNORECASE,
)
#: "The Crown Prosecution Service: Three men guilty of …", as before 2017.
TITLE_HEAD = re.compile(
    r"^(?:(?:the )?crown prosecution service|cps|gwasanaeth erlyn y goron)\s*(?:[|:»]"
    r"|\s[-–—])\s*(?=\S)",
    re.IGNORECASE,
)
CONTENT_TYPES = {
    name.casefold(): name
    for name in (
        "Press Release", "News Item", "Speech", "Article", "CPS says", "News", "Blog", "Statement", "Feature",
        "Case study", "Datganiad i'r wasg", "Datganiad i’r Wasg", "Eitem newyddion", "Newyddion", "Araith",
        "Erthygl", "Legal Guidance", "Consultation", "Publication",
    )
}  # fmt: skip
#: Topics that are known, so that a line which begins with one is not taken to begin with a type.
TOPICS = frozenset(
    (
        "domestic abuse", "fraud and economic crime", "hate crime", "international and organised crime",
        "cyber / online crime", "sexual offences", "terrorism", "violent crime", "proceeds of crime", "youth crime",
        "cam-drin domestig", "twyll a throseddau economaidd", "troseddau casineb", "troseddau rhywiol",
        "terfysgaeth", "troseddau treisgar", "violence against women and girls", "modern slavery",
        "drug offences", "victims and witnesses", "wildlife crime", "homicide", "stalking and harassment",
    )
)  # fmt: skip


def without_site(title: str) -> str:
    """A page's title without the site's name behind it."""
    tail = _TITLE_TAIL.search(title)
    return title[: tail.start()].rstrip() if tail else title
