"""The patterns, by theme."""
