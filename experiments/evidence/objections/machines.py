"""The objection to automated accounting: 11."""

from __future__ import annotations

from .objection import Objection, higher, lower

CATEGORIES = Objection(
    number=11,
    arms={
        "automated": {"rules.automation": 0.9},
        "by_hand": {"rules.automation": 0.0, "behaviour.automation_growth": 0.0},
    },
    claims=(
        higher("top_takes_more", "top_take", "automated", "by_hand", 0.01),
        lower("fewer_decide", "power_concentration", "automated", "by_hand", 0.02),
    ),
    shown=("top_take", "power_concentration", "capture", "inspected", "needs_met"),
    note=(
        "Automatic records close the room of directors and heads and open that of whoever defines "
        "exceptions: planners, and delegates as far as they decide."
    ),
)
