from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from cpsscrape.demo.furniture import Frame, breadcrumbs, frame_b, frame_c, share_box
from cpsscrape.demo.markup import sections, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cpsscrape.demo.stories import Story

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date) -> str:
    """A date as the site prints it: ``09 August 2024``."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def story_page(story: Story, *, host: str, national: str, related: Sequence[Story] = (), notice: bool = False) -> str:
    """The article's page in the template of its time, its own addresses on ``host``."""
    if story.template == "A":
        return _page_a(story)
    base = f"http://{host}"
    path = story.path(national)
    frame = Frame(
        title=story.headline,
        language=story.language,
        canonical=base + path,
        shortlink=f"{base}/node/{story.node}" if story.node else None,
        description=story.teaser,
        translation=f"/cy/node/{story.node}" if story.node else None,
        notice=notice and story.template == "B",
    )
    crumbs = breadcrumbs(("/", "Home"), ("/news", "News"), ("", story.headline))
    near = _related(related, national)
    if story.template == "B":
        return frame_b(_main_b(story, base + path, near), frame, crumbs=crumbs)
    return frame_c(_main_c(story, base + path, near), frame, crumbs=crumbs)


def redesigned(markup: str) -> str:
    """The page in a template nobody has seen: no classes, no ``main``, no ``article``."""
    bare = re.sub(r' (class|id|role)="[^"]*"', "", markup)
    return re.sub(r"<(/?)(main|article|section)\b[^>]*>", r"<\1div>", bare)


def _related(stories: Sequence[Story], national: str) -> str:
    links = "".join(f'<li><a href="{story.path(national)}">{text(story.headline)}</a></li>' for story in stories)
    return f'<section class="related"><h2>Related stories</h2><ul>{links}</ul></section>' if links else ""


def _main_b(story: Story, address: str, related: str) -> str:
    parts = sections(story.body)
    notes = parts.get("Notes to editors", parts.get("Notes to Editors", parts.get("Nodiadau i olygyddion", "")))
    notes_name = next((name for name in parts if name.startswith(("Notes", "Nodiadau"))), "Notes to editors")
    printed = f'<span class="date">{long_date(story.published)}</span> ' if story.dated else ""
    topics = "".join(f', <a href="/topic/{_slug(topic)}">{text(topic)}</a>' for topic in story.topics)
    return f"""<article class="node node--type-news-centre node--view-mode-full">
<h1 class="page-title"><span>{text(story.headline)}</span></h1>
<div class="node__meta">{printed}|<span>News</span>{topics}</div>
<div class="node__content">
<div class="field field--name-body field--type-text-with-summary">
{parts[""]}
</div>
<div class="field field--name-field-notes"><h2>{notes_name}</h2>
{notes}
</div>
<div class="field field--name-field-further-reading"><h2>Further reading</h2>
{parts.get("Further reading", "")}
</div>
</div>
</article>
{share_box(address)}
{related}"""


def _main_c(story: Story, address: str, related: str) -> str:
    parts = sections(story.body)
    apart = "\n".join(f"<h2>{name}</h2>\n{markup}" for name, markup in parts.items() if name)
    printed = f'<p class="cps-content__date">{long_date(story.published)}</p>\n' if story.dated else ""
    labels = [*story.topics, *(area.name for area in story.areas)]
    tags = "".join(f'<li><a href="/tags/{_slug(label)}">{text(label)}</a></li>' for label in labels)
    return f"""<article class="cps-content">
<h1>{text(story.headline)}</h1>
{printed}<ul class="cps-content__tags">{tags}</ul>
<div class="cps-content__body">
{parts[""]}
{apart}
</div>
{share_box(address)}
</article>
{related}"""


def _slug(name: str) -> str:
    return "-".join(word for word in name.lower().replace("/", " ").split() if word)


def _page_a(story: Story) -> str:
    parts = sections(story.body)
    notes = next((markup for name, markup in parts.items() if name.startswith("Notes")), "")
    below = f"<h3>Notes to Editors</h3>\n{notes}" if notes else ""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"
 "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(story.headline)}: Crown Prosecution Service</title>
</head>
<body>
<div id="header"><a href="/">The Crown Prosecution Service</a></div>
<div id="sidebar">
<div class="box"><h2>Contact us</h2><p>Press office: 01632 960001</p></div>
<div class="box"><h2>Latest news</h2><ul><li><a href="/news">All news releases</a></li></ul></div>
<div class="box"><h2>Prosecuting crime</h2>
<ul><li><a href="/publications">Our publications</a></li></ul></div>
</div>
<div id="content">
<h1>{text(story.headline)}</h1>
<p>{story.published.strftime("%d/%m/%Y")}</p>
{parts[""]}
<p>Ends</p>
{below}
<p><a href="#header">Top of page</a></p>
</div>
</body>
</html>
"""
