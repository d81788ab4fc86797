"""What the site answers where no story and no listing stands."""

from __future__ import annotations

from cpsscrape.demo.answers import page

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
%%EOF
"""

CHALLENGE = """<!DOCTYPE html>
<html lang="en"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head>
<body><h1>Checking your browser before you continue</h1>
<p>Please enable JavaScript and cookies to continue.</p>
<div id="challenge-form"></div><p>Ray ID: 7f0000000000demo</p></body></html>
"""

SERVER_ERROR = page("<!DOCTYPE html><title>Error</title><h1>Server error</h1>\n", status=500)

NOT_FOUND = """<!DOCTYPE html>
<html lang="en"><head><title>Page not found | The Crown Prosecution Service</title></head>
<body><header><a href="/">The Crown Prosecution Service</a></header>
<main><h1>Page not found</h1>
<p>The page you are looking for does not exist or has been moved. Try <a href="/search/stories">searching</a>
or go back to <a href="/news">our news</a>.</p></main>
<footer><p>All content is available under the Open Government Licence v3.0.</p></footer></body></html>
"""

UNAVAILABLE = page("<!DOCTYPE html><title>Service unavailable</title><h1>Service unavailable</h1>\n", status=503)
