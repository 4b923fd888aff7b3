"""The atlas: phase diagrams over pairs of rules, computed once and shipped with the package."""
