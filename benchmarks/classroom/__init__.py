"""Pupils for the load test: connections that speak to the dashboard as a browser does."""

from .pupil import Lost, Pupil

__all__ = ["Lost", "Pupil"]
