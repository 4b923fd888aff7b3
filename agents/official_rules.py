"""What an official compares before it takes, hides, pads, conceals, condones or stands for office.

Pure functions of one agent's numbers; none of them sees a rule setting. A rule reaches an official
only as pay, as a fine, as what the books show, and as what the official has seen happen to others.
"""

from __future__ import annotations

from .compiled import clamp, rule

PAYABLE = 30.0  # months of pay: what half of five years' pay comes to, more nobody can pay back
HALF_FOUND = 0.1  # misuse that an observer of the books recognises every second time


@rule
def tolerable_rent(
    temptation: float, surplus: float, patience: float, detection: float, expected_fine: float
) -> float:
    """Return the lowest monthly rent for which staying moderate beats grabbing all within reach.

    Grabbing pays surplus + temptation once and ends the office with probability `detection`;
    staying moderate pays surplus + rent for ever. Solving for equality gives
    r* = max(0, ((S + R)(1 - d) - (1 - d) F) / (1 - d + d q) - S), all amounts in baskets a month,
    `patience` d and `detection` q in 0..1 (barro1973, ferejohn1986; fine F as becker_stigler1974).

    >>> round(tolerable_rent(1.0, 0.0, 0.9, 0.1, 0.0), 2)
    0.53
    """
    impatience = 1.0 - patience
    caught = impatience + patience * detection
    if caught <= 0.0:
        return 0.0
    kept = impatience * (temptation - expected_fine) - patience * detection * surplus
    return max(0.0, kept / caught)


@rule
def end_in_sight(
    foresight: float, months_left: float, is_last: bool, removal: float, petition_months: float
) -> float:
    """Return the chance a month, in a holder's eyes, that its office ends whatever it does.

    In a mandate that cannot be renewed it is the share that a month is of what is left
    (ferraz_finan2011); while a petition runs, the chance of a `removal` (0..1, 0 where none runs)
    spread over the months in which signatures count. The nearer end is seen, as far as `foresight`
    goes (0..1).

    >>> end_in_sight(1.0, 4.0, True, 0.0, 3.0), end_in_sight(1.0, 4.0, False, 0.75, 3.0)
    (0.25, 0.25)
    """
    last = 1.0 / max(months_left, 1.0) if is_last else 0.0
    return foresight * min(1.0, max(last, removal / petition_months))


@rule
def horizon(patience: float, churn: float, end: float) -> float:
    """Return how much next month in office counts beside this one, 0..1.

    `patience`, times the chance of being in office still whatever one does: of no removal such as
    hits anybody (`churn`), and of no end that is in sight.

    >>> horizon(0.98, 0.0, 1.0)
    0.0
    """
    return patience * (1.0 - churn) * (1.0 - end)


@rule
def detection_learnt(risk: float, churn: float) -> float:
    """Return how much likelier the greedy lose office than the honest, per month, 0..1.

    Being thrown out whatever one does (`churn`) deters nobody; it only shortens the horizon.

    >>> detection_learnt(0.05, 0.05)
    0.0
    """
    return clamp((risk - churn) / max(1.0 - churn, 1e-9), 0.0, 1.0)


@rule
def intended_diversion(
    greed: float,
    room: float,
    surplus: float,
    horizon: float,
    detection: float,
    expected_fine: float,
    peers: float,
    conformity: float,
) -> float:
    """Return the share (0..1) of what is within reach (`room`, baskets) the official means to take.

    Greed is the share of it that tempts. The rent that cannot be denied it (tolerable_rent) is
    mixed with what its peers take: company makes theft ordinary (hammond2000).
    """
    if room <= 1e-12 or greed <= 0.0:
        return 0.0
    rent = tolerable_rent(greed * room, surplus, horizon, detection, expected_fine)
    alone = clamp(rent / room, 0.0, greed)
    return (1.0 - conformity) * alone + conformity * min(peers, greed)


@rule
def kept_of_take(favours: float, multiple: float, recovery: float) -> float:
    """Return the share (0..1) of a take left after favours and what will have to be paid back.

    `multiple` of the share `recovery` (0..1) of all takings is paid back sooner or later.

    >>> kept_of_take(0.0, 1.0, 0.25), kept_of_take(0.0, 3.0, 0.5)
    (0.75, 0.0)
    """
    return max(0.0, 1.0 - favours - multiple * recovery)


@rule
def hiding(detection: float, stake: float, cost: float) -> float:
    """Return the share (0..1) of hand-kept books made unreadable.

    The expected loss a month (detection x stake) is weighed against the cost of a full cover-up,
    both in baskets a month.

    >>> hiding(0.0, 10.0, 1.0)
    0.0
    """
    loss = detection * stake
    return loss / (loss + cost)


@rule
def effective_bonus(bonus: float, ratchet: float, interest: float) -> float:
    """Return what one more unit of output is worth when it also raises later targets.

    b / (1 + x / r) with ratchet x and monthly interest r (weitzman1980).

    >>> round(effective_bonus(1.0, 0.1, 0.1), 2)
    0.5
    """
    return bonus if ratchet <= 0.0 else bonus / (1.0 + ratchet / max(interest, 1e-9))


