"""The seats' peer: pretix's order API, pressed by as many clients on the same two processors.

Installed from the package index by pip, which knows where that is, into an environment of its own,
with a database of its own on the same server and the same number of processes and threads. An order
it refuses as sold out counts as answered: it keeps nobody in line by itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from threading import local
from typing import Any
from urllib.parse import parse_qs, urlsplit

from portal.stack.site import THREADS_PER_WORKER
from tests.bench import Row
from tests.bench.seats import at_once, execute, wait_until_open

PEER = ("pretix==2026.8.0", "granian")
_wires = local()


def rows(ours: dict[int, float], everybody: int) -> Iterator[Row]:
    """`ours`: sign-ups a second by the seats there are."""
    execute("owner", "CREATE DATABASE bench_pretix")
    with tempfile.TemporaryDirectory() as folder:
        environ = installed(Path(folder))
        script = str(Path(__file__).with_name("_pretix.py"))
        command = (f"{folder}/bin/python", "-W", "ignore", script, *map(str, ours))
        told = subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True, text=True)
        pretix = json.loads(told.stdout.splitlines()[-1])
        with served(folder, environ) as port:
            for (seats, rate), event in zip(ours.items(), pretix["events"], strict=True):
                seconds = pressed(event, port, pretix["token"], seats, everybody)
                label = f"{everybody:,} sign-ups over HTTP for {seats:,} seats, against pretix"
                yield Row(label, rate, everybody / seconds, "/s", "≥", 1)


def installed(folder: Path) -> dict[str, str]:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", *PEER], check=True)
    (folder / "data").mkdir()
    (folder / "pretix.cfg").write_text(settings(folder), "utf-8")
    return os.environ | {
        "PRETIX_CONFIG_FILE": str(folder / "pretix.cfg"),
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
    }


def settings(folder: Path) -> str:
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])
    host = address.hostname or parse_qs(address.query)["host"][0]
    return "\n".join(
        (
            f"[pretix]\nurl=http://127.0.0.1\ndatadir={folder}/data",
            f"[database]\nbackend=postgresql\nname=bench_pretix\nhost={host}",
            f"user={address.username}\npassword={address.password or ''}",
            f"port={address.port or ''}",
            f"[redis]\nlocation={os.environ['REDIS_URL']}",
            f"[django]\nsecret={'bench' * 10}\n",
        )
    )


@contextmanager
def served(folder: str, environ: dict[str, str]) -> Iterator[int]:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    server = subprocess.Popen(
        (
            *(f"{folder}/bin/python", "-W", "ignore", "-m", "granian", "--interface", "wsgi"),
            *("pretix.wsgi:application", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "2", "--blocking-threads", str(THREADS_PER_WORKER)),
        ),
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_open(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


@dataclass(frozen=True, slots=True)
class Order:
    number: int
    port: int
    token: str

    def place(self, path: str, body: dict[str, Any]) -> bool:
        """Whether there was a seat."""
        if not hasattr(_wires, "wire"):
            _wires.wire = HTTPConnection("127.0.0.1", self.port, timeout=300)
        body = {"email": f"bench-{self.number}@example.com"} | body
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        _wires.wire.request("POST", path, json.dumps(body), headers)
        answer = _wires.wire.getresponse()
        said = answer.read().decode()
        assert answer.status == 201 or (answer.status == 400 and "quota" in said), said
        return bool(answer.status == 201)


def pressed(event: dict[str, Any], port: int, token: str, seats: int, everybody: int) -> float:
    had: list[int] = []

    def press(one: Order) -> None:
        if one.place(event["path"], event["body"]):
            had.append(one.number)

    seconds = at_once([Order(number, port, token) for number in range(everybody)], press)
    assert len(had) == min(seats, everybody), "it sold what there was"
    return seconds
