"""The one catalogue of texts for users, in English and Russian.

A text is found by a dotted key: `say("rules.openness.label", "ru")`. The tables stand in a folder a
language, a TOML file an area, with the same keys in each. Placeholders are those of `str.format`,
with two additions: numbers take the language's decimal sign, and `{months:month|months}` counts
("1 month", "3 months"; in Russian three forms: "1 месяц", "3 месяца", "5 месяцев"). Nothing is
read before the first text is asked for.
"""

import difflib
import string
import tomllib
from functools import cache
from importlib import resources
from numbers import Integral, Real
from typing import Any

LANGUAGE = "language"  # the area that every language has: its name and its signs


class TextError(KeyError):
    """A key, a language or a value that a text needs is missing, told in one sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


def say(key: str, language: str = "en", **values: Any) -> str:
    """Return the text under a dotted key, with its values filled in.

    >>> say("verdict.ended", months=12, regime=say("regimes.contested.name"))
    'After 12 months: contested rule.'

    Raises TextError when the key or the language is unknown, or a value is missing.
    """
    text = _find(key, language)
    if not isinstance(text, str):
        raise TextError(f"{key} is a table of texts, not one text; use table().")
    try:
        return _Formatter(language).vformat(text, (), values)
    except KeyError as missing:
        raise TextError(f"The text {key} needs a value for {missing.args[0]}.") from None


def has(key: str, language: str = "en") -> bool:
    """Say whether a text or a table stands under this key.

    >>> has("rules.openness.label"), has("rules.glasnost")
    (True, False)
    """
    return _seek(key, language) is not None


def table(key: str = "", language: str = "en") -> dict[str, Any]:
    """Return a copy of everything under a key as nested dictionaries, placeholders unfilled.

    Without a key it is the whole catalogue of the language.

    >>> table("rules.openness")["label"]
    'Openness of accounts'
    """
    found = _find(key, language)
    if not isinstance(found, dict):
        raise TextError(f"{key} is one text, not a table; use say().")
    return _copied(found)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are.

    >>> languages()
    ('en', 'ru')
    """
    entries = resources.files(__name__).iterdir()
    return tuple(
        sorted(entry.name for entry in entries if entry.joinpath(f"{LANGUAGE}.toml").is_file())
    )


def _find(key: str, language: str) -> Any:
    found = _seek(key, language)
    if found is None:
        raise TextError(f"There is no text {key}; {_nearest(key, language)}")
    return found


def _seek(key: str, language: str) -> Any:
    """Return what stands under a key, None where nothing does."""
    found: Any = _catalogue(language)
    for step in key.split(".") if key else ():
        if not isinstance(found, dict) or step not in found:
            return None
        found = found[step]
    return found


def _nearest(key: str, language: str) -> str:
    close = difflib.get_close_matches(key, _keys(language), n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else "table() lists them all."


@cache
def _keys(language: str) -> tuple[str, ...]:
    return tuple(_dotted(_catalogue(language)))


def _dotted(tree: dict[str, Any], start: str = "") -> list[str]:
    """List the keys of all texts, and of the tables that hold them."""
    keys = []
    for name, entry in tree.items():
        keys.append(start + name)
        if isinstance(entry, dict):
            keys += _dotted(entry, f"{start}{name}.")
    return keys


@cache
def _catalogue(language: str) -> dict[str, Any]:
    if language not in languages():
        raise TextError(
            f"There are no texts in {language!r}; the languages are {', '.join(languages())}."
        )
    folder = resources.files(__name__).joinpath(language)
    tables: dict[str, Any] = {}
    for area in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        found = tomllib.loads(folder.joinpath(area).read_text(encoding="utf-8"))
        if doubles := sorted(tables.keys() & found.keys()):
            raise TextError(f"The texts {doubles[0]} stand in {area} and in another file too.")
        tables |= found
    return tables


def _copied(tree: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _copied(entry) if isinstance(entry, dict) else entry for name, entry in tree.items()
    }


class _Formatter(string.Formatter):
    """`str.format` with counted nouns and the decimal sign and percent sign of a language."""

    def __init__(self, language: str) -> None:
        signs = _catalogue(language)["language"]
        self.decimal, self.percent = signs["decimal"], signs["percent"]

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            forms = format_spec.split("|")
            return f"{self.format_field(value, '')} {counted(value, forms)}"
        text = format(value, format_spec)
        if isinstance(value, Real) and not isinstance(value, bool):
            text = text.replace(".", self.decimal).replace("%", self.percent)
            text = text.replace("-", "\N{MINUS SIGN}")
        return text


def counted(number: Any, forms: list[str]) -> str:
    """Pick the form of a noun for a number: two forms as in English, three as in Russian.

    >>> [counted(n, ["month", "months"]) for n in (1, 2, 1.5)]
    ['month', 'months', 'months']
    >>> [counted(n, ["месяц", "месяца", "месяцев"]) for n in (1, 3, 5, 11, 21, 1.5)]
    ['месяц', 'месяца', 'месяцев', 'месяцев', 'месяц', 'месяца']
    """
    if not isinstance(number, Integral):
        return forms[1]
    count = abs(int(number))
    if len(forms) == 2:
        return forms[0] if count == 1 else forms[1]
    if count % 100 in (11, 12, 13, 14) or count % 10 in (0, 5, 6, 7, 8, 9):
        return forms[2]
    return forms[0] if count % 10 == 1 else forms[1]
