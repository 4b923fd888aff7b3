"""The log of visible events: who left how, scandals, failed ballots, changed rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import IN_POST, NOBODY, Office, OfficeCode

KINDS = (
    "scandal",
    "recalled",
    "dismissed_by_council",
    "dismissed_by_superior",
    "dismissed_by_court",
    "voted_out",
    "term_ended",
    "survived_ballot",
    "petition",
)
SCANDAL, SURVIVED, PETITION = 0, 7, 8
WIDTH = 5  # month, kind, office, person, initiator


@rule
def write_events(
    offices: np.ndarray, office_codes: np.ndarray, month: int, log: np.ndarray, used: int
) -> int:
    """Append this month's events to `log` (rows of WIDTH) and return the rows used."""
    for o in range(offices.shape[1]):
        removed = office_codes[OfficeCode.REMOVED, o]
        balloted = office_codes[OfficeCode.BALLOT, o] == 1
        begun = office_codes[OfficeCode.BEGUN, o] == 1
        person = office_codes[OfficeCode.HOLDER, o]
        if removed != IN_POST:
            person = office_codes[OfficeCode.LAST_HOLDER, o]
        initiator = office_codes[OfficeCode.LAST_INITIATOR, o] if begun or balloted else NOBODY
        ended = removed if removed != IN_POST else (SURVIVED if balloted else -1)
        scandal = SCANDAL if offices[Office.SCANDAL, o] > 0.0 else -1
        for kind in (scandal, PETITION if begun else -1, ended):
            if kind >= 0 and used < log.shape[0]:
                log[used, 0] = month
                log[used, 1] = kind
                log[used, 2] = o
                log[used, 3] = person
                log[used, 4] = initiator
                used += 1
    return used


class EventLog:
    """Events of offices in a growing integer array, and the rarer ones as dictionaries."""

    def __init__(self, offices: int) -> None:
        self._room = 3 * offices
        self.rows = np.zeros((max(512, 4 * offices), WIDTH), dtype=np.int64)
        self._special: list[dict[str, Any]] = []

    def make_room(self, used: int, months: int) -> None:
        """See to it that the events of so many months find room behind the `used` rows."""
        while used + months * self._room > len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])

    def add(self, month: int, kind: str, **details: Any) -> None:
        """Log something that concerns no single office."""
        self._special.append({"month": month, "kind": kind, **details})

    def all(self, used: int) -> list[dict[str, Any]]:
        """Return all events as dictionaries, in order of months; `used` rows hold some."""
        rows = [
            {"month": m, "kind": KINDS[k], "office": o, "person": p, "initiator": i}
            for m, k, o, p, i in self.rows[:used].tolist()
        ]
        return sorted(rows + self._special, key=lambda event: event["month"])
