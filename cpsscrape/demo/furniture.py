"""What stands round every page: menus, cookie banner, accessibility controls, footer.

Frame B is the site of 2017 to 2025, frame C the one after it; A is in ``old_page.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

MENU = (
    ("/about-cps", "About the CPS"),
    ("/careers", "Careers"),
    ("/publications", "Publications"),
    ("/news", "News"),
    ("/cps-says", "CPS Says"),
    ("/articles-and-speeches", "Articles and speeches"),
    ("/victims-witnesses", "Victims and witnesses"),
    ("/prosecution-guidance", "Prosecution guidance"),
    ("/search/stories", "Search"),
    ("/contact", "Contact us"),
)

COOKIES = (
    "We use cookies to make this website work and to learn how it is used. "
    "You can accept or reject the ones that are not essential."
)
LICENCE = "All content is available under the Open Government Licence v3.0, except where otherwise stated."


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The head of a page: its title, language, addresses, and whether the site shows its notice.

    ``canonical`` and ``shortlink`` are absolute.
    """

    title: str
    language: str = "en"
    canonical: str | None = None
    shortlink: str | None = None
    description: str | None = None
    translation: str | None = None
    notice: bool = False


def frame_b(main: str, frame: Frame, *, crumbs: str = "") -> str:
    """A page of the Drupal site before November 2025."""
    notice = '<div class="site-notice">We are improving our website. Tell us what you think.</div>\n'
    return f"""{_head(frame, "path-b")}
<a href="#main-content" class="visually-hidden focusable">Skip to main content</a>
<div id="cookie-banner" role="dialog"><h2>Cookies on this website</h2><p>{COOKIES}</p>
<button>Accept all</button> <button>Reject all</button></div>
<div class="accessibility"><h2>Accessibility controls</h2>
<div><span>Contrast</span> <a href="#">Default</a> <a href="#">High</a></div>
<div><span>Text size</span> <a href="#">A</a> <a href="#">A+</a> <a href="#">A++</a></div></div>
<div class="language-switcher"><h2>Select language</h2>{_languages(frame)}</div>
<header role="banner"><a href="/" class="logo">The Crown Prosecution Service</a>
<nav role="navigation"><ul class="menu">{_menu()}</ul></nav></header>
{notice if frame.notice else ""}{crumbs}<div class="visually-hidden">Main content area</div>
<main role="main"><a id="main-content"></a>
{main}
</main>
<section class="newsletter"><h2>Keep up to date</h2><p>Have our news sent to you every Friday.</p>
<form action="/newsletter"><label>Email address <input name="mail"></label>
<button>Subscribe</button></form></section>
<footer role="contentinfo"><ul>{_footer()}</ul><p>{LICENCE}</p></footer>
<a href="#top" class="scroll-top">Scroll to top</a>
</body>
</html>
"""


def frame_c(main: str, frame: Frame, *, crumbs: str = "") -> str:
    """A page of the site as it has been since November 2025."""
    return f"""{_head(frame, "path-c")}
<a class="cps-skip-link" href="#main-content">Skip to main content</a>
<div class="cps-cookies" aria-label="Cookies"><p>{COOKIES}</p>
<button type="button">Accept additional cookies</button>
<button type="button">Reject additional cookies</button></div>
<header class="cps-header"><a class="cps-header__logo" href="/">The Crown Prosecution Service</a>
<div class="cps-header__language">{_languages(frame)}</div>
<nav class="cps-menu" aria-label="Main"><ul>{_menu()}</ul></nav></header>
{crumbs}<main id="main-content">
{main}
</main>
<aside class="cps-newsletter"><h2>Stay informed</h2><p>Get our latest stories by email.</p>
<a href="/newsletter">Sign up</a></aside>
<footer class="cps-footer"><ul>{_footer()}</ul><p>{LICENCE}</p><p>© Crown copyright</p></footer>
</body>
</html>
"""


def breadcrumbs(*steps: tuple[str, str]) -> str:
    """The trail above a page; the last step is the page itself and has no address."""
    links = "".join(
        f'<li><a href="{address}">{escape(name)}</a></li>' if address else f"<li>{escape(name)}</li>"
        for address, name in steps
    )
    return f'<nav class="breadcrumb" aria-label="Breadcrumb"><ol>{links}</ol></nav>\n'


def share_box(address: str) -> str:
    """Links that send the page on."""
    return f"""<div class="share"><h2>Share this page</h2><ul>
<li><a href="https://social.invalid/share?u={address}">Share on social media</a></li>
<li><a href="mailto:?body={address}">Share by email</a></li></ul></div>"""


def _head(frame: Frame, body_class: str) -> str:
    lines = [f"<title>{escape(frame.title)} | The Crown Prosecution Service</title>"]
    if frame.description:
        lines.append(f'<meta name="description" content="{escape(frame.description)}">')
    if frame.canonical:
        lines.append(f'<link rel="canonical" href="{escape(frame.canonical)}">')
    if frame.shortlink:
        lines.append(f'<link rel="shortlink" href="{escape(frame.shortlink)}">')
    return f"""<!DOCTYPE html>
<html lang="{frame.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{chr(10).join(lines)}
<link rel="stylesheet" href="/sites/default/files/css/site.css">
<script>document.documentElement.className += " js"; var dataLayer = [];</script>
</head>
<body class="{body_class}" id="top">"""


def _menu() -> str:
    picture = "/sites/default/files/styles/menu/news_menu.jpg.webp"
    items = "".join(f'<li><a href="{address}">{name}</a></li>' for address, name in MENU)
    return f'{items}<li class="promo"><img src="{picture}" alt="People at a desk"></li>'


def _footer() -> str:
    links = ("Accessibility", "Privacy", "Cookies", "Complaints", "Freedom of information", "Sitemap")
    return "".join(f'<li><a href="/{name.lower().replace(" ", "-")}">{name}</a></li>' for name in links)


def _languages(frame: Frame) -> str:
    welsh = frame.translation or "/cy"
    return f'<a href="/" hreflang="en">English</a> <a href="{welsh}" hreflang="cy">Cymraeg</a>'
