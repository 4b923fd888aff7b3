"""What the page shows before anything is computed: how scenarios went, and what rules rest on.

`python -m thermidor.dashboard.gallery` runs every scenario of the catalogue with twenty seeds,
looks up which patterns of research vary which rule, and writes it down for the page; a test keeps
it current. Only this command loads the model, the server only reads the file.
"""

from __future__ import annotations

import json
from typing import Any

from .known import FILE
from .sources import citations

SEEDS = range(1, 21)
STEP = 12  # months from one verdict to the next
MOST_VARIED = 3  # an experiment that varies more rules than this is about none of them
REGIMES = (
    "workers_democracy",
    "struggling_democracy",
    "enlightened_technocracy",
    "contested",
    "bureaucratic_degeneration",
    "digital_dictatorship",
    "restoration",
)  # in the order in which the picture stacks them


def course(name: str, seed: int) -> str:
    """Return the regime at the end of every year of one run, a digit each (see REGIMES)."""
    from ..model.society import Society
    from ..model.verdict import verdict
    from ..scenarios import load_scenario

    scenario = load_scenario(name)
    society = Society(scenario, rng=seed)
    society.run_for(scenario.months)
    if scenario.months < STEP:
        return ""
    months = verdict(society.history()).regimes
    return "".join(str(REGIMES.index(regime)) for regime in months[STEP - 1 :: STEP])


def research() -> dict[str, list[list[Any]]]:
    """Return rule -> [pattern, [source, ...]] for the experiments of the suite that vary it."""
    from ..experiments.evidence.patterns import all_patterns
    from ..model.parameters import Rules

    named = citations()
    found: dict[str, list[list[Any]]] = {name: [] for name in Rules.model_fields}
    for pattern in all_patterns():
        arms = [arm.scenario.rules.model_dump() for arm in pattern.arms().values()]
        varied = [name for name in found if any(arm[name] != arms[0][name] for arm in arms)]
        for name in varied if len(varied) <= MOST_VARIED else ():
            found[name].append([pattern.id, [named[source] for source in pattern.sources]])
    return found


def main() -> None:
    """Run the catalogue and write the file."""
    from ..scenarios import names

    courses = {}
    for name in names():
        courses[name] = [course(name, seed) for seed in SEEDS]
        print(name, *courses[name][:3], flush=True)
    known = {"regimes": REGIMES, "step": STEP, "courses": courses, "research": research()}
    FILE.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(FILE)


if __name__ == "__main__":
    main()
