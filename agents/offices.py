"""Offices: the posts of officials and the seats of delegates, in one table.

A post and a seat are held, paid, watched, petitioned against and vacated alike, so they share one
table and one set of processes; posts come first, seats after. The holder changes, the office stays.
"""

from __future__ import annotations

from enum import IntEnum, auto

from .columns import Table

DIRECTOR, HEAD, PLANNER, DELEGATE = range(4)
TIERS = ("director", "head", "planner", "delegate")

NOBODY, AGGRIEVED, LOSER, OFFICIAL = range(4)

APPOINTED, BY_VOTE, BY_LOT = range(3)  # how an office is filled

IN_POST, BY_RECALL, BY_COUNCIL, BY_SUPERIOR, BY_COURT, BY_ELECTION, BY_TERM = range(7)


class Office(IntEnum):
    """Float columns. Amounts are baskets a month, shares 0..1."""

    PRIORITY = 0  # which posts are elected first when only a share is
    ROOM = auto()  # most the holder could divert this month
    DIVERSION = auto()  # share of the room the holder means to divert
    LAST_DIVERSION = auto()  # of the last holder when it left
    LAST_MISUSE = auto()
    TAKE = auto()  # amount diverted this month
    GAIN = auto()  # what the holder keeps of it, favours given and received included
    PADDING = auto()  # reported over true output, minus one
    HIDING = auto()  # share of hand-kept books made unreadable
    HIDDEN_CAPACITY = auto()  # share of capacity concealed
    WITHHELD = auto()  # share of what is due that a director dares not use
    LEGIBLE = auto()  # share of misuse that the books show to those who may read them
    COMPETENCE = auto()  # of the holder in this office
    PAY = auto()
    FINE = auto()  # imposed this month
    TAKEN = auto()  # by this holder since its last audit
    RECOVERED = auto()  # of it, what this month's audit made it pay back, once
    MISUSE = auto()  # unlawful gain as share of it and a mean wage: what others would call misuse
    CASE = auto()  # months that misuse on record stays before those who can remove
    TRIAL = auto()  # months for which a court may still convict, 0 no trial
    SCANDAL = auto()  # 1 when misuse became public
    NEWS = auto()  # 1 while a scandal has still to reach the electorate
    OFFER = auto()  # favour within a delegate's reach if it keeps silent about what it found
    FAVOUR = auto()  # received this month for keeping silent
    SHIELDED = auto()  # 1 while the superior keeps silent for a share of the take
    CO_OPTED = auto()  # 1 while a delegate lives on favours
    TENURE = auto()  # months in office
    TERM_LEFT = auto()
    MANDATE = auto()  # months the running mandate was given
    TERMS = auto()
    END = auto()  # chance a month, in the holder's eyes, of an end that it sees coming
    PETITION = auto()  # months a petition has run, 0 none
    SIGNED = auto()  # share of the electorate that has signed
    ALLEGED = auto()  # what this month's signers and voters were told beyond what they believed
    SLANDER = auto()  # misuse that the last petition alleged beyond what people believed
    TURNOUT = auto()  # of the last ballot or election
    RIVALS = auto()  # share of electors who preferred the runner-up to the winner
    PROSPECT = auto()  # chance of a removal as those who would campaign believe in it, 0..1


class OfficeCode(IntEnum):
    """Integer columns; -1 means none."""

    TIER = 0
    WORKPLACE = auto()
    SECTOR = auto()
    BRANCH = auto()
    SUPERIOR = auto()  # office
    HOLDER = auto()  # person
    START = auto()  # electorate: people start..stop-1
    STOP = auto()
    ELECTED = auto()  # how the holder came: APPOINTED, BY_VOTE or BY_LOT
    SETTLED = auto()  # 0 until a newcomer has first decided how to act
    RUNNER_UP = auto()  # person
    PATRON = auto()  # office whose favours a delegate lives on
    INITIATOR = auto()  # who started the running petition
    LAST_INITIATOR = auto()  # who started the last petition, running or not
    REMOVED = auto()  # how the last holder left this month
    BEGUN = auto()  # 1 petition begun this month
    BALLOT = auto()  # 1 ballot held this month
    INSPECTED = auto()  # office a delegate looked into this month
    AUDITED = auto()  # 1 audited this month
    LAST_HOLDER = auto()  # person who left last


class Offices(Table):
    """Columns of all posts (first) and seats."""

    Values = Office
    Codes = OfficeCode

    def __init__(self, posts: int, seats: int) -> None:
        super().__init__(posts + seats)
        self.posts = posts
        self.seats = seats
