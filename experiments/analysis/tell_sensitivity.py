"""Findings of sampled designs: Sobol' indices, elementary effects, rank correlations, scores."""

from __future__ import annotations

from functools import partial

from ...texts import say
from ..wording import number
from .chance import chance_interval, split_variance
from .draw_sensitivity import draw_morris, draw_pairs, draw_prcc, draw_scores, draw_sobol
from .drawing import records
from .feature_scores import feature_scores
from .finding import Finding, Question, how, needs, needs_variety
from .material import SAMPLED, Material, is_ordered
from .morris import elementary_effects
from .prcc import partial_rank_correlations
from .sobol import pair_indices, sobol_indices, whole_blocks
from .words import (
    amount,
    factor_words,
    outcome_words,
    percent,
    percent_words,
    source_words,
    with_interval,
)

FEWEST_BLOCKS = 4  # rows of a sample, trajectories
FEWEST_POINTS = 20


def sobol(material: Material, ask: Question) -> Finding:
    """Tell Sobol' indices and the share of chance. Raises Unfit."""
    _needs_blocks(material, ask, "saltelli")
    table = sobol_indices(material, ask.outcome)
    top = records(table)[0]
    title = say(
        "analysis.sobol.says",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        factor=factor_words(top["factor"], ask.language),
        first=percent_words(top["first"], top["first_low"], top["first_high"], ask.language),
        total=percent_words(top["total"], top["total_low"], top["total_high"], ask.language),
    )
    values = material.matrix(ask.outcome)
    chance = (split_variance(values).chance, *chance_interval(values))
    draw = partial(draw_sobol, table, chance, title, ask.language)
    told = (title, *chance_told(material, ask))
    return Finding("sobol", ask.outcome, told, table, how("sobol", ask.language), draw)


def pairs(material: Material, ask: Question) -> Finding:
    """Tell which two factors carry variance together, beyond what each does. Raises Unfit."""
    _needs_blocks(material, ask, "saltelli")
    needs(len(material.varied) > 1, "two_factors")
    needs(material.second_order, "second_order")
    table = pair_indices(material, ask.outcome)
    top = records(table)[0]
    title = say(
        "analysis.pairs.says" if top["low"] > 0.0 else "analysis.pairs.none",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        pair=source_words(top["source"], ask.language),
        share=percent_words(top["share"], top["low"], top["high"], ask.language),
    )
    draw = partial(draw_pairs, table, title, ask.language)
    return Finding("pairs", ask.outcome, (title,), table, how("pairs", ask.language), draw)


def chance_told(material: Material, ask: Question) -> tuple[str, ...]:
    """Say how much is chance, of single runs and of what is left in means; nothing if unknown."""
    if material.replicates < 2:
        return ()
    values = material.matrix(ask.outcome)
    variance = split_variance(values)
    return (
        say(
            "analysis.sobol.chance",
            ask.language,
            chance=percent_words(variance.chance, *chance_interval(values), ask.language),
            left=percent(variance.left_in_means(material.replicates), ask.language),
        ),
    )


def morris(material: Material, ask: Question) -> Finding:
    """Tell Morris's elementary effects. Raises Unfit."""
    _needs_blocks(material, ask, "morris")
    table = elementary_effects(material, ask.outcome)
    top = records(table)[0]
    sizes = (top[key] for key in ("mu_star", "mu_star_low", "mu_star_high"))
    title = say(
        "analysis.morris.says",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        factor=factor_words(top["factor"], ask.language),
        size=with_interval(*(amount(ask.outcome, size, ask.language) for size in sizes)),
    )
    draw = partial(draw_morris, table, ask.outcome, title, ask.language)
    return Finding("morris", ask.outcome, (title,), table, how("morris", ask.language), draw)


def prcc(material: Material, ask: Question) -> Finding:
    """Tell partial rank correlations. Raises Unfit."""
    ordered = [f for f in material.varied if is_ordered(material.points[f])]
    _needs_points(material, ask, len(ordered))
    table = partial_rank_correlations(material, ask.outcome)
    sure = records(table[(table["low"] > 0.0) | (table["high"] < 0.0)])
    words = {"outcome": outcome_words(ask.outcome, ask.language)}
    if sure:
        numbers = (sure[0][name] for name in ("prcc", "low", "high"))
        value = with_interval(*(number(float(f"{x:.2f}"), ask.language, 3) for x in numbers))
        key = "analysis.prcc.rises" if sure[0]["prcc"] > 0.0 else "analysis.prcc.falls"
        words |= {"factor": factor_words(sure[0]["factor"], ask.language)}
        title = say(key, ask.language, value=value, **words)
    else:
        title = say("analysis.prcc.none", ask.language, **words)
    draw = partial(draw_prcc, table, title, ask.language)
    return Finding("prcc", ask.outcome, (title,), table, how("prcc", ask.language), draw)


def scores(material: Material, ask: Question) -> Finding:
    """Tell feature scores. Raises Unfit."""
    _needs_points(material, ask, len(material.varied))
    found = feature_scores(material, ask.outcome)
    top = records(found.table)[0]
    title = say(
        "analysis.scores.says",
        ask.language,
        outcome=outcome_words(ask.outcome, ask.language),
        factor=factor_words(top["factor"], ask.language),
        score=percent_words(top["score"], top["low"], top["high"], ask.language),
        foretold=percent(found.foretold, ask.language),
    )
    draw = partial(draw_scores, found.table, title, ask.language)
    return Finding("scores", ask.outcome, (title,), found.table, how("scores", ask.language), draw)


def _needs_blocks(material: Material, ask: Question, kind: str) -> None:
    """Raise Unfit where Sobol' indices or elementary effects cannot be had."""
    needs(material.kind == kind, kind, kind=material.kind)
    needs_variety(material, ask.outcome)
    rows = whole_blocks(material)
    needs(rows.sum() >= FEWEST_BLOCKS * material.block, "few_blocks")
    means = material.matrix(ask.outcome)[rows].mean(axis=1)
    needs(means.max() - means.min() > 1e-9, "same_means")


def _needs_points(material: Material, ask: Question, factors: int) -> None:
    """Raise Unfit where points were not drawn, or are too few for so many factors."""
    needs(material.kind in SAMPLED, "sampled", kind=material.kind)
    needs_variety(material, ask.outcome)
    points = len(material.points)
    needs(points >= max(FEWEST_POINTS, factors + 10), "few_points", points=points, factors=factors)
    means = material.matrix(ask.outcome).mean(axis=1)
    needs(means.max() - means.min() > 1e-9, "same_means")
