"""Start the dashboard's server: local files only, no telemetry, no version check, limited room."""

from __future__ import annotations

import os
import signal
import socket
import threading
import warnings
import webbrowser
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import psutil

from ..scenarios import names
from ..texts import say
from .addresses import EVERYWHERE, url, urls_for_others
from .pace import usual_visitors

FOLDER = Path(__file__).parent
ENVIRONMENT = {
    "SOLARA_APP": "thermidor.dashboard.page",
    "SOLARA_MODE": "production",
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_ASSETS_PROXY_CACHE_DIR": str(FOLDER / "static" / "cdn"),
    "SOLARA_ASSETS_EXTRA_LOCATIONS": str(FOLDER / "assets"),
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "nobody",  # else Solara makes one up and keeps it on disk
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "Thermidor",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_FORCE_REFRESH": "True",
    "SOLARA_KERNEL_CULL_TIMEOUT": "5m",  # a lost connection may come back to the same kernel
}


class DashboardError(ValueError):
    """The dashboard cannot start; the message is one sentence."""


def serve(
    host: str = "127.0.0.1",
    port: int = 8765,
    open_browser: bool = True,
    visitors: int | None = None,
) -> None:
    """Serve the dashboard until interrupted, to so many `visitors` at once (by default, by memory).

    Raises DashboardError when the address cannot be used.
    """
    most = usual_visitors(psutil.virtual_memory().total) if visitors is None else visitors
    if most < 1:
        raise DashboardError(say("door.few_visitors", most=most))
    check_address(host, port)
    os.environ.update(ENVIRONMENT)
    server = make_server(host, port, most)
    threading.Thread(target=_warm_up, daemon=True, name="warm-up").start()
    announce(host, port, most)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [url(host, port)]).start()
    signal.signal(signal.SIGTERM, _leave)
    try:
        server.run()
    except KeyboardInterrupt:
        print(say("door.stopped"), flush=True)
    finally:
        _shut_down()


def announce(host: str, port: int, most: int) -> None:
    """Print where the page is, for this computer and for others."""
    print(say("door.here", url=url(host, port)), flush=True)
    if host in EVERYWHERE:
        others = urls_for_others(host, port)
        print(say("door.others" if others else "door.nowhere"))
        for address, name in others:
            print(f"  {address}  ({name})")
        print(say("door.visitors", most=most), flush=True)


def check_address(host: str, port: int) -> None:
    """Say in one sentence why nothing can be served at this address."""
    if not 1 <= port <= 65535:
        raise DashboardError(f"Port {port} does not exist; choose one from 1 to 65535.")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise DashboardError(f"This machine has no address {host}; try 127.0.0.1.") from None
    if is_free(family, str(address[0]), port):
        return
    following = range(port + 1, min(port + 50, 65536))
    other = next((p for p in following if is_free(family, str(address[0]), p)), None)
    hint = f"try --port {other}" if other else "choose another one"
    raise DashboardError(f"Port {port} on {host} is taken or not allowed; {hint}.")


def is_free(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Try whether a server could listen there."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def make_server(host: str, port: int, most: int):
    """Build the server; Solara reads its settings from the environment when imported."""
    import uvicorn

    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
    from ipywidgets import Widget
    from solara.server import starlette as solara_server
    from solara.server.starlette import StaticFilesOptionalAuth
    from starlette.routing import Mount

    from . import shared
    from .door import LONGEST, Door
    from .guests import Kernels

    class ShippedFiles(solara_server.StaticCdn):
        """Serve what is shipped and nothing else: a missing file is never fetched."""

        lookup_path = StaticFilesOptionalAuth.lookup_path

    shipped = ShippedFiles(directory=ENVIRONMENT["SOLARA_ASSETS_PROXY_CACHE_DIR"])
    solara_server.app.router.routes.insert(0, Mount("/_solara/cdn", app=shipped))
    solara_server.app.router.routes.insert(0, shared.route)
    Widget.handle_comm_opened = staticmethod(_refuse_widget)
    config = uvicorn.Config(
        Door(solara_server.app, Kernels(most)),
        host=host,
        port=port,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=2,
        ws_max_size=LONGEST,
        ws_per_message_deflate=False,  # in one room, time is dearer than bytes
    )
    return uvicorn.Server(config)


def _refuse_widget(comm: Any, msg: Any) -> None:
    """Close what a browser opens by itself: the page's widgets are made by the server only."""
    comm.close()


def _leave(number: int, _: object) -> None:
    """End as after a key press, so that what was started is ended too."""
    raise SystemExit(128 + number)


def _shut_down() -> None:
    from .compute import COMPUTER

    COMPUTER.shut_down()


def _warm_up() -> None:
    """Let the simulating processes load the model, then compute how every scenario begins."""
    from .compute import COMPUTER
    from .session import BEGINNING, Session

    wait([COMPUTER.warm_up(Session().key)])
    for name in names():
        session = Session()
        session.choose(name)
        for window in BEGINNING:  # one after the other, so that a visitor gets between
            wait([COMPUTER.frames(session.key, *window)])
