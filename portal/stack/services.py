"""The database and the broker: embedded, or those the environment names."""

import os
from pathlib import Path

from portal.stack import postgres, valkey
from portal.stack.errors import StackError
from portal.stack.paths import log_folder
from portal.stack.supervisor import Supervisor, say


def start_services(supervisor: Supervisor, var: Path, *, is_durable: bool) -> dict[str, str]:
    """Start what the environment does not name. Returns the addresses as variables."""
    logs = log_folder(var)
    broker = None
    found: dict[str, str] = {}
    if "REDIS_URL" not in os.environ:
        broker = valkey.make_broker(var, logs / "valkey.log", is_durable=is_durable)
        valkey.start(supervisor, broker)
        found["REDIS_URL"] = broker.url
    if _has_database():
        cluster = postgres.make_cluster(var, logs / "postgres.log", is_durable=is_durable)
        _tell_unusual_place(cluster.data, var)
        postgres.start(supervisor, cluster)
        found["DATABASE_URL"] = cluster.url(postgres.APP)
        found["DATABASE_OWNER_URL"] = cluster.url(postgres.OWNER)
    if broker:
        valkey.wait(supervisor, broker)
    return found


def _has_database() -> bool:
    """Whether the database is ours to start. Raises StackError for half a configuration."""
    named = [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if name in os.environ]
    if len(named) == 1:
        raise StackError(
            "Set both DATABASE_URL (the site's role) and DATABASE_OWNER_URL (the owner's role), "
            "or neither."
        )
    return not named


def _tell_unusual_place(data: Path, var: Path) -> None:
    if var not in data.parents:
        say(f"PostgreSQL cannot enter {var}, so its data is in {data}")
