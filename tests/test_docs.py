"""The documents are current: parameters, schedule, sources, links and commands."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from thermidor.agents.offices import Offices
from thermidor.agents.people import People
from thermidor.agents.workplaces import Workplaces
from thermidor.cli import app
from thermidor.experiments.reference import PAGE, page
from thermidor.model.goods import Sectors
from thermidor.model.measures import Measure
from thermidor.model.parameters import GROUPS
from thermidor.model.schedule import SCHEDULE
from thermidor.model.verdict import BELOW, WHO_BENEFITS, WHO_RULES, Thresholds

ROOT = PAGE.parent.parent
DOCS = ROOT / "docs"
ODD = DOCS / "odd.md"
SOURCES = set(re.findall(r"^@\w+\{([^,\s]+),", (DOCS / "references.bib").read_text("utf-8"), re.M))
RIVALS = ("nomenklatura", "audited meritocracy")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("**/*.md"))]
CODE = [p for folder in ("agents", "model") for p in sorted((ROOT / folder).glob("*.py"))]

CITED = re.compile(r"\[(-?@[^\]]+)\]")
KEY = re.compile(r"@([A-Za-z0-9_]+)")
BARE = re.compile(r"\b[a-z][a-z_]*(?:18|19|20)\d\d\b")  # a key in a docstring, as weitzman1980
NOT_SOURCES = {"germany_1995"}  # the file of a table
LINK = re.compile(r"(?<!!)!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.M)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def section(text: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## [\d. ]*{heading}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"the ODD has no section {heading}"
    return found[1]


def test_the_page_of_parameters_is_what_the_command_would_write() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m thermidor.experiments.reference"


def test_the_odd_lists_the_processes_of_the_month_in_their_order() -> None:
    listed = section(ODD.read_text("utf-8"), "Process overview and scheduling")
    names = re.findall(r"^\d+\. `(\w+)`", listed, re.M)
    assert names == [process.__name__ for process in SCHEDULE]


def test_the_odd_has_a_submodel_for_every_process_in_the_same_order() -> None:
    text = section(ODD.read_text("utf-8"), "Submodels")
    names = re.findall(r"^### 7\.\d+ `(\w+)`", text, re.M)
    assert names == [process.__name__ for process in SCHEDULE]


def test_the_odd_names_every_parameter_measure_and_column() -> None:
    tables = (People, Offices, Workplaces, Sectors)
    wanted = {name for kind in GROUPS.values() for name in kind.model_fields}
    wanted |= {measure.name.lower() for measure in Measure}
    wanted |= {name for table in tables for name in table.names()}
    assert not wanted - set(re.findall(r"\w+", ODD.read_text("utf-8")))


def test_the_odd_states_the_thresholds_of_the_verdict() -> None:
    text = ODD.read_text("utf-8")
    for name in (*WHO_RULES, *WHO_BENEFITS, "automation", "inspected"):
        side = "below" if name in BELOW else "above"
        value = getattr(Thresholds(), name)
        found = re.search(rf"^\|[^|]*\| `{name}` \| {side} ([\d.]+) \|$", text, re.M)
        assert found, f"no threshold of {name}"
        assert float(found[1]) == value, name


@pytest.mark.parametrize("path", CODE, ids=named)
def test_every_source_named_in_code_is_in_the_references(path: Path) -> None:
    text = path.read_text("utf-8")
    keys = set(re.findall(r"source=\"(\w+)\"", text)) | set(BARE.findall(text))
    assert not keys - SOURCES - NOT_SOURCES


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_source_cited_in_a_document_is_in_the_references(path: Path) -> None:
    prose = re.sub(r"`[^`]*`", "", path.read_text("utf-8"))
    keys = {key for cited in CITED.findall(prose) for key in KEY.findall(cited)}
    assert not keys - SOURCES


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    text = FENCE.sub("", path.read_text("utf-8"))
    broken = [target for target in LINK.findall(text) if not _leads(path, target)]
    assert not broken


def _leads(page_: Path, target: str) -> bool:
    """Say whether a link reaches a file, and the heading in it if one is named."""
    if re.match(r"[a-z]+:", target):
        return True
    file, _, anchor = target.partition("#")
    path = (page_.parent / file) if file else page_
    if not path.exists():
        return False
    return not anchor or path.suffix != ".md" or anchor in _anchors(path.read_text("utf-8"))


def _anchors(text: str) -> set[str]:
    """Return the anchors GitHub gives to the headings of a page, the first of each name."""
    titles = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_commands_shown_in_documents_exist(path: Path) -> None:
    known = get_command(app).commands  # type: ignore[attr-defined]
    for language, block in FENCE.findall(path.read_text("utf-8")):
        if language not in ("", "sh", "bash", "shell", "console"):
            continue
        for command, rest in re.findall(r"\bthermidor +([a-z][\w-]*)([^\n]*)", block):
            assert command in known, f"there is no command thermidor {command}"
            meant = known[command]
            if inner := getattr(meant, "commands", None):  # a group: its command comes next
                word = rest.split()[0]
                assert word in inner, f"there is no command thermidor {command} {word}"
                meant = inner[word]
            options = {o for p in meant.params for o in (*p.opts, *p.secondary_opts)}
            given = re.findall(r"(?<!\S)--[a-z][\w-]*", rest.split("#")[0])
            assert not set(given) - options - {"--help"}


def test_modules_shown_in_documents_exist() -> None:
    for path in PAGES:
        for module in re.findall(r"python -m thermidor\.([\w.]+)", path.read_text("utf-8")):
            file = ROOT / Path(*module.split("."))
            assert file.with_suffix(".py").exists() or (file / "__main__.py").exists(), module


def test_what_readme_says_of_the_claim_stands_in_the_findings() -> None:
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    findings = " ".join((DOCS / "findings.md").read_text("utf-8").split())
    lost, points = re.search(r"control is lost at (\d+%) of (\d+) points", readme).groups()
    assert re.search(
        rf"loses control of its officials at {lost} \(\S+\) of {points} points", findings
    )
    needs = re.search(r"under a nomenklatura at (\d+%) of points, worse at (\d+%)", readme).groups()
    rows = re.findall(r"\| (?:only )?([\w ]+) \|[^|]+\|[^|]+\|[^|]+\| (\d+)% / (\d+)% \|", findings)
    better = {name: (int(more), int(less)) for name, more, less in rows}
    assert "{}% / {}%".format(*better["nomenklatura"]) == " / ".join(needs)
    single = [more for name, (more, _) in better.items() if name not in RIVALS]
    assert f"at {min(single)}% to {max(single)}% of points" in readme
    taken = re.search(r"meritocracy take less at (\d+%), more at (\d+%)", readme).groups()
    less, more = re.search(
        r"take less than those of the package at (\d+%) \(\S+\) of points, more at (\d+%)", findings
    ).groups()
    assert taken == (less, more)
