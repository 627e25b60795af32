"""What the site itself consists of: the steps before it starts, and its processes."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from portal.stack.children import Child
from portal.stack.paths import log_folder
from portal.stack.port import Address

DEMO_USERS = ("merchant", "provider", "agency", "creator", "operator")
HEALTHY_SECONDS = 60.0
# One request occupies a thread while it waits for the database; two cores cannot use many more.
THREADS_PER_WORKER = 4


@dataclass(frozen=True)
class Site:
    var: Path
    address: Address
    environment: Mapping[str, str]

    @property
    def is_demo(self) -> bool:
        return self.environment["TRILINK_ENV"] == "demo"

    @property
    def web_log(self) -> Path:
        return log_folder(self.var) / "web.log"

    def set_up(self) -> Child:
        return replace(self._python("setup", "portal.stack", "setup"), is_step=True)

    def migrate(self) -> Child:
        return self._manage("migrate", "--database", "owner", "--noinput", "--verbosity", "1")

    def collect_static(self) -> Child:
        return self._manage("collectstatic", "--noinput", "--verbosity", "0")

    def load_reference(self) -> Child:
        return self._manage("load_reference")

    def enqueue_demo(self) -> Child:
        return self._manage("demo", "--enqueue")

    def web(self) -> Child:
        return self._python(
            *("web", "granian", "--interface", "wsgi", "portal.wsgi:application"),
            *("--host", self.address.host, "--port", str(self.address.port)),
            *("--workers", str(_workers()), "--blocking-threads", str(THREADS_PER_WORKER)),
            *("--workers-kill-timeout", "5"),
        )

    def worker(self) -> Child:
        return self._python(
            *("worker", "celery", "-A", "portal.celery", "worker", "--loglevel", "INFO"),
            *("--queues", "celery", "--concurrency", str(_workers())),
            *("--without-gossip", "--without-mingle"),
        )

    def courier(self) -> Child:
        """Carries webhooks out, and nothing else: it may wait for a slow receiver."""
        return self._python(
            *("courier", "celery", "-A", "portal.celery", "worker", "--loglevel", "INFO"),
            *("--queues", "webhooks", "--hostname", "courier@%h", "--pool", "threads"),
            *("--concurrency", "1", "--without-gossip", "--without-mingle"),
        )

    def beat(self) -> Child:
        return self._python(
            *("beat", "celery", "-A", "portal.celery", "beat", "--loglevel", "INFO"),
            *("--schedule", str(self.var / "beat-schedule"), "--pidfile="),
        )

    def _python(self, name: str, module: str, *arguments: str) -> Child:
        return Child(
            name=name,
            command=(sys.executable, "-m", module, *arguments),
            environment=self.environment,
            log=log_folder(self.var) / f"{name}.log",
        )

    def _manage(self, command: str, *options: str) -> Child:
        return Child(
            name=command,
            command=(sys.executable, "manage.py", command, *options),
            environment=self.environment,
            log=log_folder(self.var) / f"{command}.log",
            is_step=True,
        )

    def greeting(self) -> str:
        lines = [f"Trilink is ready: {self.address.url}"]
        if self.is_demo:
            lines.append(f"Sign in with the password {self.environment['DEMO_PASSWORD']} as")
            lines += [f"  {user}@demo.trilink.local" for user in DEMO_USERS]
        return "\n".join([*lines, "Ctrl-C stops everything. Logs: " + str(self.var / "log")])


def _workers() -> int:
    return max(2, min(4, len(os.sched_getaffinity(0))))
