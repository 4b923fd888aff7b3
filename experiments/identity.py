"""Which model made a result: a fingerprint, the same for all versions that make equal histories.

The sources alone would be too strict: a clearer name or a faster loop changes no result, and yet
every page, map and region would have to be computed anew. A version that was compared with an
earlier one (`python -m thermidor.experiments.equality`) therefore goes by the earlier one's
fingerprint; equal_models.txt keeps who was found equal to whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from ..agents.compiled import sources

EQUALS = Path(__file__).with_name("equal_models.txt")


@lru_cache(maxsize=1)
def model_fingerprint() -> str:
    """Return 64 hexadecimal digits that name the model by the histories it makes."""
    return stands_for(sources(), EQUALS.read_text(encoding="utf-8"))


def model_name() -> str:
    """Return what pages and files call the model: the first twelve digits of its fingerprint."""
    return model_fingerprint()[:12]


def digest_of(files: Iterable[Path], words: str = "") -> str:
    """Return 64 hexadecimal digits that change with the words and with what the files hold."""
    digest = sha256(words.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def stands_for(own: str, equals: str) -> str:
    """Return the fingerprint that a version goes by: the one it was found equal to, or its own.

    >>> stands_for("bb", "# of equal models\\nbb aa\\n"), stands_for("cc", "bb aa\\n")
    ('aa', 'cc')
    """
    pairs = (line.split() for line in equals.splitlines() if line and line[0] != "#")
    return dict(pairs).get(own, own)
