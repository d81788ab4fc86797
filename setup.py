"""What `scrapyd-deploy` builds an egg from. Everything else is in pyproject.toml, and built by hatchling."""

from setuptools import find_packages, setup

setup(
    packages=find_packages(include=["cpsscrape", "cpsscrape.*"]),
    package_data={"cpsscrape": ["**/*.csv", "**/*.sql", "**/*.md"]},
)
