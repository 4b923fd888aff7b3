"""Thermidor: a laboratory of planned economies and of those who run them."""

__version__ = "0.1.0"
