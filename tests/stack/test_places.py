"""Folders, addresses and the environment: where things are and who may reach them."""

import os
import socket
import stat
from pathlib import Path

import environ
import pytest
from psycopg.conninfo import conninfo_to_dict

from portal.stack.account import can_enter, database_account
from portal.stack.environment import secret_key, share
from portal.stack.errors import StackError
from portal.stack.paths import SOCKET_PATH_BYTES, own_folder, socket_folder
from portal.stack.port import Address, address_from_environment, refuse_taken
from portal.stack.postgres import APP, Cluster


def cluster_at(sockets: Path) -> Cluster:
    return Cluster(sockets, sockets, sockets, sockets, None, is_durable=True)


@pytest.mark.parametrize("folder", ["/srv/trilink/run", "/srv/My Projects/100% 三方/run"])
def test_database_url_means_the_same_to_libpq_and_django(folder: str) -> None:
    url = cluster_at(Path(folder)).url(APP)

    libpq = conninfo_to_dict(url)
    django = environ.Env.db_url_config(url)

    assert (libpq["host"], libpq["user"], libpq["dbname"]) == (folder, APP, "trilink")
    assert (django["OPTIONS"]["host"], django["USER"], django["NAME"]) == (folder, APP, "trilink")


def test_socket_folder_too_deep_is_replaced_by_a_short_private_one(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * SOCKET_PATH_BYTES)

    folder = socket_folder(deep, None)

    try:
        assert not deep.exists()
        assert len(str(folder)) < SOCKET_PATH_BYTES / 2
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        folder.rmdir()


def test_socket_folder_of_a_stranger_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "run"
    link.symlink_to(tmp_path)

    with pytest.raises(StackError, match="belongs to somebody else"):
        own_folder(link, None)


def test_account_enters_only_what_it_may(tmp_path: Path) -> None:
    account = database_account()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    # Only root lends an account; anybody else runs PostgreSQL as themselves.
    assert can_enter(account, closed) == (os.getuid() != 0)
    assert can_enter(account, Path("/"))


def test_secret_key_is_made_once_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first, second = secret_key(tmp_path), secret_key(tmp_path)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_shared_environment_is_private_and_read_back_unchanged(tmp_path: Path) -> None:
    url = cluster_at(Path("/srv/My Projects/run")).url(APP)
    names = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "REDIS_URL": "unix:///s"}

    share(tmp_path / "env", names | {"SECRET_KEY": "a-b_c", "OTHER": "not shared"})

    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600
    lines = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())
    assert lines == names | {"SECRET_KEY": "a-b_c"}


def test_taken_port_is_refused_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(StackError, match=rf"Port {port} .* make run PORT={port + 1}"):
            refuse_taken(Address("127.0.0.1", port))

    refuse_taken(Address("127.0.0.1", port))


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(StackError, match="PORT must be a number"):
        address_from_environment()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 - named, not bound
        ("::", "http://[::1]:8000/"),
    ],
)
def test_address_shown_can_be_opened(host: str, url: str) -> None:
    assert Address(host, 8000).url == url