@rule
def concealed_capacity(bonus: float, slack: float, strain: float, greed: float) -> float:
    """Return the share (0..1) of capacity a director keeps back.

    It reveals capacity until the strain of a tauter plan, strain x (share - slack kept), equals the
    (effective) bonus; the easy life it could keep, `slack`, is weighed by its self-interest.
    """
    return clamp(slack * greed - bonus / strain, 0.0, 0.9)


@rule
def padding(limit: float, bonus: float, detection: float, loss: float, greed: float) -> float:
    """Return by what share the report exceeds true output, at most `limit` (cross-checks).

    The bonus on paper output, in baskets, is weighed against the risk (per month) of losing an
    office worth `loss` baskets in all (harrison2011).

    >>> round(padding(0.08, 0.3, 0.01, 30.0, 0.5), 3)
    0.027
    """
    gain = greed * bonus
    return 0.0 if gain <= 0.0 else limit * gain / (gain + detection * loss)


@rule
def condones(
    favour: float, greed: float, feeling: float, honour: float, risk: float, loss: float
) -> bool:
    """Say whether one who knows keeps silent: k D + favour > s + q L (tirole1986).

    The favour offered, weighed by greed, and `feeling`, what exposing would cost otherwise, stand
    against the honour of exposing (all three in baskets a month) and the risk (per month) that
    taking favours costs one's own place, worth `loss` baskets in all.

    >>> bool(condones(1.0, 1.0, 0.0, 0.2, 0.01, 50.0))
    True
    """
    return greed * favour + feeling > honour + risk * loss


@rule
def post_value(pay: float, bench_pay: float, vocation: float, expected_rent: float) -> float:
    """Return what holding an office is worth a month beyond the bench, in baskets."""
    return pay - bench_pay + vocation + expected_rent


@rule
def misuse_of(unlawful: float, mean_wage: float) -> float:
    """Return unlawful gain as share of itself and a mean wage, 0..1: how large it looks.

    >>> misuse_of(1.0, 1.0)
    0.5
    """
    return unlawful / (unlawful + max(mean_wage, 1e-12))


@rule
def recognisable(misuse: float) -> float:
    """Return the chance (0..1) that misuse of this extent is recognised as such in the books.

    >>> recognisable(0.1)
    0.5
    """
    return misuse / (misuse + HALF_FOUND)


@rule
def damages(taken: float, multiple: float, pay: float) -> float:
    """Return what is to be paid for goods taken, in baskets: a multiple, but no more than one can.

    Means limit fines (polinsky_shavell2000); `taken` and `pay` (a month's) are in baskets.

    >>> damages(2.0, 1.5, 1.0), damages(200.0, 1.5, 1.0)
    (3.0, 30.0)
    """
    return min(multiple * taken, PAYABLE * max(pay, 0.0))


@rule
def apparent_misuse(misuse: float, errors: float, competence: float, withheld: float) -> float:
    """Return what misuse (0..1) looks like to auditors, who cannot tell errors from theft.

    Errors, of extent `errors` without competence, are made in what is spent, not in what is
    withheld (share); most waste is of this kind (bandiera_prat_valletti2009).

    >>> round(apparent_misuse(0.1, 0.2, 0.5, 0.5), 6)
    0.15
    """
    return min(1.0, misuse + errors * (1.0 - competence) * (1.0 - withheld))


@rule
def held_back(caution: float, unjust_risk: float) -> float:
    """Return the share (0..1) of what is due that is not spent for fear of being fined for it.

    `caution` times the chance of being fined within a year whatever one does; what is not spent
    cannot have been spent wrongly (lichand2015).

    >>> held_back(0.2, 0.0), held_back(0.2, 1.0)
    (0.0, 0.2)
    """
    return caution * (1.0 - (1.0 - unjust_risk) ** 12)


@rule
def glass_house(denunciation: float, own_misuse: float, stake: float) -> float:
    """Return what exposing another costs one with misuse of its own, in baskets a month.

    The exposed tell what they know with chance `denunciation`; cliques keep silent together
    (harrison2011). Without misuse of one's own it costs nothing.

    >>> glass_house(0.5, 0.0, 2.0)
    0.0
    """
    return denunciation * recognisable(own_misuse) * max(stake, 0.0)


@rule
def place_value(stake: float, horizon: float) -> float:
    """Return what an office is worth in all, in baskets: its advantage a month, discounted.

    >>> round(place_value(1.0, 0.96), 6)
    25.0
    """
    return max(stake, 0.0) / max(1.0 - horizon, 1e-3)


@rule
def appointment_score(
    competence: float, loyalty: float, superior_diversion: float, loyalty_weight: float
) -> float:
    """Return how a superior ranks a candidate: who has something to hide prizes loyalty."""
    return competence + loyalty_weight * superior_diversion * loyalty


@rule
def learnt_rate(rate: float, event: float, exposure: float, memory: float) -> float:
    """Return a monthly hazard after another month of watching: events against exposure to them.

    >>> learnt_rate(0.0, 1.0, 1.0, 10.0)
    0.1
    """
    return clamp(rate + (event - rate * exposure) / memory, 0.0, 1.0)
