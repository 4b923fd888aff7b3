"""What a worker weighs before it attends, signs, votes, works or trades privately. Pure rules."""

from __future__ import annotations

from .compiled import clamp, rule


@rule
def cause(stake: float, grievance: float, efficacy: float, cynicism: float) -> float:
    """Return the log odds that a grievance (0..1) adds to taking part.

    It counts as far as acting is thought to help (efficacy) and not all are thought alike
    (cynicism).
    """
    return stake * grievance * efficacy * (1.0 - cynicism)


@rule
def participation_odds(
    duty: float, cause: float, pull: float, fatigue: float, fear: float, scale: float
) -> float:
    """Return the log odds of taking part this month.

    Duty, cause and the pull of neighbours who took part last month, less fatigue, fear of reprisal
    (hsieh2011) and the cost of size (shaw_hill2014).
    """
    return duty + cause + pull - fatigue - fear - scale


@rule
def comes(draw: float, chance: float, dear: float) -> bool:
    """Say whether a draw that votes with `chance` comes to meetings, at odds `dear` times worse.

    That is draw < chance / (chance + (1 - chance) dear): one draw, so that whoever comes votes too.

    >>> comes(0.19, 0.5, 4.0), comes(0.21, 0.5, 4.0), comes(0.49, 0.5, 1.0)
    (True, False, True)
    """
    return draw * (chance + (1.0 - chance) * dear) < chance


@rule
def told(came: float, size: float, needed: float) -> float:
    """Return what share (0..1) of a district's affairs those who `came`, of `size`, can tell.

    The share of a mean that is learnt from a sample without replacement: its error falls with the
    number asked and is nothing where all are. Half is known from `needed` people of a large
    district; where `needed` is the whole district, it is the share who came.

    >>> round(told(20.0, 1e9, 20.0), 3), told(10.0, 50.0, 50.0), told(50.0, 50.0, 20.0)
    (0.5, 0.2, 1.0)
    """
    return came * size / (came * size + needed * (size - came))


@rule
def grievance(belief: float, fulfilment: float) -> float:
    """Return cause to act, 0..1: believed misuse or unmet needs.

    >>> grievance(0.0, 1.0)
    0.0
    """
    return 1.0 - (1.0 - clamp(belief, 0.0, 1.0)) * clamp(fulfilment, 0.0, 1.0)


@rule
def after_meeting(efficacy: float, brought: float, carried: float, learning: float) -> float:
    """Return the belief that acting helps (0..1) of one who came to a meeting.

    Every decision brought before the council is a lesson: of those `brought` (share of all
    decisions) the council in fact took, and the economy delivered, `carried` (wampler2008). As many
    of them as came true leave belief as it is; more raise it, fewer lower it. Where nothing is
    brought before a council nothing is learnt.

    >>> after_meeting(0.3, 0.5, 0.15, 0.2), after_meeting(0.5, 1.0, 1.0, 0.5)
    (0.3, 0.75)
    >>> after_meeting(0.5, 1.0, 0.0, 0.5), after_meeting(0.5, 0.0, 0.0, 0.5)
    (0.25, 0.5)
    """
    return efficacy + learning * (carried - brought * efficacy)


@rule
def wants_removal(belief: float, allegation: float, tolerance: float) -> bool:
    """Say whether believed misuse, with what a petition alleges, exceeds what one puts up with."""
    return belief + allegation > tolerance


@rule
def attention_goal(base: float, efficacy: float, grievance: float) -> float:
    """Return the attention given to public matters; more when acting is thought to help."""
    return clamp(base * (0.5 + efficacy) * (0.5 + grievance), 0.0, 1.0)


@rule
def reads(readable: float, attention: float, notice: float) -> float:
    """Return how likely (0..1) a person comes to know within a month what published books show."""
    return clamp(notice * attention * readable, 0.0, 1.0)


@rule
def still_stands(alleged: float, doubt: float, reading: float, months: float) -> float:
    """Return what of an allegation moves a voter at the ballot, as believed misuse.

    Who has read the books since the petition began, `months` ago, judges by them; with the others
    the share `doubt` of what was `alleged` stays.

    >>> still_stands(0.2, 0.5, 0.0, 3.0), still_stands(0.2, 0.5, 1.0, 3.0)
    (0.1, 0.0)
    """
    return doubt * alleged * (1.0 - reading) ** months


@rule
def believes(
    belief: float,
    truth: float,
    readable: float,
    attention: float,
    notice: float,
    hearsay: float,
    said: float,
) -> float:
    """Return belief about an office after reading what is published and hearing what is said.

    `readable` (0..1), the share of misuse that the published books show, is how much faster readers
    come to know it; without reading there is hearsay of what is `said` (`rumoured`).
    """
    reading = reads(readable, attention, notice)
    heard = hearsay * (1.0 - reading)
    return belief + reading * (truth - belief) + heard * (said - belief)


@rule
def rumoured(truth: float, suspicion: float, rumour: float) -> float:
    """Return the misuse that is talked of: the truth mixed with what is thought of anybody.

    Talk knows something of what is hidden, but little (olken2009): it clears some of the guilty and
    blackens some of the honest.

    >>> rumoured(0.8, 0.2, 0.5)
    0.5
    """
    return truth + rumour * (suspicion - truth)


@rule
def effort(premium: float, legitimacy: float, private_work: float) -> float:
    """Return effort (1 = norm): legitimacy adds a little, work on one's own account subtracts.

    >>> effort(0.0, 1.0, 0.2)
    0.8
    """
    return (1.0 + premium * (2.0 * legitimacy - 1.0)) * (1.0 - private_work)


@rule
def private_work_goal(limit: float, fulfilment: float, half: float) -> float:
    """Return the share of working time spent in the second economy; shortage drives it.

    Half of `limit` at a shortage of `half`; the goods come from the plan's own flows, which makes
    the shortage worse (kim_shida2014).
    """
    shortage = clamp(1.0 - fulfilment, 0.0, 1.0)
    return limit * shortage / (shortage + half)


@rule
def voter_score(competence: float, record: float, whim: float) -> float:
    """Return how a voter ranks a candidate by what can be seen of it: skill and public record."""
    return competence - record + whim


@rule
def known_share(acquainted: float, readers: float, obscurity: float) -> float:
    """Return the share of electors who know something of a challenger (lipset1956).

    Those acquainted with it do, and those who read its list; of the others all but `obscurity`.

    >>> known_share(0.2, 0.5, 0.0)
    1.0
    >>> known_share(0.2, 0.5, 1.0)
    0.6
    """
    return 1.0 - obscurity * (1.0 - acquainted) * (1.0 - readers)


@rule
def challenger_score(known: float, standing: float, prior: float) -> float:
    """Return how electors rank a challenger whom a share `known` of them can tell from anybody."""
    return known * standing + (1.0 - known) * prior
