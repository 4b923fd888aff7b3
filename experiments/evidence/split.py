"""Which patterns parameters may be fitted to, and which only judge.

Set down before anything was fitted, and never changed to suit a result. Fitted to: what has a size
that one parameter or two could be read off (a slope of audits, shares of a funnel, shares of
output). Left for judging: interactions, reversals and histories that no single parameter holds.
P23 was added later, with the mechanism that its study is the source of; nothing is fitted to it.

No number was set by a test pattern, but most were in view when mechanisms were chosen, and are the
weaker tests for it.
"""

CALIBRATION = ("P2", "P3", "P5", "P8", "P9", "P10", "P13", "P16", "P17", "P18")
TEST = ("P1", "P4", "P6", "P7", "P11", "P12", "P14", "P15", "P19", "P20", "P21", "P22", "P23")

# In view when a mechanism was added, shaped or left out (docs/repairs.md, docs/decisions.md).
IN_VIEW = ("P1", "P6", "P7", "P11", "P14", "P15", "P19", "P20", "P21", "P22")
