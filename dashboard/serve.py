"""Start the dashboard's server: local files only, no telemetry, no version check."""

from __future__ import annotations

import os
import signal
import socket
import threading
import warnings
import webbrowser
from pathlib import Path

FOLDER = Path(__file__).parent
ENVIRONMENT = {
    "SOLARA_APP": "thermidor.dashboard.page",
    "SOLARA_MODE": "production",
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_ASSETS_PROXY_CACHE_DIR": str(FOLDER / "static" / "cdn"),
    "SOLARA_ASSETS_EXTRA_LOCATIONS": str(FOLDER / "assets"),
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "Thermidor",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_FORCE_REFRESH": "True",
    "SOLARA_KERNEL_CULL_TIMEOUT": "60s",
}


class DashboardError(ValueError):
    """The dashboard cannot start; the message is one sentence."""


def serve(host: str = "127.0.0.1", port: int = 8765, open_browser: bool = True) -> None:
    """Serve the dashboard until interrupted.

    Raises DashboardError when the address cannot be used.
    """
    check_address(host, port)
    os.environ.update(ENVIRONMENT)
    url = f"http://{'127.0.0.1' if host in ('', '0.0.0.0', '::') else host}:{port}/"
    server = make_server(host, port)
    threading.Thread(target=_warm_up, daemon=True, name="warm-up").start()
    print(f"Thermidor is at {url} (stop with Ctrl+C)", flush=True)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [url]).start()
    signal.signal(signal.SIGTERM, _leave)
    try:
        server.run()
    except KeyboardInterrupt:
        print("Thermidor has stopped.", flush=True)
    finally:
        _shut_down()


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


def make_server(host: str, port: int):
    """Build the server; Solara reads its settings from the environment when imported."""
    import uvicorn

    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
    from solara.server import starlette as solara_server
    from solara.server.starlette import StaticFilesOptionalAuth
    from starlette.routing import Mount

    class ShippedFiles(solara_server.StaticCdn):
        """Serve what is shipped and nothing else: a missing file is never fetched."""

        lookup_path = StaticFilesOptionalAuth.lookup_path

    shipped = ShippedFiles(directory=ENVIRONMENT["SOLARA_ASSETS_PROXY_CACHE_DIR"])
    solara_server.app.router.routes.insert(0, Mount("/_solara/cdn", app=shipped))
    config = uvicorn.Config(
        solara_server.app,
        host=host,
        port=port,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


def _leave(number: int, _: object) -> None:
    """End as after a key press, so that what was started is ended too."""
    raise SystemExit(128 + number)


def _shut_down() -> None:
    from .compute import COMPUTER

    COMPUTER.shut_down()


def _warm_up() -> None:
    """Start the simulating processes and let them load the compiled model."""
    from .compute import COMPUTER
    from .session import Session

    COMPUTER.warm_up(Session().key)
