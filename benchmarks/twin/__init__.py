"""The twin: the same month written as idiomatic Mesa, one object per person, office and workplace.

It exists to be compared with: given the same draws it must give the same history as the compiled
society, and the ratio of the two speeds is what columns and compilation bring.
"""

from .society import TwinSociety

__all__ = ["TwinSociety"]
