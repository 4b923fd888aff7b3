"""Parameters and scenarios in words: what a value means, what sets two scenarios apart."""

from __future__ import annotations

from typing import Any

from .. import texts
from ..model.parameters import GROUPS
from ..model.scenario import Scenario


def title(scenario: Scenario, language: str = "en") -> str:
    """Return the scenario's title in a language, or else its name.

    >>> title(Scenario(name="mine")), title(Scenario(title={"en": "My own"}))
    ('mine', 'My own')
    """
    return scenario.title.get(language) or scenario.name


def label(path: str, language: str = "en") -> str:
    """Return what a parameter, given by its dotted path, is called.

    >>> label("rules.openness"), label("months")
    ('Openness of accounts', 'Months')
    """
    return texts.say("ui.months" if path == "months" else f"{path}.label", language)


def value_words(path: str, value: Any, language: str = "en") -> str:
    """Return a parameter's value in words, with its unit.

    >>> value_words("rules.recall_threshold", None), value_words("rules.openness", 0.9)
    ('no recall', '90%')
    >>> value_words("rules.recall_reach", "both"), value_words("rules.term_months", 24)
    ('delegates and officials', '24 months')
    """
    if value is None:
        return texts.say(f"{path}.none", language)
    if isinstance(value, bool):
        return texts.say("words.yes" if value else "words.no", language)
    if isinstance(value, str):
        return texts.table(path, language).get("choices", {}).get(value, value)
    group, _, name = path.partition(".")
    if group == "rules" and name in texts.table("dashboard.units", language):
        own = f"dashboard.units.{name}"
        return texts.say(own, language, value=number(value, language), number=_whole(value))
    unit = _unit(path)
    if unit == "months":
        return texts.say("words.months", language, number=_whole(value))
    if unit.startswith("share") and 0 <= value <= 1:
        return number(100 * value, language) + texts.say("language.percent", language)
    words = texts.table("units", language).get(unit, unit)
    return f"{number(value, language)} {words}"


def number(value: float, language: str = "en", digits: int = 4) -> str:
    """Return a number in four digits (or so many) or whole, with the language's decimal sign.

    >>> number(0.123456), number(0.5, "ru"), number(-3), number(123456)
    ('0.1235', '0,5', '−3', '123456')
    """
    sign = texts.say("language.decimal", language)
    text = f"{value:.0f}" if abs(value) >= 10 ** (digits - 1) else f"{value:.{digits}g}"
    return text.replace(".", sign).replace("-", "\N{MINUS SIGN}")


def grouped(value: float, language: str = "en") -> str:
    """Return a large number whole, its digits in groups of three.

    >>> grouped(1234567.8), grouped(1234.0, "ru") == "1\N{NO-BREAK SPACE}234"
    ('1,234,568', True)
    """
    decimal_comma = texts.say("language.decimal", language) == ","
    return f"{value:,.0f}".replace(",", "\N{NO-BREAK SPACE}" if decimal_comma else ",")


def differences(first: Scenario, second: Scenario) -> dict[str, tuple[Any, Any]]:
    """Return what sets two scenarios apart: dotted path -> the two values, in declared order.

    >>> differences(Scenario(), Scenario().set("rules.wage_cap", "none"))
    {'rules.wage_cap': (1.0, None)}
    """
    pairs = {
        f"{group}.{name}": (getattr(getattr(first, group), name), theirs)
        for group in GROUPS
        for name, theirs in getattr(second, group)
    }
    pairs["months"] = (first.months, second.months)
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _whole(value: float) -> float:
    """Return a whole number as an integer, which can be counted in words."""
    return int(value) if value == int(value) else value


def _unit(path: str) -> str:
    group, _, name = path.partition(".")
    return "months" if path == "months" else GROUPS[group].describe()[name].get("unit", "")
