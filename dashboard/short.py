"""A run in short: what the page keeps of each of many replicates."""

from __future__ import annotations

from dataclasses import dataclass

type End = tuple[int, str, int]  # seed, regime in the end, month since which it has held
MOST_POINTS = 60  # of a course, which is enough for a small chart


@dataclass(frozen=True)
class Replicate:
    """How one run went: its seed, the regime it ended in and since when, its last year, its course.

    `means` are of the main measures over the last year; `course` is float32 (point, measure) at
    the months that `course_months` names.
    """

    seed: int
    regime: str
    onset: int
    means: tuple[float, ...]
    course: bytes


def course_months(months: int) -> list[int]:
    """Return the months (from 1) at which a course is told: evenly spaced, the last among them.

    >>> course_months(3), course_months(240)[:2], course_months(240)[-1]
    ([1, 2, 3], [4, 8], 240)
    """
    step = -(-months // MOST_POINTS)
    return list(range(months, 0, -step))[::-1]
