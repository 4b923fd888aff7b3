"""The sheets of a pack as HTML: parts for the page, and whole files for printing."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from ...texts import say, table
from .packs import Pack, key, words
from .words import crossed, eroded, letters, measured, settings, told

PUPILS = ("bets", "work", "numbers")
TEACHERS = ("plan", "key")
SECTIONS = ("plan", *PUPILS, "key")


def section(pack: Pack, name: str, language: str) -> str:
    """Return one sheet of a pack as a piece of HTML."""
    return _template(f"{name}.html.jinja").render(**_material(pack, language))


def whole_page(pack: Pack, sections: tuple[str, ...], language: str) -> str:
    """Return some of a pack's sheets as one page that needs nothing else."""
    sheets = [(name, section(pack, name, language)) for name in sections]
    return _template("page.html.jinja").render(
        language=language, title=words(pack.name, language)["title"], sheets=sheets
    )


def files(pack: Pack, out: Path, language: str) -> list[tuple[Path, bytes]]:
    """Return the files to print: the pupils' sheets at `out`, and the teacher's beside it."""
    teachers = out.with_name(f"{out.stem}-teacher{out.suffix}")
    pages = ((out, PUPILS), (teachers, TEACHERS))
    return [(path, whole_page(pack, names, language).encode()) for path, names in pages]


def summary(pack: Pack, language: str) -> dict[str, Any]:
    """Return what a list of packs tells about one."""
    texts = words(pack.name, language)
    return {
        "name": pack.name,
        "title": texts["title"],
        "line": texts["line"],
        "minutes": sum(pack.minutes.values()),
        "age": pack.age,
        "objection": say(f"objections.{pack.objection}.name", language),
    }


def _material(pack: Pack, language: str) -> dict[str, Any]:
    """Return everything that the templates write out."""
    facts = key(pack.name)
    compared = list(dict.fromkeys(task.measure for task in pack.tasks if task.kind == "pairs"))
    return {
        "pack": pack,
        "facts": facts,
        "texts": words(pack.name, language),
        "letters": letters(pack),
        "steps": {state: settings(pack.session(state), language) for state in pack.states},
        "regimes": tuple(table("regimes")),
        "objection": f"objections.{pack.objection}",
        "compared": compared,
        "compared_words": ", ".join(say(f"measures.{name}.label", language) for name in compared),
        "say": partial(_say, language),
        "finely": lambda number: measured(number, language, digits=3),
        **_in_words(pack, facts, language),
    }


def _say(language: str, name: str, **values: Any) -> str:
    return say(name, language, **values)


def _in_words(pack: Pack, facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what was computed in words: answers, ends, and a look-up by state and month."""
    states = facts["states"]

    def at(state: str, measure: str, month: int) -> str:
        found = states[state]
        return measured(found["values"][measure][found["months"].index(month)], language)

    def regime_at(state: str, month: int) -> str:
        found = states[state]
        return say(f"regimes.{found['regimes'][found['months'].index(month)]}.label", language)

    answers = facts["answers"]
    return {
        "told": {task.name: told(task, answers[task.name], language) for task in pack.tasks},
        "crossed": {name: crossed(one["crossed"], language) for name, one in states.items()},
        "eroded": {name: eroded(one["eroded"], language) for name, one in states.items()},
        "counted": list(next(iter(states.values()))["counts"]),
        "at": at,
        "regime_at": regime_at,
    }


@cache
def _template(name: str) -> Any:
    import jinja2

    loader = jinja2.PackageLoader("thermidor.dashboard.lessons", "templates")
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
