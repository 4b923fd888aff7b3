"""Write docs/findings.md from the numbers of a study; every figure and every judgement is computed.

The words stand in findings.md.jinja. Where a sentence depends on what came out, it is put together
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np

from ...model.parameters import Behaviour
from ...model.verdict import REGIMES
from ...texts import say
from ..identity import model_name
from . import phrases
from .claim import FACTORS, FULL
from .contest import MARGINS, Contest
from .coverage import WANTED
from .phrases import good, measure, player, system, words
from .summary import FAILS, GAIN, HELD, LEANS, MOST, OPEN, RIVALS, SpaceSummary, Summary
from .systems import COURTS, PACKAGE, REMEDIES, START, WITH_AUDITORS, systems

CONCLUSIONS = (HELD, LEANS, OPEN, FAILS)


def page(summary: Summary, command: str) -> str:
    """Return the page of findings in Markdown."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, autoescape=False
    )
    environment.filters.update(FILTERS)
    template = files(__package__).joinpath("findings.md.jinja").read_text(encoding="utf-8")
    text = environment.from_string(template).render(_context(summary, command))
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _context(summary: Summary, command: str) -> dict[str, Any]:
    uniform = summary.spaces["uniform"]
    package = [space.standings[PACKAGE].controlled for space in summary.spaces.values()]
    controlled = [each.value for each in package]
    return {
        **vars(summary),
        **CONSTANTS,
        "command": command,
        "version": version("thermidor"),
        "fingerprint": model_name(),
        "quick": summary.study.size.first_look,
        "full": FULL,
        "behaviours": len(Behaviour.model_fields),
        "lows": (min(controlled), max(controlled)),
        "coverage": uniform.covers["controlled"],
        "played": [space for space in summary.spaces.values() if space.adds],
        "all_players": dict.fromkeys(
            name for game in summary.games.values() for name in game["controlled"].players
        ),
        "with_ideals": _with_ideals(summary),
        "versus": uniform.contests.__getitem__,
        "given_up": given_up(summary),
        **PHRASES,
    }


def _with_ideals(summary: Summary) -> float:
    """Return how often the package is in control with ideals, at the points tried without."""
    count = summary.spaces["without_ideals"].points
    table = summary.study.spaces["uniform"].table(systems()[PACKAGE])
    return float(table["controlled"][:count].mean())


# --- what became of the claim ---------------------------------------------------------------------


def tally(spaces: Mapping[str, SpaceSummary]) -> str:
    """Count how often, over rivals and priors, the claim came out how."""
    sentences = []
    for by_deeds, question in ((False, "on control and needs met"), (True, "by deeds")):
        found = Counter(s.conclusion(r, by_deeds) for s in spaces.values() for r in RIVALS)
        counted = [f"{words(f'conclusions.{name}')} {found[name]}" for name in CONCLUSIONS]
        sentences.append(f"{question}, {', '.join(counted)}")
    total = len(spaces) * len(RIVALS)
    return (
        f"of {total} contests ({len(RIVALS)} rivals, {len(spaces)} priors), {'; '.join(sentences)}."
    )


def failed(spaces: Mapping[str, SpaceSummary]) -> list[str]:
    """Say against whom, and under which prior, the claim fails."""
    return [
        f"against {system(rival)} {question} ({words(f'priors.{name}')})"
        for by_deeds, question in ((False, "on control and needs met"), (True, "by deeds"))
        for name, space in spaces.items()
        for rival in RIVALS
        if space.conclusion(rival, by_deeds) == FAILS
    ]


def under_all(spaces: Mapping[str, SpaceSummary], by_deeds: bool) -> str:
    """Say against whom the claim is borne out under every prior, and against whom under some."""
    held = {
        rival: [space.conclusion(rival, by_deeds) == HELD for space in spaces.values()]
        for rival in RIVALS
    }
    always = [system(rival) for rival, each in held.items() if all(each)]
    at_times = [
        f"{system(rival)} ({sum(each)} of {len(each)})"
        for rival, each in held.items()
        if any(each) and not all(each)
    ]
    return (
        f"borne out under every prior against {', '.join(always) or 'nobody'}; "
        f"under some against {', '.join(at_times) or 'nobody else'}."
    )


def mostly_untrue(contests: Mapping[str, Contest]) -> str:
    """Name the rivals against whom the whole claim is true at no more than half of points."""
    shares = sorted((contests[rival].ahead.value, rival) for rival in RIVALS)
    named = [
        f"{system(rival)} {phrases.percent(value)}" for value, rival in shares if value <= MOST
    ]
    return (f"against {', '.join(named)}" if named else "against none of the rivals") + "."


def over_priors(spaces: Mapping[str, SpaceSummary], rival: str) -> str:
    """Write the lowest and the highest share of points at which the package is ahead."""
    found = [space.contests[rival].ahead.value for space in spaces.values()]
    return f"{phrases.percent(min(found))} to {phrases.percent(max(found))}"


def given_up(summary: Summary) -> dict[str, str]:
    """Return what the rules for changing our mind make us give up."""
    rivals = dict.fromkeys(
        system(r) for s in summary.spaces.values() for r in RIVALS if s.conclusion(r, True) == FAILS
    )
    played = [s.adds["controlled"] for s in summary.spaces.values() if s.adds]
    adverse = np.all([good(adds.shapley, "controlled") < 0 for adds in played], axis=0)
    remedies = [player(p) for p, bad in zip(played[0].players, adverse, strict=True) if bad]
    uniform = summary.spaces["uniform"].contests
    turned = [
        f"{measure(m.threshold)} {m.way} ({system(rival)})"
        for m in summary.moved
        for rival in RIVALS
        if _lead(m.contests[rival]) * _lead(uniform[rival]) < 0.0
    ]
    found = {"rivals": list(rivals), "remedies": remedies, "thresholds": turned}
    return {name: ", ".join(each) or "none in this run" for name, each in found.items()}


def _lead(met: Contest) -> float:
    return met.ahead.value - met.behind.value


def least_ahead(contests: Mapping[str, Contest]) -> float:
    """Return how often the package is ahead of the single remedy that does best against it."""
    return min(contests[name].ahead.value for name in REMEDIES)


FILTERS: Mapping[str, Callable[..., str]] = {
    "pct": phrases.percent,
    "share": phrases.share,
    "points": phrases.points,
    "spread": phrases.spread,
    "system": system,
    "player": player,
    "measure": measure,
    "regime": lambda name: say(f"regimes.{name}.name"),
}
PHRASES: Mapping[str, Callable[..., Any]] = {
    "words": words,
    "thirds": phrases.thirds,
    "gain": phrases.gain,
    "trio": phrases.trio,
    "part": phrases.part,
    "listed": phrases.listed,
    "sides": phrases.sides,
    "useless": phrases.useless,
    "mixes": phrases.mixes,
    "reasons": phrases.reasons,
    "least_ahead": least_ahead,
    "tally": tally,
    "failed": failed,
    "under_all": under_all,
    "mostly_untrue": mostly_untrue,
    "over_priors": over_priors,
}
CONSTANTS: Mapping[str, Any] = {
    "PACKAGE": PACKAGE,
    "START": START,
    "COURTS": COURTS,
    "WITH_AUDITORS": WITH_AUDITORS,
    "RIVALS": RIVALS,
    "REMEDIES": tuple(REMEDIES),
    "GAIN": GAIN,
    "MARGINS": MARGINS,
    "MOST": MOST,
    "WANTED": WANTED,
    "FACTORS": FACTORS,
    "REGIMES": REGIMES,
}
