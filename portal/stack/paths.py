"""Where the stack keeps its files."""

import hashlib
import importlib.util
import os
import stat
from pathlib import Path

from portal.stack.account import Account, can_enter
from portal.stack.errors import StackError

ROOT = Path(__file__).resolve().parents[2]

# A socket's whole path must fit in 107 bytes; the longest name in a folder is PostgreSQL's.
SOCKET_PATH_BYTES = 107
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")


def var_folder() -> Path:
    """The folder of everything that outlives a run: data, logs, keys. TRILINK_VAR moves it."""
    folder = Path(os.environ.get("TRILINK_VAR") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_folder(var: Path) -> Path:
    folder = var / "log"
    folder.mkdir(exist_ok=True)
    return folder


def short_id(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def database_home(var: Path, account: Account | None) -> Path:
    """A folder for PostgreSQL that its account can enter: below `var`, else below /var/lib."""
    home = var / "postgres"
    if not can_enter(account, var):
        home = Path("/var/lib") / f"trilink-{short_id(var)}" / "postgres"
    home.parent.mkdir(parents=True, exist_ok=True)
    return own_folder(home, account)


def socket_folder(wanted: Path, account: Account | None) -> Path:
    """`wanted` where a socket's path fits into it, otherwise a short folder below /tmp."""
    if len(os.fsencode(wanted)) + LONGEST_SOCKET_NAME > SOCKET_PATH_BYTES:
        wanted = Path("/tmp") / f"trilink-{short_id(wanted)}"  # noqa: S108 - its owner is checked
    return own_folder(wanted, account)


def own_folder(folder: Path, account: Account | None) -> Path:
    """Make `folder` readable by its owner only: whoever reaches the sockets is superuser."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    wanted = account.uid if account else os.getuid()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {wanted, os.getuid()}:
        raise StackError(f"{folder} belongs to somebody else. Remove it and start again.")
    if account:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
    return folder


def package_folder(name: str) -> Path:
    """Where a package is installed, found without importing it: one import takes 0.4 seconds."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise StackError(f"The package {name} is missing. Run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations)))
