"""The cast, and the database as the site sees it: tests run as the site's own role.

`default` is a mirror of `owner`: one database, two roles. Transactional tests name both, and the
owner takes back what they wrote.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from celery import current_app
from django.conf import settings as site
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection, connections
from django.test import Client, TestCase, TransactionTestCase
from django.test.utils import teardown_databases
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from portal.core.actor import OPERATOR, Actor, system_actor
from portal.notices.selectors import BANNERS
from portal.parties.models import Membership, Party, User
from portal.parties.reference import load_reference
from portal.parties.selectors.reference import forget_reference
from portal.parties.staff import grant_staff
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.databases import make_databases
from tests.restoring import keep, restore

# A busy machine is no fault. The check of a landing asks the same each time; all others explore.
settings.register_profile(
    "trilink",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="TRILINK_CI" in os.environ,
)
settings.load_profile("trilink")
TransactionTestCase.databases = {"default", "owner"}
TestCase.databases = {"default"}
TransactionTestCase._fixture_teardown = restore
LONGEST_ID = 40
WRITTEN = """
  SELECT md5(string_agg(place, ' ' ORDER BY place)) FROM (
    SELECT format('belt %s %s', ctid, xmin) FROM parties_belt
    UNION ALL SELECT format('category %s %s', ctid, xmin) FROM parties_category
    UNION ALL SELECT format('city %s %s', ctid, xmin) FROM parties_city
    UNION ALL SELECT format('region %s %s', ctid, xmin) FROM parties_region
    UNION ALL SELECT format('service %s %s', ctid, xmin) FROM parties_servicetype
  ) AS rows (place)
"""
DECIDES = re.compile(r"/(engine|rules)/|/(rules|states|\w+_states|money)\.py$")


def pytest_configure() -> None:
    """An empty folder, and not that of a site that was collected here: WhiteNoise looks through it
    for each client of a test, and warns where there is none."""
    site.STATIC_ROOT = str(Path(site.MEDIA_ROOT) / "static")
    Path(site.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # Hypothesis reads the project's two thousand files for numbers worth trying: ten seconds of
    # each process. Those that decide are in the rules, the states and the engines.
    is_local = providers.is_local_module_file
    providers.is_local_module_file = lambda path: bool(DECIDES.search(path)) and is_local(path)


def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: a good part of a test is waiting, for the database or a browser."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A whole file or a signed text is no name for a test: processes must agree on the names."""
    return argname if isinstance(val, bytes) or len(str(val)) > LONGEST_ID else None


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the supervisor look at ports and processes: one after the other, in one process."""
    for item in items:
        if item.nodeid.startswith("tests/stack/"):
            item.add_marker(pytest.mark.xdist_group("stack"))


def pytest_collection_finish() -> None:
    """What the site and six thousand tests are made of stays until the end: looking for rubbish in
    it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """The owner's database, made once, whichever tests run; the site's role mirrors it."""
    with django_db_blocker.unblock():
        made = make_databases()
        load_reference(system_actor("command"))
        keep()
    yield
    with django_db_blocker.unblock():
        connections["default"].close()  # the mirror's session would keep the database in use
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _tasks_as_a_worker_knows_them() -> None:
    """The site only names tasks; the worker that delivers them has loaded them."""
    current_app.loader.import_default_modules()


@pytest.fixture(scope="session", autouse=True)
def _reference_read_if_changed() -> Iterator[None]:
    """Every test asks for the reference data anew; its five hundred rows are made again where one
    was written since. That was a fifth of what a party costs."""
    module, made = import_module("portal.parties.selectors.reference"), {}
    read = module._read

    def read_if_changed() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            state = cursor.fetchone()
        if state not in made:
            made.clear()
            made[state] = read()
        return made[state]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_read", read_if_changed)
        yield


@pytest.fixture(autouse=True)
def _reference_asked_anew() -> None:
    forget_reference()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What the process keeps for a moment: no test sees another's. Nothing is announced, and nobody
    asks by chance."""
    caches["local"].clear()
    caches["local"].set(BANNERS, [], None)


@pytest.fixture
def now_constraints(db: None) -> None:
    """Check deferred constraints at once, where a test stays inside one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@dataclass(frozen=True)
class Person:
    """Somebody of the cast: their login, their party, and a browser signed in as them."""

    user: User
    party: Party | None
    actor: Actor

    def browser(self) -> Client:
        client = Client()
        client.force_login(self.user)
        return client


@pytest.fixture
def merchant(db: None) -> Person:
    """The owner of a listed merchant."""
    return person_of(factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品"))


@pytest.fixture
def provider(db: None) -> Person:
    """The owner of a listed provider: live rooms for food, in Hangzhou and remotely."""
    return person_of(factories.listed_party(PartyKind.PROVIDER, "云帆电商"))


@pytest.fixture
def rival(db: None) -> Person:
    """The owner of another listed provider."""
    return person_of(factories.listed_party(PartyKind.PROVIDER, "北斗直播"))


@pytest.fixture
def agency(db: None) -> Person:
    return person_of(factories.listed_party(PartyKind.AGENCY, "星野文化"))


@pytest.fixture
def creator(db: None) -> Person:
    return person_of(factories.listed_party(PartyKind.CREATOR, "小满的厨房"))


@pytest.fixture
def colleague(merchant: Person) -> Person:
    """A member of the merchant who may read but not sign."""
    return colleague_of(merchant)


@pytest.fixture
def stranger(db: None) -> Person:
    """Signed in, speaking for nobody."""
    return nobodys(factories.user("stranger@example.com", "路人"))


@pytest.fixture
def operator(db: None) -> Person:
    return staff_person("operator")


@pytest.fixture
def reviewer(db: None) -> Person:
    return staff_person("reviewer")


@pytest.fixture
def visitor() -> Client:
    return Client()


def staff_person(*groups: str, **scope: Any) -> Person:
    """Somebody in one or more staff groups, with a scope if one is given."""
    address = groups[0] if len(groups) == 1 else f"groups {crc32(repr(groups).encode())}"
    user = factories.user(f"{address.replace(' ', '-')}@example.com", " + ".join(groups)[:60])
    grant_staff(
        system_actor("command"),
        person=user,
        groups=list(Group.objects.filter(name__in=groups)),
        **scope,
    )
    user = User.objects.get(pk=user.pk)
    return Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))


def colleague_of(person: Person) -> Person:
    """Somebody who may read for the same party but not sign."""
    user = factories.user("colleague@example.com", "同事")
    assert person.party
    Membership.objects.create(
        user=user, party=person.party, role=Role.MEMBER, created_at=person.party.created_at
    )
    return person_of(person.party, user, Role.MEMBER)


def nobodys(user: User) -> Person:
    return Person(user, None, Actor(user=user, party=None, role="person", via="web"))


def person_of(party: Party, user: User | None = None, role: Role = Role.OWNER) -> Person:
    user = user or party.membership_set.get(role=Role.OWNER).user
    return Person(user, party, Actor(user=user, party=party, role=role, via="web"))
