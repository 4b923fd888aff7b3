"""The commands of `thermidor`; what one needs is imported when it runs, so help is instant."""
