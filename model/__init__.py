"""Institutions, the economy, the month's schedule, measures and the verdict."""
