"""PostgreSQL refuses to run as root, so root lends it an account of its own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.stack.errors import StackError

NAME = "trilink-db"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def database_account() -> Account | None:
    """The account PostgreSQL runs under; None means the account of this process."""
    if os.getuid() != 0:
        return None
    return _lookup() or _create()


def _lookup() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> Account:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    options = ["--system", "--no-create-home", "--home-dir", "/", "--shell", "/bin/false", NAME]
    if useradd:
        # A second command may create it at the same moment, so only the result counts.
        subprocess.run([useradd, *options], check=False, capture_output=True)
    account = _lookup()
    if account is None:
        raise StackError(
            f"PostgreSQL cannot run as root. Create a system user named {NAME}, "
            "start as another user, or set DATABASE_URL and DATABASE_OWNER_URL."
        )
    return account


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether the account gets into `folder`, found by trying: modes alone miss ACLs and mounts."""
    return account is None or can_run(account, ["/bin/sh", "-c", 'cd -- "$0"', str(folder)])


def can_run(account: Account | None, command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, cwd="/", **as_account(account)
        )
    except OSError:
        return False
    return done.returncode == 0


def as_account(account: Account | None) -> dict[str, Any]:
    """The arguments with which Popen starts a process under the account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}
