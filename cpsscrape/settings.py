"""Only what differs from Scrapy's defaults, each with its reason; then the project's own settings.

A ``CPS_`` setting can be given here, as an environment variable of the same name, or with
``-s NAME=VALUE``; the later wins. Each is described in ``docs/settings.md``.
"""

from __future__ import annotations

from cpsscrape.configuration import from_environment, user_agent

BOT_NAME = "cpsscrape"
SPIDER_MODULES = ["cpsscrape.spiders"]
NEWSPIDER_MODULE = "cpsscrape.spiders"
COMMANDS_MODULE = "cpsscrape.commands"  # `crawl` with checked arguments and an honest exit status

# --- the project's own ---------------------------------------------------------------------
CPS_DATA_DIR = "data"  # holds cps.db, warc/, withdrawals.csv, corrections.csv, lock
CPS_CONTACT = ""  # an e-mail or web address at which the site's operator can reach you
CPS_REDACT_BIRTH_DATES = True  # full dates of birth never reach the database
CPS_WARC_SEGMENT_BYTES = 1_000_000_000  # the customary size of a WARC file
CPS_RETRY_BACKOFF = 5.0  # seconds before the first retry; doubled for each further one
CPS_LISTING_PAGES_MAX = 1000  # ten times the longest listing seen (710 stories, 71 pages)
CPS_RECHECK_RECENT = 30  # days; a story up to this age is looked at every…
CPS_RECHECK_EVERY_RECENT = 1.0  # …day: updates with a sentence come within weeks
CPS_RECHECK_OLD = 365  # days; up to this age every…
CPS_RECHECK_EVERY_YEAR = 7.0  # …week
CPS_RECHECK_EVERY_OLD = 30.0  # and older ones every month: anonymity orders, removals
CPS_GONE_AFTER_DAYS = 1.0  # two absences in two runs, so far apart, make a story gone
CPS_HEALTH_MISSING = 0.02  # share of pages without a field, or unreadable, that is an alarm…
CPS_HEALTH_PAGES = 50  # …when at least so many pages were read
CPS_HEALTH_FALL = 0.5  # an alarm below this share of the median of the last ten runs

# --- polite by code: see docs/politeness.md ------------------------------------------------
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "cpsscrape"
CONCURRENT_REQUESTS = 2  # one waits while the other is fetched
CONCURRENT_ITEMS = 1  # an answer is one story; the default starts a hundred tasks for each answer
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one reader, not a mirror
DOWNLOAD_DELAY = 1  # second between requests; a crawl delay in robots.txt raises it
DOWNLOAD_DELAY_JITTER = 0  # a delay is a promise, not an average
AUTOTHROTTLE_ENABLED = True  # a slow site is asked less often
AUTOTHROTTLE_START_DELAY = 1
AUTOTHROTTLE_MAX_DELAY = 60

# --- nothing that executes code or reads files on request ----------------------------------
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,  # the web only…
    "http": "cpsscrape.downloader.PlainDownloadHandler",  # …and no request that nobody asked for
    "https": "cpsscrape.downloader.PlainDownloadHandler",
}

# --- answers are bounded -------------------------------------------------------------------
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TIMEOUT = 60  # seconds for one answer
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # the largest page known is below one megabyte
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # a page that moves by itself is read, not followed
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"  # accounted for in the frontier; ERROR is for faults of this program
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads a callback's source again for every answer
COOKIES_ENABLED = False  # each page as a first visitor sees it

# --- the frontier decides what is fetched, not a filter in memory --------------------------
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

EXTENSIONS = {
    "cpsscrape.session.Session": 0,
    "cpsscrape.reader_process.ReaderProcess": 50,
    "cpsscrape.extensions.politeness.Politeness": 100,
    "cpsscrape.extensions.progress.Progress": 200,
    "cpsscrape.extensions.run_report.RunReport": 900,
    "scrapy.extensions.logstats.LogStats": None,  # Progress says more, in the same place
}
SPIDER_MIDDLEWARES = {  # each would be asked about everything a spider yields
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # pages of a pager are no depth
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # every status is an outcome the spider settles
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # data travels by cb_kwargs
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,  # where we came from is in the archive, not their logs
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,  # every request is a start request here
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # drops a long address without an outcome
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # crawls a site whose robots.txt is down
    "cpsscrape.middlewares.robots.RobotsMiddleware": 100,  # in its place
    "cpsscrape.middlewares.backoff.BackoffMiddleware": 560,  # around retries (550), inside robots.txt
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # follows wherever it is led
    "cpsscrape.middlewares.redirects.GuardedRedirectMiddleware": 600,  # in its place
    "cpsscrape.middlewares.capture.CaptureMiddleware": 1000,  # nearest to the site: bytes as they came
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the spider accounts for them
}
ITEM_PIPELINES = {
    "cpsscrape.pipelines.article.ArticlePipeline": 100,
    "cpsscrape.pipelines.case_studies.CaseStudiesPipeline": 200,
    "cpsscrape.pipelines.quotes.QuotesPipeline": 300,
    "cpsscrape.pipelines.validate.ValidatePipeline": 400,
    "cpsscrape.pipelines.store.StorePipeline": 500,
}
FEED_EXPORT_ENCODING = "utf-8"

LOG_LEVEL = "INFO"
LOG_FORMATTER = "cpsscrape.logformatter.LogFormatter"  # a dropped page is named, not printed
LOG_VERSIONS: list[str] = []  # `cpsscrape --version` says them
STATS_CLASS = "cpsscrape.stats.PlainStatsCollector"  # counting is cheap
STATS_DUMP = False  # `cpsscrape report` reads them from the archive

globals().update(from_environment(globals()))
USER_AGENT = user_agent(CPS_CONTACT)
