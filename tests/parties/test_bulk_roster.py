"""Roster entries made in bulk are those that the single services make, in every table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import system_actor
from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.fields import RosterFields
from portal.parties.models import Party, RosterEntry
from portal.parties.services import Signing, sign_creators
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.parties.test_bulk import everything, start_ids_anew

pytestmark = pytest.mark.django_db
INVITED = datetime(2025, 3, 5, 2, tzinfo=UTC)


def signing(agency: Party, creator: Party, **changes) -> Signing:
    fields = RosterFields(
        name=creator.name,
        starts_on=INVITED.date() + timedelta(days=5),
        last_day=INVITED.date() + timedelta(days=204),
        terms="每月结算",
        account="dy1",
        creator_id=creator.pk,
    )
    joined = INVITED + timedelta(days=1)
    return replace(Signing(agency, creator, fields, INVITED, joined), **changes)


def make_singly(one: Signing) -> None:
    agency = replace(person_of(one.agency).actor, via=SYSTEM.via)
    creator = replace(person_of(one.creator).actor, via=SYSTEM.via)
    with clock.standing_at(one.invited_at):
        entry = services.invite_creator(agency, agency=one.agency, fields=one.fields)
    with clock.standing_at(one.joined_at):
        entry = services.join_roster(creator, entry=entry)
    if one.shown_at:
        with clock.standing_at(one.shown_at):
            services.show_entry(creator, entry=entry, is_shown=True)
    if one.ended_at:
        with clock.standing_at(one.ended_at):
            assert services.end_memberships(system_actor(SYSTEM.via)) == 1


@pytest.fixture
def signings(agency, creator) -> list[Signing]:
    others = [factories.listed_party(PartyKind.CREATOR, f"达人{n}") for n in range(2)]
    shown, over = INVITED + timedelta(days=2), INVITED + timedelta(days=205)
    return [
        signing(agency.party, creator.party),
        signing(agency.party, others[0], shown_at=shown),
        signing(agency.party, others[1], shown_at=shown, ended_at=over),
    ]


@pytest.mark.django_db(databases=["default", "owner"])
def test_bulk_writes_what_the_single_services_write(signings):
    start_ids_anew()
    with transaction.atomic():
        with outbox.born_delivered():
            for one in reversed(signings):  # one that is over ends before the next is invited
                make_singly(one)
        singly = everything()
        transaction.set_rollback(True)
    start_ids_anew()
    with outbox.born_delivered():
        sign_creators(SYSTEM, signings=signings[::-1])
    in_bulk = everything()
    for table, rows in singly.items():
        assert in_bulk[table] == rows, table
    assert RosterEntry.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"joined_at": INVITED - timedelta(days=1)},
        {"ended_at": INVITED + timedelta(days=100)},
        {"overlap": True},
    ],
)
def test_bulk_refuses_all_rows_for_one_that_is_not_sound(signings, wrong):
    good, bad = signings[0], signings[1]
    bad = replace(good, ended_at=None) if "overlap" in wrong else replace(bad, **wrong)
    with pytest.raises(Refused):
        sign_creators(SYSTEM, signings=[good, bad])
    assert not RosterEntry.objects.exists()


def test_bulk_is_for_the_platform_alone(signings, agency, operator):
    for person in (agency, operator):
        with pytest.raises(Refused) as refused:
            sign_creators(person.actor, signings=signings)
        assert refused.value.verdict.status == 403
    assert not RosterEntry.objects.exists()
