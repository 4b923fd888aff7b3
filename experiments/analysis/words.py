"""Factors, levels, limits and outcomes in words, as figures and reports name them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ... import texts
from ...texts import say
from ..wording import label, number, value_words
from .effects import COMMON, HIGHER, MIXED
from .material import CONTROLLED, is_share_of_runs
from .phase import REGIME, Cells
from .scenario_discovery import Limit

DIGITS = 3
NONE_YET = "–"


def factor_words(path: str, language: str) -> str:
    """Return what a factor is called.

    >>> factor_words("rules.openness", "en")
    'Openness of accounts'
    """
    return label(path, language) if texts.has(f"{path}.label", language) else path


def level_words(path: str, value: Any, language: str) -> str:
    """Return a factor's value in words.

    >>> level_words("rules.openness", 0.351, "en"), level_words("rules.wage_cap", None, "en")
    ('35.1%', 'no cap')
    """
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return say(f"{path}.none", language)
    if path.startswith("rules.") or isinstance(value, str | bool):
        return value_words(path, value, language)
    return bare_words(path, value, language)  # units of behaviour say little in a few words


def bare_words(path: str, value: float, language: str) -> str:
    """Return a number without its unit, shares in per cent.

    >>> bare_words("rules.term_months", 24, "en"), bare_words("rules.openness", 0.2, "en")
    ('24', '20%')
    """
    words, sign = value_words(path, value, language), say("language.percent", language)
    return words if words.endswith(sign) else number(value, language, DIGITS)


def outcome_words(outcome: str, language: str) -> str:
    """Return what an outcome is called.

    >>> outcome_words("capture", "en"), outcome_words("contested", "en")
    ('Capture', 'Contested')
    """
    if outcome in (CONTROLLED, REGIME):
        return say(f"analysis.outcomes.{outcome}", language)
    home = "regimes" if is_share_of_runs(outcome) else "measures"
    return say(f"{home}.{outcome}.label", language)


def amount(outcome: str, value: float, language: str) -> str:
    """Return a value of an outcome, shares of runs in per cent.

    >>> amount("capture", 0.04567, "en"), amount("controlled", 0.5, "en")
    ('0.0457', '50%')
    """
    if np.isnan(value):
        return NONE_YET
    if is_share_of_runs(outcome):
        return percent(value, language)
    return number(value, language, DIGITS)


def percent(share: float, language: str) -> str:
    """Return a share in whole per cent; what is below zero by chance as zero.

    >>> percent(0.346, "en"), percent(-0.001, "en"), percent(float("nan"), "en")
    ('35%', '0%', '–')
    """
    if np.isnan(share):
        return NONE_YET
    rounded = round(100 * share)
    return f"{number(max(rounded, 0), language, 4)}{say('language.percent', language)}"


def with_interval(value: str, low: str, high: str) -> str:
    """Return a number with its interval, alone if that is unknown.

    >>> with_interval("62%", "55%", "69%"), with_interval("62%", NONE_YET, NONE_YET)
    ('62% (55% … 69%)', '62%')
    """
    return value if NONE_YET in (low, high) else f"{value} ({low} … {high})"


def percent_words(value: float, low: float, high: float, language: str) -> str:
    """Return a share in per cent with its interval, kept within what shares can be."""
    most = 1.0 if value <= 1.0 else high  # an estimate above one keeps its whole interval
    bounds = (percent(float(np.clip(bound, 0.0, most)), language) for bound in (low, high))
    return with_interval(percent(value, language), *bounds)


def limit_words(limit: Limit, language: str) -> str:
    """Return what a box asks of a factor.

    >>> limit_words(Limit("rules.openness", high=0.35), "en")
    'Openness of accounts ≤ 35%'
    >>> limit_words(Limit("rules.recall_threshold", levels=(None,)), "en")
    'no recall'
    """
    path, name = limit.factor, factor_words(limit.factor, language)
    if limit.levels == (None,):
        return level_words(path, None, language)
    either = say("analysis.or", language)
    if limit.levels:
        levels = [level_words(path, level, language) for level in limit.levels]
        return f"{name} = {either.join(levels)}"
    low, high = (
        None if bound is None else level_words(path, bound, language)
        for bound in (limit.low, limit.high)
    )
    if low is None and high is None:
        none = level_words(path, None, language)
        return say("analysis.not_none", language, none=none)
    bounds = f"{low} … {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"
    none = f"{either}{level_words(path, None, language)}" if limit.none_too else ""
    return f"{name} {bounds}{none}"


def box_words(limits: tuple[Limit, ...], language: str) -> str:
    """Return all that a box asks, as it stands inside a sentence."""
    told = (limit_words(limit, language) for limit in limits)
    return say("analysis.and", language).join(each[:1].lower() + each[1:] for each in told)


def source_words(source: str, language: str) -> str:
    """Return what a source of variance is called.

    >>> source_words("rules.openness × rules.wage_cap", "en")
    'Openness of accounts × Highest pay of a post'
    """
    if source in (HIGHER, COMMON, MIXED):
        return say(f"analysis.sources.{source}", language)
    return " × ".join(factor_words(path, language) for path in source.split(" × "))


def cell_words(cells: Cells, language: str) -> list[str]:
    """Return what the parts of a factor are called."""
    path = cells.factor
    bounds = [level_words(path, edge, language) for edge in cells.edges]
    ranges = [f"{low} … {high}" for low, high in pairwise(bounds)]
    return [*ranges, *(level_words(path, level, language) for level in cells.levels)]
