"""Objections in the terminal, in words and tables, in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Any

from rich.table import Table
from rich.text import Text

from ....texts import has, say
from ...display import percent
from ...wording import label, number, value_words
from . import all_objections
from . import objection as find_objection
from .demonstration import Demonstration
from .regions import AT_POINTS, NOWHERE, WINS, Region, Share
from .space import Box, Limit

NOTHING = "–"  # a reading of what did not happen
TINY = 1e-6  # below this a share of the space is not told apart any more
COLOURS = {WINS: "green", AT_POINTS: "yellow", NOWHERE: "red"}


def name(objection: int, language: str) -> str:
    """Return what an objection is called.

    >>> name(1, "en")
    'Knowledge, not motive'
    """
    return say(f"objections.{objection}.name", language)


def overview(regions: Mapping[int, Region], language: str) -> Table:
    """Return a table of all objections: where they win, and how often there and in all."""
    keys = ("number", "objection", "standing", "inside", "whole")
    table = Table(*[say(f"objections.{key}", language) for key in keys])
    for each in all_objections():
        region = regions.get(each)
        cells = _facts(region, language) if region else [say("objections.unsearched", language)]
        table.add_row(str(each), name(each, language), *cells)
    return table


def checked(tried: Sequence[Demonstration], language: str) -> Table:
    """Return a table of regions tried on fresh societies: how often the objections won."""
    keys = ("number", "objection", "inside")
    table = Table(*[say(f"objections.{key}", language) for key in keys])
    for each in tried:
        cells = (name(each.number, language), share_words(each.share, language))
        table.add_row(str(each.number), *cells)
    return table


def _facts(region: Region, language: str) -> list[str | Text]:
    standing = region.standing
    return [
        Text(say(f"objections.{standing}", language), COLOURS[standing]),
        share_words(region.inside, language),
        share_words(region.whole, language),
    ]


def share_words(share: Share, language: str) -> str:
    """Return a share in percent with its interval."""
    low, high = (percent(end, language) for end in share.interval)
    return f"{small_percent(share.value, language)} ({low} – {high})"


def small_percent(share: float, language: str) -> str:
    """Return a share in percent, with two digits where it is small and none below a millionth.

    >>> small_percent(0.0123, "en"), small_percent(0.61, "en"), small_percent(3e-9, "en")
    ('1.2%', '61%', '< 0.0001%')
    """
    if share >= 0.1 or share == 0.0:
        return percent(share, language)
    below = "< " if share < TINY else ""
    return below + number(100 * max(share, TINY), language, 2) + say("language.percent", language)


def limits(box: Box, language: str) -> Iterator[str]:
    """Yield each limit of a region in words; yes and no together limit nothing."""
    for path, limit in sorted(box.items()):
        if set(limit) != {True, False}:
            yield _limit(path, limit, language)


def _limit(path: str, limit: Limit, language: str) -> str:
    words = [value_words(path, value, language) for value in limit]
    if isinstance(limit[0], (bool, str)):
        options = ", ".join(words)
        return f"{label(path, language)}: {options}"
    low, high = words
    unit = high.partition(" ")[1:]
    low = low.removesuffix("".join(unit))  # once is enough
    return say("objections.between", language, label=label(path, language), low=low, high=high)


def told(shown: Demonstration, region: Region | None, language: str) -> Iterator[Any]:
    """Yield what a demonstration comes to: the objection, its region, arms, claims, the outcome."""
    objection = find_objection(shown.number)
    start = f"objections.{shown.number}"
    words = {"number": shown.number, "name": name(shown.number, language)}
    yield Text(say("objections.heading", language, **words), style="bold")
    yield say(f"{start}.says", language)
    yield ""
    if region is None or region.standing == NOWHERE:
        yield say(f"objections.{'lost' if region else 'not_looked'}", language)
    else:
        where = "where" if region.limits else "everywhere"
        yield say(f"objections.{where if region.standing == WINS else 'nearest'}", language)
        yield from (f"  {line}" for line in limits(region.limits, language))
    yield say("objections.drawn", language, points=len(shown.tried))
    yield _arms(shown, objection.shown, language)
    yield _claims(shown, language)
    low, high = shown.share.interval
    outcome = {"wins": shown.share.wins, "points": shown.share.points, "share": shown.share.value}
    yield say("objections.won", language, **outcome, low=low, high=high)
    if region:
        before = {"inside": region.inside.value, "points": region.inside.points}
        yield say("objections.before", language, **before, whole=region.whole.value)


def _arms(shown: Demonstration, readings: tuple[str, ...], language: str) -> Table:
    """Return the mean readings of all arms."""
    arms = find_objection(shown.number).arms
    names = [say(f"objections.{shown.number}.arms.{arm}", language) for arm in arms]
    table = Table(say("objections.reading", language), title=say("objections.arms", language))
    for each in names:
        table.add_column(each, justify="right")
    for reading in readings:
        means = [shown.mean(arm, reading) for arm in arms]
        values = [NOTHING if isnan(mean) else number(mean, language, 3) for mean in means]
        table.add_row(reading_name(reading, language), *values)
    return table


def reading_name(reading: str, language: str) -> str:
    """Return what a reading is called: a measure, or one of the objections' own.

    >>> reading_name("cynicism", "en")
    'Cynicism'
    """
    own = f"objections.readings.{reading}"
    return say(own if has(own) else f"measures.{reading}.label", language)


def _claims(shown: Demonstration, language: str) -> Table:
    """Return each claim in words, with what was found and in how many societies it holds."""
    keys = ("claim", "found", "wanted", "holds")
    table = Table(*[say(f"objections.{key}", language) for key in keys])
    claims = find_objection(shown.number).claims
    rows = zip(claims, shown.mean_gaps(), shown.holding(), strict=True)
    for claim, gap, count in rows:
        table.add_row(
            say(f"objections.{shown.number}.claims.{claim.name}", language),
            number(gap, language, 2),
            number(claim.by, language, 2),
            say("objections.of", language, count=count, all=len(shown.tried)),
        )
    return table
