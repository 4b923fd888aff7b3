"""Process 19: what happened this month, as numbers, from the attributes of agents."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from ...model.measures import GINI_BINS, GINI_TOP

if TYPE_CHECKING:
    from .society import TwinSociety


def record(model: TwinSociety) -> None:
    """Write this month's row of the history."""
    row = {**measure_people(model), **measure_economy(model), **measure_offices(model)}
    row["indicator_gap"] -= row["needs_met"]
    row["irremovability"] = irremovability(model)
    row["plan_fidelity"] = model.plan_fidelity
    row["turnover"] = model.changed_hands / len(model.offices)
    row["recalls_of_honest"] = model.funnel["honest"]
    for step in ("attempted", "balloted", "removed"):
        row[f"recalls_{step}"] = model.funnel[step]
    row["automation"] = model.automation
    row["restored"] = float(model.private)
    model.rows.append((row, model.rules))


def mean(model: TwinSociety, attribute: str) -> float:
    """Return the mean of one attribute over all people."""
    return sum(getattr(w, attribute) for w in model.workers) / len(model.workers)


def measure_people(model: TwinSociety) -> dict[str, float]:
    """Return what concerns people."""
    workers, real, top, bench = model.workers, [], [], []
    for w in workers:
        got = (w.consumption + w.private_goods + w.in_kind) / w.need
        real.append(got)
        (top if w.leads else bench).append(got)
    worker = sum(bench) / max(len(bench), 1)
    official = sum(top) / len(top) if top else worker
    private = sum(w.private_goods for w in workers)
    trust = mean(model, "trust")
    return {
        "needs_met": mean(model, "fulfilment"),
        "participation": mean(model, "engaged"),
        "attendance": mean(model, "meets"),
        "trust": trust,
        "efficacy": mean(model, "efficacy"),
        "effort": mean(model, "effort"),
        "legitimacy": 0.5 * (trust + mean(model, "voice")),
        "privilege": official / worker if worker > 0.0 else 1.0,
        "second_economy": private / max(private + sum(w.consumption for w in workers), 1e-12),
        "inequality": gini(real),
    }


def gini(values: list[float]) -> float:
    """Return the Gini index by bins of the mean, as the compiled measure does."""
    average = sum(values) / len(values)
    if average <= 0.0:
        return 0.0
    counts, sums = [0] * GINI_BINS, [0.0] * GINI_BINS
    scale = GINI_BINS / (GINI_TOP * average)
    for value in values:
        bin_ = min(GINI_BINS - 1, int(max(value, 0.0) * scale))
        counts[bin_] += 1
        sums[bin_] += value
    below = area = 0.0
    for count, total in zip(counts, sums, strict=True):
        area += count * (2.0 * below + total)
        below += total
    return max(0.0, 1.0 - area / (len(values) * average * len(values)))


def measure_economy(model: TwinSociety) -> dict[str, float]:
    """Return what concerns goods, plan and reports."""
    taken = sum(s.diverted for s in model.sectors)
    final = sum(s.final + s.pilfered for s in model.sectors) + taken
    extra = [(1.0 - model.automation) * w.director.padding * w.output for w in model.workplaces]
    reported = sum(
        min(w.output + e, w.target) for w, e in zip(model.workplaces, extra, strict=True)
    )
    hidden = sum(w.capacity - w.shown for w in model.workplaces)
    capacity = sum(w.capacity for w in model.workplaces)
    return {
        "capture_amount": taken,
        "capture": taken / max(final, 1e-12),
        "shortage": sum(w.shortfall for w in model.workers) / sum(s.needs for s in model.sectors),
        "output": sum(s.output for s in model.sectors) / model.base_output,
        "distortion": sum(extra) / max(sum(w.output for w in model.workplaces), 1e-12),
        "hidden_capacity": hidden / max(capacity, 1e-12),
        "indicator_gap": reported / max(sum(w.target for w in model.workplaces), 1e-12),
    }


def measure_offices(model: TwinSociety) -> dict[str, float]:
    """Return what concerns offices: who sits how long, on whose favours, and who decides."""
    held = [office for office in model.offices if office.holder is not None]
    posts = [office for office in held if office.is_post]
    seats = [office for office in held if not office.is_post]
    bought = sum(seat.co_opted for seat in seats)
    top = [*model.planners, *model.delegates]
    room = sum(office.room for office in top)
    readable = sum(office.room * office.legible for office in top)
    return {
        "entrenchment": sum(o.tenure / o.mandate for o in held) / max(len(held), 1),
        "co_optation": bought / max(len(seats), 1),
        "competence": sum(o.competence for o in posts) / max(len(posts), 1),
        "inspected": readable / room if room > 0.0 else 1.0,
        "power_concentration": model.deciders / len(model.offices),
        "audits": sum(office.audited for office in model.offices),
    }


def irremovability(model: TwinSociety) -> float:
    """Return, of those who took more than the median a year ago, the share still in post."""
    slot = model.month % 12
    past = [(post, *post.past[slot]) for post in model.officials]
    taken = [diversion for _, diversion, _ in past]
    middle = median(taken)
    if max(taken) <= middle:
        middle = -1.0
    above = [(post, h) for post, diversion, h in past if h is not None and diversion > middle]
    kept = sum(post.holder is holder for post, holder in above)
    for post in model.officials:
        post.past[slot] = (post.diversion, post.holder)
    return kept / len(above) if above else 0.0
