"""The notebooks run from the first cell to the last, and what is stored can be shown to readers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
EVERY_NOTEBOOK = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
LONGEST = 300  # seconds a cell may take on a busy machine before something must be wrong
PLACES = re.compile(r"(/tmp/|/home/|/root/|/Users/|[A-Z]:\\\\|site-packages)")


def code(notebook: Any) -> list[Any]:
    """The cells that compute."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: Any) -> list[Any]:
    """Everything that cells have shown."""
    return [output for cell in code(notebook) for output in cell.outputs]


def grumbles(notebook: Any) -> list[str]:
    """Warnings and other noise a reader would stumble over."""
    return [o.text for o in outputs(notebook) if o.output_type == "stream" and o.name == "stderr"]


def test_the_notebooks_are_numbered_without_a_gap() -> None:
    assert [path.stem[:3] for path in NOTEBOOKS] == [
        f"{n:02}_" for n in range(1, len(NOTEBOOKS) + 1)
    ]


@pytest.mark.slow
@EVERY_NOTEBOOK
def test_a_reader_runs_every_cell(path: Path, tmp_path: Path) -> None:
    # a real kernel, not exec: it draws every picture, starts from nothing, as the reader's does
    notebook = nbformat.read(path, as_version=4)
    here = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, kernel_name="python3", timeout=LONGEST, resources=here).execute()
    assert not grumbles(notebook)
    assert not list(tmp_path.iterdir()), "a notebook leaves nothing behind"


@EVERY_NOTEBOOK
def test_what_is_stored_was_run_in_order_and_without_fault(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert [c.execution_count for c in code(notebook)] == [*range(1, len(code(notebook)) + 1)]
    assert all(output.output_type != "error" for output in outputs(notebook))
    assert not grumbles(notebook)


@EVERY_NOTEBOOK
def test_every_picture_is_drawn(path: Path) -> None:
    shown = [o.data for o in outputs(nbformat.read(path, as_version=4)) if "data" in o]
    pictures = [data for data in shown if data.get("text/plain", "").startswith("<Figure")]
    assert pictures
    assert all("image/png" in data for data in pictures)


@EVERY_NOTEBOOK
def test_what_is_stored_names_no_place_on_the_machine_it_was_run_on(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    shown = [cell.source for cell in notebook.cells]
    shown += [output.text for output in outputs(notebook) if output.output_type == "stream"]
    shown += [output.data.get("text/plain", "") for output in outputs(notebook) if "data" in output]
    assert not [match.group() for text in shown for match in PLACES.finditer(text)]


@EVERY_NOTEBOOK
def test_it_begins_with_a_question_and_ends_with_things_to_try(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert re.search(r"^\*\*The question: .*\?\*\*$", cells[0].source, flags=re.MULTILINE)
    assert "unvalidated theoretical model" in cells[0].source
    _, title, ideas = cells[-1].source.partition("## Things to try")
    assert title
    assert 3 <= len(re.findall(r"^\d\. ", ideas, flags=re.MULTILINE)) <= 5


@EVERY_NOTEBOOK
def test_its_links_to_the_project_lead_somewhere(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", "\n".join(cell.source for cell in cells))
    missing = [link for link in links if not (path.parent / link).exists()]
    assert not [link for link in missing if not link.startswith("http")]
