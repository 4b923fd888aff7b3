"""The addresses at which others find the page, read from this computer without asking anybody."""

from __future__ import annotations

import ipaddress
import socket

import psutil

EVERYWHERE = ("", "0.0.0.0", "::")


def own_addresses() -> list[tuple[str, str]]:
    """Return (address, interface) of every IPv4 address that is up, those of local networks first.

    Those that end at this computer, or that it gave itself for want of a network, are left out.
    """
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        (ipaddress.IPv4Address(entry.address), name)
        for name, entries in psutil.net_if_addrs().items()
        if name in up
        for entry in entries
        if entry.family == socket.AF_INET
    ]
    usable = [one for one in found if not (one[0].is_loopback or one[0].is_link_local)]
    usable.sort(key=lambda one: (not one[0].is_private, one[0]))
    return [(str(address), name) for address, name in usable]


def url(host: str, port: int) -> str:
    """Return the address of the page as this computer's own browser needs it.

    >>> url("0.0.0.0", 8765), url("::1", 8765)
    ('http://127.0.0.1:8765/', 'http://[::1]:8765/')
    """
    host = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def urls_for_others(host: str, port: int) -> list[tuple[str, str]]:
    """Return (address of the page, name of the interface) for others who may come, if any may.

    >>> urls_for_others("127.0.0.1", 8765)
    []
    """
    if host not in EVERYWHERE:
        return []
    return [(url(address, port), name) for address, name in own_addresses()]
