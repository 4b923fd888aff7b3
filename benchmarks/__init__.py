"""How fast the society is, and a second, independent way of writing the same month."""
