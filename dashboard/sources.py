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
    return {key: _line(fields) for key, fields in shipped().items()}


@cache
def citations() -> dict[str, str]:
    """Return every source as authors and year, by its key."""
    return {key: _cited(key, fields) for key, fields in shipped().items()}


def shipped() -> dict[str, dict[str, str]]:
    """Return the fields of every source, by its key."""
    text = files("thermidor").joinpath("docs", "references.bib").read_text(encoding="utf-8")
    return {key: dict(FIELD.findall(fields)) for key, fields in ENTRY.findall(text)}


def _cited(key: str, fields: dict[str, str]) -> str:
    """Return surnames and year; of three authors and more the first.

    >>> _cited("ab2001", {"author": "Able, A. and Baker, B.", "year": "2001"})
    'Able and Baker 2001'
    """
    authors = re.split(r"\s+and\s+", re.sub(r"[{}]", "", fields.get("author", key)))
    names = [author.split(",")[0].strip() for author in authors]
    shown = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return f"{shown} {fields.get('year', '')}".strip()


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
