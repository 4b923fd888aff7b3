"""Read scenarios: the catalogue shipped with the package, and files of the user's own.

A file holds `name`, `months`, the texts `[title]`, `[story]`, `[anchored_on]` and
`[not_anchored_on]` by language, and the groups `[rules]`, `[behaviour]`, `[population]`,
`[economy]` and `[shocks]`. What it leaves out has its default. With `base = "nomenklatura"` (a
name, or the path of another file) it starts from that scenario instead; texts are not inherited,
because they tell a different story. An institution is switched off by the word "none".
"""

import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from .. import texts
from ..model.declaration import ParameterError, nearest
from ..model.parameters import GROUPS
from ..model.scenario import Scenario
from .text_files import read_toml

TEXTS = ("title", "story", "anchored_on", "not_anchored_on")
KEYS = ("name", "base", "months", *TEXTS, *GROUPS)

APART = re.compile(r"[/\\]")  # what sets the parts of a path apart
UNFIT = re.compile(r"[/\\\x00-\x1f\x7f]")  # what no file's name may hold

ORDER = (
    "workers-democracy",
    "nomenklatura",
    "recall-only",
    "cap-only",
    "openness-only",
    "councils-only",
    "digital-dictatorship",
    "open-automation",
    "audited-meritocracy",
    "market-benchmark",
    "paris-commune-1871",
    "soviet-1918",
    "ogas-1962",
    "yugoslavia-1965",
    "cybersyn-1972",
    "kibbutz-1985",
    "porto-alegre",
    "mondragon",
    "peru-recall",
)  # for reading: the claim, what it opposes, one remedy each, rivals, history; others follow


def names() -> list[str]:
    """Return the names of the catalogue, in an order for reading.

    >>> names()[:2]
    ['workers-democracy', 'nomenklatura']
    """
    found = {entry.name.removesuffix(".toml") for entry in _catalogue().iterdir()}
    return [name for name in ORDER if name in found] + sorted(found - set(ORDER))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Return a scenario of the catalogue by its name, or a scenario of one's own by its path.

    A path is anything that ends in .toml or holds a slash.

    >>> load_scenario("nomenklatura").rules.openness
    0.1

    Raises ParameterError, in one sentence, when there is no such scenario or its file is at fault.
    """
    return _load(name_or_path, Path(), ())


def all_scenarios() -> dict[str, Scenario]:
    """Return the whole catalogue, by name.

    >>> all_scenarios()["mondragon"].rules.wage_cap
    3.0
    """
    return {name: load_scenario(name) for name in names()}


def scenario_toml(scenario: Scenario) -> str:
    """Return the scenario as the text of a file that loads to the same scenario.

    >>> scenario_toml(Scenario(name="mine", months=12)).splitlines()[:2]
    ['name = "mine"', 'months = 12']
    """
    lines = [f"name = {_toml(scenario.name)}", f"months = {scenario.months}"]
    for key in (*TEXTS, *GROUPS):
        part = getattr(scenario, key)
        entries = dict(part) if key in TEXTS else part.model_dump()
        if entries:
            lines += ["", f"[{key}]", *(f"{name} = {_toml(v)}" for name, v in entries.items())]
    return "\n".join(lines) + "\n"


def _catalogue() -> Traversable:
    return resources.files(__package__) / "catalogue"


def _is_path(name_or_path: str | Path) -> bool:
    """Say whether a scenario is given by the path of its file."""
    given = str(name_or_path)
    return isinstance(name_or_path, Path) or given.endswith(".toml") or bool(APART.search(given))


def _load(name_or_path: str | Path, folder: Path, seen: tuple[str, ...]) -> Scenario:
    """Load a scenario whose path, if it is one, is meant from `folder`; `seen` led here."""
    given = str(name_or_path)
    if _is_path(name_or_path):
        path = folder / Path(given).expanduser()
        said = read_toml(path, path.name)
        if not said:  # its defaults are hardly what was meant
            raise ParameterError(
                f'{path} is empty; say what it starts from, e.g. base = "workers-democracy"'
            )
        return _build(said, path.name, path.parent, (*seen, str(path.resolve())))
    if given not in names():
        raise ParameterError(f"there is no scenario {given}; {nearest(given, names())}")
    file = f"{given}.toml"
    return _build(read_toml(_catalogue() / file, file), file, Path(), (*seen, given))


def _build(data: dict[str, Any], file: str, folder: Path, seen: tuple[str, ...]) -> Scenario:
    """Turn what a file says into a scenario, telling the file's name with every fault."""
    if len(set(seen)) < len(seen):
        raise ParameterError(f"{file} is its own base, by way of {' -> '.join(seen)}")
    base = Scenario()
    if "base" in data:
        if not isinstance(data["base"], str):
            raise ParameterError(
                f"{file}: base must be the name of a scenario or a path, in quotes"
            )
        base = _load(data["base"], folder, seen)
    try:
        return base.replace(**_changes(data, base, Path(file).stem, folder))
    except ParameterError as error:
        raise ParameterError(f"{file}: {error}") from None


