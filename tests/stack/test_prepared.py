"""A start may skip the migrations only where they would find nothing to do."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from portal.stack import prepared
from portal.stack.prepared import inputs, is_prepared, stamp_of, write_stamp

DATABASE = "trilink_prepared"
MIGRATION = Path("portal", "parties", "migrations", "0001_initial.py")
FILES = (
    "requirements/dev.txt",
    "portal/settings/site.py",
    "portal/parties/staff/rights.py",
    "portal/parties/reference/cities.csv",
    str(MIGRATION),
)


@pytest.fixture
def environment() -> Iterator[Mapping[str, str]]:
    """A database of its own, as a start leaves it."""
    owner = os.environ["DATABASE_OWNER_URL"]
    url = urlsplit(owner)._replace(path=f"/{DATABASE}").geturl()
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    change(
        url,
        "CREATE TABLE django_migrations (id int, app text, name text)",
        "INSERT INTO django_migrations VALUES (1, 'parties', '0001_initial')",
        "CREATE TABLE cities (name text)",
        "INSERT INTO cities VALUES ('Wuhan')",
    )
    yield {"DATABASE_OWNER_URL": url}
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE}")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.setattr(prepared, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def stamp(root: Path, environment: Mapping[str, str]) -> Path:
    stamp = root / "prepared"
    assert not is_prepared(stamp, environment)
    write_stamp(stamp, inputs(), environment)
    return stamp


def change(url: str, *statements: str) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_nothing_changed(stamp: Path, environment: Mapping[str, str]) -> None:
    change(environment["DATABASE_OWNER_URL"], "INSERT INTO cities VALUES ('Xiamen')")

    assert is_prepared(stamp, environment)


@pytest.mark.parametrize("name", FILES)
def test_file_that_changed(
    name: str, root: Path, stamp: Path, environment: Mapping[str, str]
) -> None:
    (root / name).write_text("changed")

    assert not is_prepared(stamp, environment)


def test_migration_that_is_new(root: Path, stamp: Path, environment: Mapping[str, str]) -> None:
    (root / MIGRATION).with_name("0002_more.py").write_text("")

    assert not is_prepared(stamp, environment)


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE cities",
        "DROP TABLE cities",
        "DELETE FROM django_migrations",
        "DROP TABLE django_migrations",
    ],
)
def test_database_changed_by_hand(
    statement: str, stamp: Path, environment: Mapping[str, str]
) -> None:
    change(environment["DATABASE_OWNER_URL"], statement)

    assert not is_prepared(stamp, environment)


def test_stamp_goes_with_the_data(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")

    assert stamp_of(var) == var / "postgres" / "prepared"


def test_database_of_the_environment_is_always_migrated(
    var: Path, environment: Mapping[str, str]
) -> None:
    assert stamp_of(var) is None
    write_stamp(None, inputs(), environment)
    assert not is_prepared(None, environment)
