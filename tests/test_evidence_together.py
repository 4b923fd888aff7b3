"""Which patterns draws meet together: what stands apart is named, what chance does is not."""

import numpy as np
import pytest

from thermidor.experiments.evidence import together
from thermidor.experiments.evidence.calibration import Particle


def drawn(**met: np.ndarray) -> list[Particle]:
    """Return draws that miss each pattern by a little wherever they do not meet it."""
    rows = zip(*met.values(), strict=True)
    names = list(met)
    return [
        Particle(np.zeros(1), {n: 0.0 if m else 0.1 for n, m in zip(names, row, strict=True)})
        for row in rows
    ]


HALF = np.arange(200) < 100
EVERY_OTHER = np.arange(200) % 2 == 0


def test_patterns_that_exclude_one_another_are_named() -> None:
    page = together.section(drawn(A=HALF, B=~HALF, C=EVERY_OTHER), 200)
    assert "A and B (both in 0 of 100 and 100)" in page
    assert "and C" not in page
    assert "At most 2 of 3 are met at once, by 100 draws" in page


def test_patterns_that_have_nothing_to_do_with_one_another_are_not_named() -> None:
    page = together.section(drawn(A=HALF, C=EVERY_OTHER), 200)
    assert "No two are surely met together less often" in page
    assert "At most 2 of 2 are met at once, by 50 draws." in page


def test_draws_chosen_for_being_near_tell_nothing_of_pairs_but_count_otherwise() -> None:
    """Of 100 even draws half meet A, half C; of 100 chosen ones none meets both."""
    chosen = drawn(A=HALF, B=np.zeros(200, dtype=bool), C=np.where(HALF, EVERY_OTHER, True))
    page = together.section(chosen[:100] + chosen[100:], 100)
    assert "No two are surely met together less often" in page
    assert "Met by no draw: B." in page
    assert "| A | 100 (96.4 to 100.0 %) | 100 |" in page


@pytest.mark.parametrize("count", [0, 40])
def test_how_much_of_the_prior_a_pattern_may_be_met_in_is_told_even_where_no_draw_does(
    count: int,
) -> None:
    page = together.section(drawn(A=np.arange(40) < count), 40)
    assert ("| A | 0 (0.0 to 8.8 %) | 0 |" if count == 0 else "| A | 40 (91.2 to 100.0 %)") in page
