"""docs/visible.md says what others learn about a party: the API's answers are held to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from rest_framework.serializers import ListSerializer, Serializer

from portal.core import clock
from portal.directory.api import WholeProfileSerializer
from portal.directory.profiles import PROFILES
from portal.parties.api import ProfileSerializer
from portal.parties.models import Membership
from portal.parties.states import Role
from portal.stack.paths import ROOT
from tests import factories
from tests.conftest import person_of
from tests.test_docs import text_of

pytestmark = pytest.mark.django_db
PAGE = ROOT / "docs/visible.md"
KINDS = {
    "provider": "providers",
    "agency": "agencies",
    "creator": "creators",
    "merchant": "merchants",
}
WORDS = {"yes", "no", "in part"}


@dataclass(frozen=True)
class Row:
    field: str
    holds: frozenset[str]
    says: dict[str, str]


def rows() -> dict[str, list[Row]]:
    """The tables by their headings."""
    found: dict[str, list[Row]] = {}
    for section in re.split(r"^## ", text_of(PAGE), flags=re.MULTILINE)[1:]:
        title, *lines = section.splitlines()
        cells = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in lines
            if line.startswith("| `")
        ]
        found[title.lower()] = [
            Row(
                field.strip("`"),
                frozenset(re.findall(r"`(\w+)`", holds)),
                dict(zip(("stranger", "another", "colleague", "operator"), says, strict=True)),
            )
            for field, holds, *says, _why in cells
        ]
    return found


def written(kind: str, who: str) -> dict[str, frozenset[str]]:
    """Field → what it holds (empty: not said), of this kind as this reader may read it."""
    tables = rows()
    both = [*tables["every kind"], *tables[kind]]
    return {row.field: row.holds for row in both if row.says[who] != "no"}


def held(name: str) -> frozenset[str]:
    """The names in a field of the answer; empty where it is one value, or a dictionary of many."""
    field = {**WholeProfileSerializer().fields, "profile": ProfileSerializer()}[name]
    inner = getattr(field, "child", field) if isinstance(field, ListSerializer) else field
    return frozenset(inner.fields) if isinstance(inner, Serializer) else frozenset()


@pytest.fixture
def people(provider, agency, creator, merchant):
    """Who speaks for a listed party of each kind."""
    return {"provider": provider, "agency": agency, "creator": creator, "merchant": merchant}


def public(browser: Client, kind: str, pk: int) -> dict[str, object]:
    answer = browser.get(f"/api/v1/directory/{KINDS[kind]}/{pk}/")
    assert answer.status_code == 200
    return dict(answer.json())


def test_tables_are_whole():
    tables = rows()
    assert set(tables) == {"every kind", *KINDS} == {"every kind", *PROFILES}
    for table in tables.values():
        for row in table:
            assert set(row.says.values()) <= WORDS, row.field
            assert row.says["stranger"] == row.says["another"], "signing in opens no profile"


@pytest.mark.parametrize("kind", KINDS)
def test_public_profile_is_what_the_page_says(people, stranger, visitor, kind):
    party, said = people[kind].party, written(kind, "stranger")
    answer = public(visitor, kind, party.pk)
    assert set(answer) == set(said), "docs/visible.md tells it otherwise"
    for name, holds in said.items():
        assert holds == held(name) or (name == "profile" and kind != "provider"), name
    other = people["merchant" if kind != "merchant" else "agency"]
    for browser in (stranger.browser(), other.browser()):
        assert public(browser, kind, party.pk) == answer


@pytest.mark.parametrize("kind", KINDS)
def test_own_party_is_what_the_page_says(people, kind):
    party = people[kind].party
    plain = factories.user(f"{kind}-plain@example.com", "同事")
    Membership.objects.create(user=plain, party=party, role=Role.MEMBER, created_at=clock.now())
    mine = person_of(party, plain, Role.MEMBER).browser().get(f"/api/v1/parties/{party.pk}/")
    assert mine.status_code == 200
    unwritten = set(mine.json()) - set(written(kind, "colleague"))
    assert not unwritten, "docs/visible.md does not tell of these"