def _changes(data: dict[str, Any], base: Scenario, stem: str, folder: Path) -> dict[str, Any]:
    """Return the fields of the scenario that the file sets, checked group by group."""
    for key in data:
        if key not in KEYS:
            raise ParameterError(f"{key} is no part of a scenario; {nearest(key, KEYS)}")
    name = data.get("name", stem)
    if "name" in data:
        _check_name(name, stem)
    changes: dict[str, Any] = {"name": name, "months": data.get("months", base.months)}
    for key in TEXTS:
        changes[key] = _by_language(key, data.get(key, {}))
    if not changes["title"]:
        changes["title"] = {language: str(name) for language in texts.languages()}
    for key in GROUPS:
        fields = _table(key, data.get(key, {}))
        values = {field: _value(field, value, folder) for field, value in fields.items()}
        changes[key] = getattr(base, key).replace(**values)
    return changes


def _check_name(name: Any, stem: str) -> None:
    """See to it that files can be called by a name. Raises ParameterError."""
    if isinstance(name, str) and UNFIT.search(name):
        last = APART.split(name)[-1]
        closest = stem if UNFIT.search(last) or not last.strip(".") else last
        raise ParameterError(
            f"name = {name!r} must hold no slash, backslash or control character, for files are "
            f"called by it; the nearest valid name is {closest}"
        )


def _table(key: str, entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise ParameterError(f"{key} must be a table, that is a line [{key}] with its values below")
    return entry


def _by_language(key: str, entry: Any) -> dict[str, str]:
    """Check texts by language and undo their line breaks."""
    for language, text in _table(key, entry).items():
        if language not in texts.languages():
            raise ParameterError(f"{key}.{language} is no language; {_languages()}")
        if not isinstance(text, str):
            raise ParameterError(f"{key}.{language} must be a text in quotes")
    return {language: " ".join(text.split()) for language, text in entry.items()}


def _languages() -> str:
    return "valid codes are " + ", ".join(texts.languages())


def _value(field: str, value: Any, folder: Path) -> Any:
    """Read the word none, and take the path of a table as meant from beside the scenario's file."""
    if value == "none":
        return None
    if field == "table" and isinstance(value, str) and (folder / value).is_file():
        return str(folder / value)
    return value


def _toml(value: Any) -> str:
    """Write one value as TOML, which knows no null and escapes text much as JSON does."""
    if value is None:
        return '"none"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escapes = {ord(c): f"\\u{ord(c):04x}" for c in map(chr, [*range(32), 127])}
        escapes |= {ord('"'): '\\"', ord("\\"): "\\\\"}
        return f'"{value.translate(escapes)}"'
    return repr(float(value) if isinstance(value, float) else int(value))
