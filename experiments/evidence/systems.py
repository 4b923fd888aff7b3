"""What is compared: whole systems of rules, and every combination of the essay's remedies.

A game starts from the nomenklatura's rules; each player that joins brings the rules of workers'
democracy that belong to it. All values are read from the two scenarios; a game in which a rule that
differs belongs to nobody, or to two, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from ...model.scenario import Scenario
from ...scenarios import load_scenario
from ..pool import ExperimentError

PACKAGE, START, COURTS = "workers-democracy", "nomenklatura", "audited-meritocracy"
WITH_AUDITORS, SIX, MARKET = "democracy-with-auditors", "six-remedies", "market-benchmark"

Players = Mapping[str, tuple[str, ...]]

REMEDIES: Players = {
    "recall": ("recall_threshold", "recall_reach", "runner_up_succeeds", "recall_pause_months"),
    "election": ("elected_posts", "term_months", "term_limit"),
    "cap": ("wage_cap",),
    "openness": ("openness", "algorithm_open"),
    "councils": ("council_power", "sortition"),
    "automation": ("automation",),
}
SAFEGUARDS: Players = {
    "safeguards": (
        "opposition",
        "participants_visible",
        "audit_rate",
        "sanction",
        "restitution",
        "courts",
        "amendable",
    )
}


BORROWED = (
    "audit_rate",
    "sanction",
    "restitution",
    "courts",
)  # courts, auditors, what they do


@dataclass(frozen=True)
class Game:
    """Players, and which rules each of them brings."""

    name: str
    players: Players

    @property
    def coalitions(self) -> tuple[frozenset[str], ...]:
        """Return every set of players; set number k holds player i if bit i of k is one."""
        names = list(self.players)
        sets = range(1 << len(names))
        return tuple(frozenset(name for i, name in enumerate(names) if k >> i & 1) for k in sets)

    def arms(self) -> dict[str, Scenario]:
        """Return the society of every coalition, by its key, in their order.

        Raises ExperimentError when the players together do not make the package.
        """
        start, package = load_scenario(START), load_scenario(PACKAGE)
        self._check(start, package)
        return {key(c): self._joined(c, start, package) for c in self.coalitions}

    def _joined(self, coalition: frozenset[str], start: Scenario, package: Scenario) -> Scenario:
        """Return the nomenklatura with what the players of a coalition bring."""
        fields = chain.from_iterable(self.players[name] for name in coalition)
        changes = {name: getattr(package.rules, name) for name in fields}
        return start.replace(name=key(coalition), rules=changes)

    def _check(self, start: Scenario, package: Scenario) -> None:
        """See to it that all players together make the package of the nomenklatura."""
        brought = list(chain.from_iterable(self.players.values()))
        for name in type(start.rules).model_fields:
            differs = getattr(start.rules, name) != getattr(package.rules, name)
            if brought.count(name) > 1 or (differs and name not in brought):
                raise ExperimentError(
                    f"the game {self.name} must give rules.{name} to exactly one player"
                )


def key(coalition: Iterable[str]) -> str:
    """Return the name of a coalition.

    >>> key({"recall", "cap"}), key(())
    ('cap+recall', 'nobody')
    """
    return "+".join(sorted(coalition)) or "nobody"


MAIN = Game("main", {**REMEDIES, **SAFEGUARDS})

OTHERS = (
    Game(
        "terms_apart",
        {
            **REMEDIES,
            "election": ("elected_posts",),
            "safeguards": (*SAFEGUARDS["safeguards"], "term_months", "term_limit"),
        },
    ),
    Game(
        "code_with_automation",
        {
            **MAIN.players,
            "openness": ("openness",),
            "automation": ("automation", "algorithm_open"),
        },
    ),
    Game(
        "courts_apart",
        {
            **REMEDIES,
            "safeguards": ("opposition", "participants_visible", "amendable"),
            "courts": BORROWED,
        },
    ),
)  # the same rules given to players otherwise


def systems() -> dict[str, Scenario]:
    """Return the systems that meet at every point: the package, its rivals, and single remedies."""
    package, courts = load_scenario(PACKAGE), load_scenario(COURTS)
    borrowed = {name: getattr(courts.rules, name) for name in BORROWED}
    whole = {name: load_scenario(name) for name in (PACKAGE, START, COURTS, MARKET)}
    whole[WITH_AUDITORS] = package.replace(name=WITH_AUDITORS, rules=borrowed)
    combinations = MAIN.arms()
    whole[SIX] = combinations[key(REMEDIES)]
    return whole | {name: combinations[name] for name in MAIN.players}
