"""The Solara page: one society per visitor, restored from the URL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import solara
from reacton import component, use_memo
from reacton.ipyvuetify import Html
from solara.routing import use_router
from solara.server import kernel_context

from .session import Session
from .stage import Stage


def visitor_context() -> Callable[[], AbstractContextManager[Any]]:
    """Return a way back to this visitor for threads that deliver to it."""
    if not kernel_context.has_current_context():
        return nullcontext
    visitor = kernel_context.get_current_context()
    return lambda: visitor


@component
def Layout(children: list[Any]) -> None:
    """Leave the whole window to the page."""
    solara.Column(children=children, gap="0px", margin=0)


@component
def Page() -> None:
    """Show one visitor's society."""
    search = use_router().search
    session = use_memo(lambda: Session.from_search(search), [])
    stage = use_memo(lambda: Stage(session, context=visitor_context()), [])
    solara.Title("Thermidor")
    Html(tag="div", children=[stage])
