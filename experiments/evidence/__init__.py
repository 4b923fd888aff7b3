"""The evidence suite: what is known of real administrations, and whether the model shows it."""
