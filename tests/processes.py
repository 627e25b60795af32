"""The site's own processes, for tests that kill them: a worker on the broker, the web server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection, socket
from urllib.parse import urlencode

from django.conf import settings

from portal.parties.models import User
from tests.bench.seats import session_of
from tests.factories import wait_for

ROOT = Path(__file__).parents[1]
TOKEN = "killed" * 5 + "ab"


def start_worker(environment: Mapping[str, str], *, queues: str = "celery") -> subprocess.Popen:
    command = ["celery", "-A", "portal", "worker", "--pool", "prefork", "--concurrency", "1"]
    options = ["--without-gossip", "--without-mingle", "--queues", queues]
    return _start([*command, *options], environment)


def start_web(port: int) -> subprocess.Popen:
    command = ["granian", "--interface", "wsgi", "portal.wsgi:application", "--host", "127.0.0.1"]
    options = ["--port", str(port), "--workers", "1", "--blocking-threads", "2"]
    return _start([*command, *options], {})


def _start(module: list[str], environment: Mapping[str, str]) -> subprocess.Popen:
    started = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_LEVEL": "CRITICAL"}
    for name in ("DATABASE_OWNER_URL", "PYTHONWARNINGS"):  # as they run elsewhere
        started.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env=started | environment,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to it and to the processes it started, all in the session it was given."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def press(port: int, person: User, path: str, **fields: object) -> None:
    """As a browser that is signed in; a page comes next."""
    wait_for(lambda: _is_open(port), seconds=120)
    wire = HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = {settings.SESSION_COOKIE_NAME: session_of(person), settings.CSRF_COOKIE_NAME: TOKEN}
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        wire.request("POST", path, urlencode(fields), headers)
        answer = wire.getresponse()
        assert answer.status == 302, f"{answer.status} {answer.read().decode()[:2000]}"
        assert "/accounts/" not in answer.headers["Location"], answer.headers["Location"]
    finally:
        wire.close()


def _is_open(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
