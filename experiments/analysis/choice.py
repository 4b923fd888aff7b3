"""Which analyses a sweep's design and runs allow, and all of them carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...model.declaration import ParameterError, nearest
from ...model.verdict import CONTROLLED, REGIMES
from ...texts import say
from . import tell_factors, tell_outcomes, tell_sensitivity
from .finding import Finding, Question, Unfit
from .material import Material
from .phase import REGIME
from .words import outcome_words

Telling = Callable[[Material, Question], Finding]

ANALYSES: dict[str, Telling] = {
    "effects": tell_factors.effects,
    "levels": tell_factors.levels,
    "contrasts": tell_factors.contrasts,
    "sobol": tell_sensitivity.sobol,
    "pairs": tell_sensitivity.pairs,
    "morris": tell_sensitivity.morris,
    "prcc": tell_sensitivity.prcc,
    "scores": tell_sensitivity.scores,
    "boxes": tell_outcomes.boxes,
    "phase": tell_factors.phase,
    "events": tell_outcomes.events,
    "sufficiency": tell_outcomes.enough,
}
OF_A_REGIME = ("boxes", "events")  # told of the regime that matters, asked for or not
HEADLINES = ("effects", "sobol", "morris", "prcc", "boxes", "events")


@dataclass(frozen=True)
class LeftOut:
    """An analysis that does not apply, to which outcome, and why, in words."""

    name: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Analysis:
    """All that was found, in the order of the report, and what was left out."""

    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]

    def headlines(self) -> list[str]:
        """Return what is to be read first."""
        return [f.sentences[0] for f in self.findings if f.name in HEADLINES]


def analyse(material: Material, outcomes: Sequence[str], language: str = "en") -> Analysis:
    """Carry out every analysis that applies to every outcome, and to the regime that matters."""
    asked = [(name, outcome) for outcome in outcomes for name in ANALYSES]
    main = main_regime(material)
    if main is not None and main not in outcomes:
        asked += [(name, main) for name in OF_A_REGIME]
    asked.append(("phase", REGIME))
    findings, left_out = [], []
    for name, outcome in asked:
        try:
            findings.append(ANALYSES[name](material, Question(outcome, language)))
        except Unfit as unfit:
            left_out.append(LeftOut(name, outcome, unfit.told(language)))
    return Analysis(tuple(findings), tuple(left_out))


def one_figure(material: Material, name: str, ask: Question) -> Finding:
    """Carry out one analysis, named as its figure. Raises ParameterError if it cannot be."""
    if name not in ANALYSES:
        raise ParameterError(
            say("analysis.no_figure", ask.language, name=name, nearest=nearest(name, ANALYSES))
        )
    if (ask.y and name != "phase") or (ask.x and name not in ("phase", "events")):
        raise ParameterError(say("analysis.only_with", ask.language))
    others = [factor for factor in material.varied if factor != ask.x]
    if ask.x and ask.x == ask.y and others:
        raise ParameterError(say("analysis.twice", ask.language, factor=ask.x, other=others[0]))
    try:
        found = ANALYSES[name](material, ask)
    except Unfit as unfit:
        raise ParameterError(_undrawn(name, ask, unfit.told(ask.language))) from None
    if found.draw is None:
        raise ParameterError(_undrawn(name, ask, found.sentences[0]))
    return found


def main_regime(material: Material) -> str | None:
    """Return bureaucratic degeneration if it happens, else the commonest regime out of control."""
    counts = material.runs["regime"].value_counts()
    if "bureaucratic_degeneration" in counts:
        return "bureaucratic_degeneration"
    return next((str(r) for r in counts.index if r in REGIMES and r not in CONTROLLED), None)


def _undrawn(name: str, ask: Question, reason: str) -> str:
    outcome = outcome_words(ask.outcome, ask.language)
    told = {"name": name, "outcome": outcome, "reason": reason}
    return say("analysis.figure_left_out", ask.language, **told)
