"""The deployment files are read here, not run: what they name must exist."""

import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from portal.stack.paths import ROOT
from portal.stack.postgres import APP, DATABASE, EXTENSIONS, OWNER

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SITE = [name for name, service in SERVICES.items() if service.get("image") == "trilink"]


def text_of(path: str) -> str:
    return (ROOT / path).read_text()


def settings() -> str:
    return "".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))


def test_site_consists_of_its_processes() -> None:
    assert SITE == ["migrate", "web", "worker", "courier", "beat"]


def test_every_queue_has_its_worker() -> None:
    routes = re.findall(r'"queue": "(\w+)"', settings())
    commands = [SERVICES[name]["command"] for name in ("worker", "courier")]
    consumed = [command[command.index("--queues") + 1] for command in commands]

    assert sorted(consumed) == sorted({"celery", *routes})
    assert all(f'"--queues", "{name}"' in text_of("portal/stack/site.py") for name in consumed)


@pytest.mark.parametrize("name", SITE)
def test_settings_read_every_name_a_service_sets(name: str) -> None:
    read = settings()

    unknown = [name for name in SERVICES[name]["environment"] if f'"{name}"' not in read]

    assert unknown == []


def test_settings_required_in_production_are_given() -> None:
    required = set(re.findall(r'required\(\s*"(\w+)"', settings()))

    assert required
    assert required <= set(SERVICES["web"]["environment"])


def test_every_secret_stands_in_the_example() -> None:
    named = set(re.findall(r"\$\{(\w+)", text_of("compose.yaml")))
    example = set(re.findall(r"^(\w+)=", text_of("deploy/env.example"), re.MULTILINE))

    assert named == example


def test_only_the_migration_knows_the_owner() -> None:
    owners = [name for name in SITE if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]]

    assert owners == ["migrate"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_checked_or_ends(name: str) -> None:
    check = SERVICES[name].get("healthcheck", {})

    # web takes the check of the image.
    assert "test" in check or name in {"web", "migrate"}
    assert "HEALTHCHECK" in text_of("Dockerfile")


def test_what_services_mount_exists() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]

    assert files
    assert all((ROOT / file).is_file() for file in files)
    assert {mount.split(":")[0] for mount in mounts} - set(files) == set(COMPOSE["volumes"])


def test_database_is_made_like_the_embedded_one() -> None:
    script = text_of("deploy/create-database.sh")

    assert f"CREATE DATABASE {DATABASE} OWNER {OWNER}" in script
    assert f"CREATE ROLE {OWNER} LOGIN CREATEDB" in script
    assert f"CREATE ROLE {APP} LOGIN PASSWORD" in script
    assert all(f"CREATE EXTENSION IF NOT EXISTS {name};" in script for name in EXTENSIONS)


def test_metrics_are_not_for_the_world() -> None:
    assert "location = /metrics { return 404; }" in text_of("deploy/nginx.conf")


def test_health_check_needs_nothing_the_image_leaves_out() -> None:
    left_out = re.findall(r"pip uninstall --yes (.*)", text_of("Dockerfile"))[0].split()
    blocked = [name.replace("-", "_") for name in left_out]
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({blocked!r})); import portal.stack.__main__"
    )

    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
