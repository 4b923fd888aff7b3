"""Findings on what happens: boxes of scenario discovery, event times, enough replicates."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from ...model.verdict import REGIMES
from ...texts import say
from .draw_outcomes import draw_boxes, draw_events, draw_sufficiency
from .event_times import Curve, curve_table, curves_by
from .finding import Finding, Question, how, needs, needs_variety
from .importance import strongest
from .material import Material, is_share_of_runs
from .scenario_discovery import Box, Discovery, discover
from .sufficiency import spreads, sufficiency, widths_now
from .words import amount, box_words, cell_words, factor_words, outcome_words, percent

FEWEST_RUNS = 40


def boxes(material: Material, ask: Question) -> Finding:
    """Tell in which boxes of factors an outcome happens. Raises Unfit."""
    needs(is_share_of_runs(ask.outcome), "happens")
    needs_variety(material, ask.outcome)
    runs, points = len(material.whole), len(material.points)
    needs(runs >= FEWEST_RUNS and points > 4, "few_points", points=points, factors=1)
    found = discover(material, ask.outcome)
    words = {"outcome": outcome_words(ask.outcome, ask.language)}
    share = percent(found.share, ask.language)
    table = _box_table(found, ask.language)
    if not found.boxes:
        told = (say("analysis.boxes.none", ask.language, share=share, **words),)
        return Finding("boxes", ask.outcome, told, table, how("boxes", ask.language))
    told = [
        say(
            "analysis.boxes.further" if place else "analysis.boxes.sentence",
            ask.language,
            limits=box_words(box.limits, ask.language),
            density=round(box.density, 2),  # first, so that both its forms agree
            coverage=box.coverage,
            **words,
        )
        for place, box in enumerate(found.boxes)
    ]
    told.insert(1, say("analysis.boxes.base", ask.language, share=share))
    if not np.isnan(found.boxes[0].unseen):
        unseen = found.boxes[0].unseen
        told.insert(2, say("analysis.boxes.unseen", ask.language, density=unseen))
    draw = partial(draw_boxes, material, found, told[0], ask.language)
    return Finding("boxes", ask.outcome, tuple(told), table, how("boxes", ask.language), draw)


def _box_table(found: Discovery, language: str) -> pd.DataFrame:
    """Return one row a box: its limits in words and its numbers."""
    numbers = ["coverage", "density", "low", "high", "mass", "runs", "unseen"]
    rows = [
        [
            box_words(box.limits, language),
            *(getattr(box, name) for name in numbers),
            _returning(box, language),
        ]
        for box in found.boxes
    ]
    return pd.DataFrame(rows, columns=["box", *numbers, "returning"])


def _returning(box: Box, language: str) -> str:
    return ", ".join(
        f"{factor_words(factor, language)} {percent(share, language)}"
        for factor, share in box.returning.items()
    )


def events(material: Material, ask: Question) -> Finding:
    """Tell by which month a regime sets in, by the factor that tells most apart. Raises Unfit."""
    needs(ask.outcome in REGIMES, "onset")
    needs_variety(material, ask.outcome)
    factor = ask.x or strongest(material, material.matrix(ask.outcome))[0]
    cells, curves = curves_by(material, ask.outcome, factor)
    names = cell_words(cells, ask.language)
    known = [(c, name) for c, name in zip(curves, names, strict=True) if c is not None]
    ends = sorted(known, key=lambda pair: pair[0].share[-1])
    title = _events_told(ask, factor, ends, material.months)
    table = curve_table(curves, names)
    return Finding(
        "events",
        ask.outcome,
        (title,),
        table,
        how("events", ask.language),
        partial(draw_events, curves, names, material.months, title, ask.language),
        ("--x", factor),
    )


def _events_told(ask: Question, factor: str, ends: list[tuple[Curve, str]], months: int) -> str:
    return say(
        "analysis.events.says",
        ask.language,
        regime=outcome_words(ask.outcome, ask.language),
        month=months,
        factor=factor_words(factor, ask.language),
        low=percent(float(ends[0][0].share[-1]), ask.language),
        lowest=ends[0][1],
        high=percent(float(ends[-1][0].share[-1]), ask.language),
        highest=ends[-1][1],
    )


def enough(material: Material, ask: Question) -> Finding:
    """Tell whether there are enough replicates. Raises Unfit."""
    needs(material.replicates > 1, "one_replicate")
    values = material.matrix(ask.outcome)
    needs(values.size and values.max() - values.min() > 1e-9, "constant")
    spread = spreads(material, ask.outcome)
    needs(spread[0] > 0.0, "constant")
    table = sufficiency(material, ask.outcome)
    width, _ = widths_now(material, ask.outcome)
    narrower = table[table["half_width"] < width]
    wanted = (narrower if len(narrower) else table.tail(1)).iloc[0]
    title = say(
        "analysis.sufficiency.says",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        replicates=material.replicates,
        width=amount(ask.outcome, width, ask.language),
        wanted=amount(ask.outcome, float(wanted["half_width"]), ask.language),
        needed=int(wanted["typical"]),
    )
    draw = partial(draw_sufficiency, material, ask.outcome, spread, title, ask.language)
    note = how("sufficiency", ask.language)
    return Finding("sufficiency", ask.outcome, (title,), table, note, draw)
