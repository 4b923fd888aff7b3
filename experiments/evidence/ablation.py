"""Switch off one mechanism at a time and see which patterns go with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...model.declaration import ParameterError, nearest
from ...model.parameters import Behaviour
from .judge import Judgement
from .validate import validate

REPLICATES = 20
CHANCE = "another_seed"  # nothing off: what changes is luck
SEED, OTHER_SEED = 1, 2

# What is laid over behaviour so that a mechanism does nothing. Everything else stays.
MECHANISMS: Mapping[str, Mapping[str, float]] = {
    "needs_drift": {"need_drift": 0.0, "local_drift": 0.0},
    "tacit_needs": {"tacit_share": 0.0},
    "local_knowledge_of_councils": {"local_knowledge": 0.0},
    "goods_sent_by_records": {"exchange": 1.0},
    "noise_in_reports": {"report_noise": 0.0},
    "differences_in_skill": {"skill_spread": 0.0},
    "differences_between_workplaces": {"site_spread": 0.0},
    "competence_in_office": {"competence_effect": 0.0},
    "competence_of_superiors": {"branch_competence": 0.0},
    "capital_follows_the_plan": {"capacity_mobility": 0.0},
    "ratchet": {"ratchet": 0.0},
    "bonus": {"bonus": 0.0},
    "hidden_capacity": {"safety_slack": 0.0},
    "padding": {"padding_limit": 0.0},
    "greed": {"greed": 0.0, "greed_spread": 0.0},
    "vocation": {"vocation": 0.0},
    "projects_of_the_ministry": {"projects": 0.0},
    "room_of_exceptions": {"room_exceptions": 0.0},
    "pay_rises_with_rank": {"pay_ladder": 1.0},
    "learning_from_fates": {"risk_memory": 240.0},
    "end_in_sight": {"foresight": 0.0},
    "own_branch_counts_more": {"own_weight": 0.0},
    "newcomers_are_told": {"told": 0.0},
    "conformity": {"conformity": 0.0},
    "hiding": {"hide_cost": 20.0},
    "favours": {"favour_share": 0.0},
    "fellowship": {"fellowship": 0.0},
    "denunciation": {"denunciation": 0.0},
    "honour": {"honour": 0.0},
    "supervision": {"supervision": 0.0},
    "inspection_by_delegates": {"inspection": 0.0},
    "errors_taken_for_theft": {"errors": 0.0},
    "caution_for_fear_of_auditors": {"caution": 0.0},
    "loyalty_in_appointments": {"loyalty_weight": 0.0},
    "scandals_arouse": {"scandal_boost": 0.0},
    "rivals_press": {"press": 0.0},
    "hearsay": {"hearsay": 0.0},
    "rumour": {"rumour": 0.0},
    "talk": {"diffusion": 0.0},
    "blame_for_want": {"blame": 0.0},
    "suspicion": {"suspicion": 0.0},
    "cynicism": {"cynicism_gain": 0.0},
    "unknown_challengers": {"obscurity": 0.0},
    "mobilisation": {"mobilisation": 0.0},
    "cost_of_size": {"scale_cost": 0.0},
    "meetings_cost_more_than_ballots": {"meeting_cost": 0.0},
    "fatigue": {"fatigue_gain": 0.0},
    "learning_whether_acting_helps": {"efficacy_learning": 0.0},
    "meetings_teach": {"meeting_lesson": 0.0},
    "reprisals": {"reprisal": 0.0},
    "machines_that_know_names": {"recognition": 0.0},
    "legitimacy_premium": {"legitimacy_premium": 0.0},
    "second_economy": {"informal_limit": 0.0},
    "pilfering": {"pilferage": 0.0},
    "officials_intrigue": {"intrigue": 0.0},
    "losers_learn": {"loser_hope": 1.0, "loser_learning": 0.0},
    "slander": {"slander": 0.0},
    "doubt_at_the_ballot": {"doubt": 0.0},
    "deference_to_experts": {"deference": 0.0},
    "parochialism": {"parochialism": 0.0},
    "amendment": {"amendment_step": 0.0},
    "growth_of_automation": {"automation_growth": 0.0},
    "conversion_into_property": {"ownership": 0.0},
}


@dataclass(frozen=True)
class Ablation:
    """The patterns with one mechanism off.

    `mechanism` is None with all of them on, CHANCE with all of them on and another seed.
    """

    mechanism: str | None
    judgements: tuple[Judgement, ...]

    def intervals(self) -> dict[tuple[str, str], tuple[float, float]]:
        """Return the 95 % interval of every check's statistic, by pattern and check."""
        return {
            (j.pattern.id, c.check.statistic): (c.estimate.low, c.estimate.high)
            for j in self.judgements
            for c in j.checked
        }

    def met(self) -> dict[str, set[str]]:
        """Return by pattern the checks that are met."""
        return {
            j.pattern.id: {c.check.statistic for c in j.checked if c.met} for j in self.judgements
        }


def named(mechanisms: Sequence[str]) -> tuple[str, ...]:
    """Return the mechanisms meant, all if none is named; raises ParameterError for an unknown."""
    for name in mechanisms:
        if name not in MECHANISMS:
            raise ParameterError(f"{name} is no mechanism; {nearest(name, MECHANISMS)}")
    return tuple(mechanisms) or tuple(MECHANISMS)


def ablate(
    mechanisms: Sequence[str] = (),
    patterns: Sequence[str] = (),
    replicates: int = REPLICATES,
    processes: int = 1,
    behaviour: Behaviour | Sequence[Behaviour] | None = None,
    folder: Path | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Iterator[Ablation]:
    """Yield the suite with everything on, the same with another seed, then each mechanism off.

    All but the second share their seeds. With a `folder`, finished experiments are kept there, a
    subfolder a mechanism.
    """
    runs = (None, CHANCE, *named(mechanisms))
    for number, mechanism in enumerate(runs):
        home = folder / (mechanism or "all_on") if folder else None
        off = MECHANISMS.get(mechanism or "", {})
        seed = OTHER_SEED if mechanism == CHANCE else SEED
        found = validate(patterns, replicates, processes, behaviour, off, seed, home)
        yield Ablation(mechanism, tuple(found))
        if progress is not None:
            progress(number + 1, len(runs))


def lost(whole: Ablation, without: Ablation) -> dict[str, set[str]]:
    """Return, by pattern, the checks met with everything on and missed without the mechanism."""
    before, after = whole.met(), without.met()
    return {name: gone for name in before if (gone := before[name] - after[name])}


def gained(whole: Ablation, without: Ablation) -> dict[str, set[str]]:
    """Return, by pattern, the checks that are met only without the mechanism."""
    return lost(without, whole)


def moved(found: Sequence[Ablation], without: Ablation) -> dict[str, set[str]]:
    """Return, by pattern, the checks whose 95 % intervals have nothing in common with any before.

    Before: every run of `found` with everything on, whatever its seed. Where a statistic cannot be
    computed there is no interval to speak of, and nothing is sure.
    """
    before = [each.intervals() for each in found if each.mechanism in (None, CHANCE)]
    moved_checks: dict[str, set[str]] = {}
    for check, (low, high) in without.intervals().items():
        if all(low > known[check][1] or high < known[check][0] for known in before):
            moved_checks.setdefault(check[0], set()).add(check[1])
    return moved_checks
