"""The published sources that the page cites, read from the bibliography that is shipped."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

ENTRY = re.compile(r"^@\w+\{([^,\s]+),(.*?)^\}", re.M | re.S)
FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?\s*$", re.M | re.S)


@cache
def bibliography() -> dict[str, str]:
    """Return every source in one line, by its key."""
    text = files("thermidor").joinpath("docs", "references.bib").read_text(encoding="utf-8")
    return {key: _line(dict(FIELD.findall(fields))) for key, fields in ENTRY.findall(text)}


def _line(fields: dict[str, str]) -> str:
    """Return author, year, title and where it was published.

    >>> _line({"author": "Olken, Benjamin A.", "year": "2007", "title": "Monitoring {Corruption}"})
    'Olken, Benjamin A. 2007. Monitoring Corruption.'
    """
    where = next(
        (fields[name] for name in ("journal", "publisher", "institution") if name in fields), ""
    )
    authors = fields.get("author", "").replace(" and ", "; ")
    parts = [f"{authors} {fields.get('year', '')}".strip(), fields.get("title", ""), where]
    bare = [re.sub(r"[{}\\]", "", " ".join(part.split())).rstrip(".") for part in parts if part]
    return ". ".join(bare) + "."
