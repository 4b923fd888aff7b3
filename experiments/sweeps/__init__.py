"""Sweeps: designed experiments of many runs, kept in a folder that survives interruption."""
