"""The verbs of the ``cpsscrape`` command, one a file; each has a click ``command``."""
