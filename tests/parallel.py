"""Gives each of several test processes a broker and a folder of its own; `conftest` names its
database. Loaded as a plugin, because the settings are read before any `conftest`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")  # gw0, gw1 …; empty when there is only one


def own_broker(address: str, number: int) -> str:
    """The same server, its database of that number."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return f"{address}?virtual_host={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))


if PROCESS:
    os.environ["REDIS_URL"] = own_broker(os.environ["REDIS_URL"], 1 + int(PROCESS[2:]))
    os.environ["MEDIA_ROOT"] = str(Path(os.environ["MEDIA_ROOT"]) / PROCESS)
