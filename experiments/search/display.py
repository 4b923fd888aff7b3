"""What a search found, in words: tables and sentences for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table as Grid

from ...texts import say
from ..display import grid, percent
from ..wording import label, number, title, value_words
from .costs import days
from .goals import CHEAPEST, Cheapest, Summary
from .study import ORIGIN, Findings, Found


def told(findings: Findings, language: str) -> Iterator[Any]:
    """Yield the tables and sentences that tell what was found."""
    yield heading(findings, language)
    yield table(findings, language)
    yield say("search.checked_note", language)
    yield rule_sets(findings, language)
    if findings.answer is None:
        yield none_found(findings, language)
    else:
        yield answer_sentence(findings, findings.answer, language)
        if isinstance(findings.goal, Cheapest):
            yield bill(findings, findings.answer, findings.goal.costs, language)
            yield say("search.judgement", language)
    yield say("verdict.caution", language)


def heading(findings: Findings, language: str) -> str:
    """Say what was searched, and how."""
    asked = findings.request
    words = {
        "title": title(asked.base, language),
        "levers": len(findings.space.levers),
        "trials": len(findings.trials),
        "members": asked.members,
        "check": asked.check,
    }
    return say(f"search.{findings.goal.name}.heading", language, **words)


def table(findings: Findings, language: str) -> Grid:
    """List the frontier and what it is compared with, each with both estimates."""
    name = findings.goal.name
    words = [say(f"search.{name}.{key}", language) for key in ("across", "searched", "checked")]
    listing = grid("", "", *words, say("cli.interval", language))
    for called, found in named(findings, language):
        ends = " – ".join(up(findings, end, language) for end in found.checked.interval)
        listing.add_row(
            called,
            across(findings, found.checked, language),
            up(findings, found.searched.up, language),
            up(findings, found.checked.up, language),
            ends,
        )
    return listing


def rule_sets(findings: Findings, language: str) -> Grid:
    """Say in words what is changed at each point of the table."""
    listing = grid("", "", say(f"search.{findings.goal.name}.change", language), left=2)
    for called, found in named(findings, language):
        listing.add_row(called, changes(findings, found, language))
    return listing


def named(findings: Findings, language: str) -> Iterator[tuple[str, Found]]:
    """Yield the points of the frontier by number, the answer with a star, then the others."""
    for place, found in enumerate(findings.best, start=1):
        yield f"{place}{' *' if found is findings.answer else ''}", found
    for key, found in marks(findings).items():
        yield mark_name(findings, key, language), found


def marks(findings: Findings) -> dict[str, Found]:
    """Return what the frontier is compared with; the base only where it is not the origin."""
    return {
        key: found
        for key, found in findings.marks.items()
        if key == ORIGIN or found is not findings.marks[ORIGIN]
    }


def across(findings: Findings, summary: Summary, language: str) -> str:
    """Return cost or size of change as a number."""
    if findings.goal.name == CHEAPEST:
        return days(summary.across, language)
    return number(round(summary.across, 3), language, 2)


def up(findings: Findings, value: float, language: str) -> str:
    """Return a share in per cent, or months as a number."""
    if findings.goal.name == CHEAPEST:
        return percent(value, language)
    return number(round(value, 1), language, 3)


def changes(findings: Findings, found: Found, language: str) -> str:
    """Return in words what is changed."""
    moved = findings.space.changed(found.point)
    told_ = [f"{label(path, language)}: {value(path, v, language)}" for path, v in moved.items()]
    return "; ".join(told_) or say("search.unchanged", language)


def value(path: str, given: Any, language: str) -> str:
    """Return a value in words; None of behaviour means as people are."""
    if given is None and path.startswith("behaviour."):
        return say("search.as_they_are", language)
    return value_words(path, given, language)


def mark_name(findings: Findings, key: str, language: str) -> str:
    """Return what a point of comparison is called."""
    return say(f"search.{findings.goal.name}.{key}", language)


def answer_sentence(findings: Findings, found: Found, language: str) -> str:
    """Say which point is the answer."""
    words = {
        "share": percent(findings.request.share, language),
        "across": across(findings, found.checked, language),
        "checked": percent(found.checked.share, language),
        "changes": changes(findings, found, language),
        "months": number(round(found.checked.up, 1), language, 3),
        "all": findings.request.base.months,
    }
    return say(f"search.{findings.goal.name}.answer", language, **words)


def none_found(findings: Findings, language: str) -> str:
    """Say that nothing came true often enough, and how often it did at most."""
    most = max(found.checked.share for found in findings.checked)
    wanted = percent(findings.request.share, language)
    words = {"share": wanted, "most": percent(most, language)}
    return say(f"search.{findings.goal.name}.none", language, **words)


def bill(findings: Findings, found: Found, costs: Any, language: str) -> Grid:
    """List what the answer costs, item by item, and what the answer is where one weighs double."""
    names = ("item", "amount", "weight", "cost", "doubled")
    listing = grid(
        say("search.bill", language), *(say(f"search.{name}", language) for name in names)
    )
    listing.columns[-1].justify = "left"
    for item, cost in found.checked.parts.items():
        amount = cost / costs[item] if costs[item] else None
        listing.add_row(
            say(f"search.costs.{item}.label", language),
            "" if amount is None else days(amount, language),
            number(costs[item], language),
            days(cost, language),
            other_answer(findings, found, findings.doubled[item], language),
        )
    return listing


def other_answer(findings: Findings, found: Found, other: Found | None, language: str) -> str:
    """Say in what the answer under another weight differs."""
    if other is None or other.point == found.point:
        return say("search.same", language)
    levers = findings.space.levers
    return "; ".join(
        f"{label(lever.path, language)}: {value(lever.path, lever.values[k], language)}"
        for lever, k, before in zip(levers, other.point, found.point, strict=True)
        if k != before
    )
