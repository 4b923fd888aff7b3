"""Class packs: lessons about states of the page, their answer keys and their printed sheets.

The lessons themselves are data in `scenarios/lessons`, a folder a pack: `lesson.toml` says which
states are looked at and what is asked, `en.toml` and `ru.toml` hold the words, and `key.json` what
came of the states when they were last computed.
"""
