"""Small runs for tests."""

from thermidor import Scenario, load_scenario

MONTHS, PEOPLE = 18, {"workers": 100, "workplace_size": 10, "workers_per_delegate": 20}


def small(name: str = "workers-democracy", **changes: object) -> Scenario:
    return load_scenario(name).replace(population=PEOPLE, months=MONTHS, **changes)
