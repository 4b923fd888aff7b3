"""How the page of findings writes numbers, names and what players add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...texts import has, say
from .contest import LESS_IS_BETTER, Score, Share
from .coverage import Holding
from .failure import Box, Predictor
from .summary import GAIN, Adds, Failing, Pair

# --- numbers --------------------------------------------------------------------------------------


def percent(value: float) -> str:
    """Write a share.

    >>> percent(0.724)
    '72%'
    """
    return f"{value:.0%}"


def share(found: Share | Holding) -> str:
    """Write a share with its interval.

    >>> share(Share(0.65, 0.5, 0.78))
    '65% (50–78)'
    """
    value = found.value if isinstance(found, Share) else found.share
    return f"{value:.0%} ({100 * found.low:.0f}–{100 * found.high:.0f})"


def points(value: float) -> str:
    """Write a difference of shares in percentage points, without a sign.

    >>> points(0.005)
    '0.5'
    """
    return f"{100 * value:.1f}"


def signed(value: float) -> str:
    """Write a difference in percentage points with its sign.

    >>> signed(-0.0312), signed(0.0)
    ('−3.1', '0.0')
    """
    text = f"{100 * value:+.1f}".replace("-", "−")
    return "0.0" if text in ("+0.0", "−0.0") else text


def spread(score: Score) -> str:
    """Write the median difference with the middle four fifths."""
    low, middle, high = (signed(value) for value in score.quantiles)
    return f"{middle} ({low} to {high})"


def thirds(score: Score) -> str:
    """Write how often one is better, both are equal, the other is better."""
    return " / ".join(percent(each.value) for each in (score.better, score.equal, score.worse))


def gain(triple: np.ndarray, player: int) -> str:
    """Write what a player adds, with its interval."""
    mean, low, high = (signed(value) for value in triple[:, player])
    return f"{mean} ({low} to {high})"


def trio(adds: Mapping[str, Adds], player: int) -> str:
    """Write what a player adds to control, needs met and what is taken; bold where surely."""
    wanted = ("controlled", "needs_met", "capture")
    return " / ".join(_marked(adds[reading].shapley[:, player]) for reading in wanted)


def _marked(triple: np.ndarray) -> str:
    """Write a mean, bold where its interval leaves out zero.

    >>> _marked(np.array([0.02, 0.01, 0.03])), _marked(np.array([0.02, -0.01, 0.05]))
    ('**+2.0**', '+2.0')
    """
    mean, low, high = triple
    return f"**{signed(mean)}**" if low > 0.0 or high < 0.0 else signed(mean)


def part(parts: Mapping[str, tuple[float, float]], factor: str) -> str:
    """Write a factor's share of variance with its standard error."""
    value, error = parts.get(factor, (0.0, 0.0))
    return f"{value:.0%} ({100 * error:.0f})"


# --- words ----------------------------------------------------------------------------------------


def words(name: str) -> str:
    """Return the words for something of the study, without their capital where it is a reading."""
    return say(f"claim.{name}" if "." in name else f"claim.readings.{name}")


def system(name: str) -> str:
    """Return what a system is called."""
    return say(f"claim.systems.{name}") if has(f"claim.systems.{name}") else f"only {player(name)}"


def player(name: str) -> str:
    """Return what a player of the game is called."""
    return say(f"claim.players.{name}")


def measure(name: str) -> str:
    """Return what a measure is called, in lower case."""
    key = f"claim.readings.{name}"
    return say(key) if has(key) else say(f"measures.{name}.label").lower()


def listed(names: Sequence[str]) -> str:
    """Name players one after another."""
    return ", ".join(player(name) for name in names) or "nobody"


def good(triple: np.ndarray, reading: str) -> np.ndarray:
    """Return for each player 1 if what it adds is surely for the better, -1 for the worse, else 0.

    >>> good(np.array([[0.2, -0.1], [0.1, -0.3], [0.3, 0.1]]), "controlled").tolist()
    [1, 0]
    """
    sign = (triple[1] > 0.0).astype(int) - (triple[2] < 0.0).astype(int)
    return -sign if reading in LESS_IS_BETTER else sign


def sides(adds: Adds, reading: str) -> str:
    """Say which players surely help, which surely harm, and of which it is not sure."""
    sign = good(adds.shapley, reading)
    labels = ((1, "For the better"), (-1, "for the worse"), (0, "no sure effect"))
    parts = []
    for way, label in labels:
        names = [name for name, each in zip(adds.players, sign, strict=True) if each == way]
        order = [
            f"{player(name)} {signed(adds.shapley[0, adds.players.index(name)])}" for name in names
        ]
        parts.append(f"{label}: {', '.join(order) or 'none'}")
    return "; ".join(parts) + "."


def useless(adds: Mapping[str, Adds]) -> str:
    """Say what the full package loses, or gains, with each player taken out, on any of GAIN."""
    table = {reading: good(adds[reading].last, reading) for reading in GAIN}
    players = adds["controlled"].players
    idle, harmful = [], []
    for k, name in enumerate(players):
        signs = {reading: int(sign[k]) for reading, sign in table.items()}
        if 1 not in signs.values():
            idle.append(name)
        harmful += [f"{player(name)} ({words(r)})" for r, sign in signs.items() if sign < 0]
    missed = (
        f"{listed(idle)} would not surely be missed on any count"
        if idle
        else ("every player would surely be missed on some count")
    )
    gains = (
        f"without some it would surely do better: {', '.join(harmful)}"
        if harmful
        else ("none surely stands in its way")
    )
    return f"{missed}; {gains}"


def mixes(pairs: Sequence[Pair]) -> str:
    """Name the three strongest interactions."""
    return "; ".join(
        f"{player(a)} with {player(b)} {signed(mean)} ({signed(low)} to {signed(high)})"
        for a, b, mean, low, high in pairs[:3]
    )


def reasons(failing: Failing) -> str:
    """Say what predicts a failure, and in which corner it is surely more frequent."""
    sure = [each for each in failing.strongest if each.beyond_chance]
    if not sure:
        return "No parameter predicts it beyond chance."
    told = f"More often where {', '.join(_leaning(each) for each in sure)}."
    corner = failing.corner
    return told + (_cornered(corner) if corner and corner.inside[1] > corner.outside[2] else "")


def _leaning(each: Predictor) -> str:
    way = "higher" if each.correlation > 0.0 else "lower"
    size = f"{each.correlation:+.2f}".replace("-", "−")
    return f"*{feature(each.name)}* is {way} ({size})"


def _cornered(corner: Box) -> str:
    limits = ", ".join(_limit(name, *ends) for name, ends in corner.limits.items())
    inside, outside = Share(*corner.inside), Share(*corner.outside)
    return (
        f" Where {limits} ({percent(corner.mass)} of points): {share(inside)}; "
        f"elsewhere {share(outside)}."
    )


def _limit(name: str, low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{feature(name)} lies between {low:.3g} and {high:.3g}"
    return f"{feature(name)} {f'is above {low:.3g}' if low is not None else f'is below {high:.3g}'}"


def feature(name: str) -> str:
    """Return what a parameter, or the war, is called."""
    key = f"behaviour.{name}.label"
    return say(key).lower() if has(key) else say(f"claim.{name}")
