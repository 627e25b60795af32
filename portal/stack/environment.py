"""The environment of everything the stack starts, and the copy of it for a second terminal."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

SHARED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY")


def for_children(found: dict[str, str], **defaults: str) -> dict[str, str]:
    """Our own environment with `defaults` for what is not set, and the services' addresses."""
    # A PGHOST or PGPORT meant for another server would change where libpq connects to.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return defaults | own | found


def secret_key(var: Path) -> str:
    """The SECRET_KEY of the environment, or one made once and kept."""
    return os.environ.get("SECRET_KEY") or _kept_secret(var / "secret_key")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def share(path: Path, environment: Mapping[str, str]) -> None:
    """Write what `manage.py` in another terminal needs to reach the same services."""
    write_private(path, "".join(f"{name}={environment[name]}\n" for name in SHARED))


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; nobody else may read it at any moment."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)
