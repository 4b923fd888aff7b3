"""The page without a server: one file with the societies of the catalogue recorded in it."""
