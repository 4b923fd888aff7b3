"""Findings of designs with levels: effects, means, paired contrasts, phase diagrams."""

from __future__ import annotations

from functools import partial

from ...texts import say
from .chance import chance_interval, split_variance
from .contrasts import factor_contrasts, point_contrasts
from .draw_factors import contrast_words, draw_contrasts, draw_effects, draw_levels, draw_phase
from .drawing import records
from .effects import COMMON, HIGHER, MIXED, level_means, variance_shares
from .finding import Finding, Question, how, needs, needs_variety
from .importance import strongest
from .material import CONTROLLED, Material, full_factorial
from .phase import REGIME, cut, phase_table
from .words import (
    amount,
    cell_words,
    factor_words,
    outcome_words,
    percent_words,
    source_words,
    with_interval,
)


def effects(material: Material, ask: Question) -> Finding:
    """Tell main effects, interactions and chance of a full factorial design. Raises Unfit."""
    needs(full_factorial(material), "factorial")
    needs_variety(material, ask.outcome)
    table = variance_shares(material, ask.outcome)
    top = records(table[~table["source"].isin([HIGHER, COMMON, MIXED])])[0]
    values = material.matrix(ask.outcome)
    chance = split_variance(values).chance
    title = say(
        "analysis.effects.says" if material.replicates > 1 else "analysis.effects.says_alone",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        source=source_words(top["source"], ask.language),
        share=percent_words(top["share"], top["low"], top["high"], ask.language),
        chance=percent_words(chance, *chance_interval(values), ask.language),
    )
    draw = partial(draw_effects, table, title, ask.language)
    return Finding("effects", ask.outcome, (title,), table, how("effects", ask.language), draw)


def levels(material: Material, ask: Question) -> Finding:
    """Tell means by level of a full factorial design. Raises Unfit."""
    needs(full_factorial(material), "factorial")
    needs_variety(material, ask.outcome)
    table = level_means(material, ask.outcome)
    spread = table.groupby("factor")["mean"].agg(["min", "max"])
    widest = str((spread["max"] - spread["min"]).idxmax())
    title = say(
        "analysis.levels.says",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        low=amount(ask.outcome, float(spread["min"][widest]), ask.language),
        high=amount(ask.outcome, float(spread["max"][widest]), ask.language),
        factor=factor_words(widest, ask.language),
    )
    draw = partial(draw_levels, table, ask.outcome, title, ask.language)
    return Finding("levels", ask.outcome, (title,), table, how("levels", ask.language), draw)


def contrasts(material: Material, ask: Question) -> Finding:
    """Tell differences between paired runs. Raises Unfit."""
    full = full_factorial(material)
    needs(full or material.kind == "list", "levels")
    needs(material.paired, "unpaired")
    needs(material.replicates > 1, "one_replicate")
    needs_variety(material, ask.outcome)
    listed = material.kind == "list"
    table = (point_contrasts if listed else factor_contrasts)(material, ask.outcome)
    widest = records(table)[int(table["difference"].abs().to_numpy().argmax())]
    numbers = (widest[key] for key in ("difference", "low", "high"))
    told = with_interval(*(amount(ask.outcome, number, ask.language) for number in numbers))
    title = say(
        "analysis.contrasts.says",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        contrast=contrast_words(widest, ask.language),
        difference=told,
    )
    draw = partial(draw_contrasts, table, ask.outcome, title, ask.language)
    return Finding("contrasts", ask.outcome, (title,), table, how("contrasts", ask.language), draw)


def phase(material: Material, ask: Question) -> Finding:
    """Tell an outcome, or the regime that prevails, over two factors. Raises Unfit."""
    needs(len(material.varied) > 1, "two_factors")
    names = _two_factors(material, ask)
    across, up = (cut(material, name) for name in names)
    table = phase_table(material, ask.outcome, across, up)
    needs(len(table) > 1, "few_points", points=len(material.points), factors=2)
    words = {k: factor_words(name, ask.language) for k, name in zip("xy", names, strict=True)}
    regimes = ask.outcome == REGIME
    if regimes:
        first = table["regime"].value_counts()
        words |= {"regime": outcome_words(str(first.index[0]), ask.language)}
        counts = {"count": int(first.iloc[0]), "cells": len(table)}
        title = say("analysis.phase.regimes", ask.language, **counts, **words)
    else:
        outcome = outcome_words(ask.outcome, ask.language)
        low, high = (
            amount(ask.outcome, float(bound), ask.language)
            for bound in (table["mean"].min(), table["mean"].max())
        )
        title = say(
            "analysis.phase.says", ask.language, outcome=outcome, low=low, high=high, **words
        )
    told = table.assign(
        x=table["x"].map(dict(enumerate(cell_words(across, ask.language)))),
        y=table["y"].map(dict(enumerate(cell_words(up, ask.language)))),
    )
    return Finding(
        "phase",
        ask.outcome,
        (title,),
        told,
        say("analysis.phase.how_regimes" if regimes else "analysis.phase.how", ask.language),
        partial(draw_phase, table, ask.outcome, across, up, title, ask.language),
        ("--x", names[0], "--y", names[1]),
    )


def _two_factors(material: Material, ask: Question) -> tuple[str, str]:
    """Return the factors asked for, or those that tell most apart."""
    asked = CONTROLLED if ask.outcome == REGIME else ask.outcome
    order = [f for f in strongest(material, material.matrix(asked)) if f not in (ask.x, ask.y)]
    x = ask.x or order.pop(0)
    return x, ask.y or order[0]
