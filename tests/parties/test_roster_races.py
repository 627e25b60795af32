"""Two agencies, one creator, the same moment."""

import pytest

from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.models import Membership, Party, RosterEntry
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.conftest import person_of
from tests.parties.test_roster import asked, invited, joined, soon

pytestmark = pytest.mark.django_db(transaction=True)


def one_refused(answers):
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status == 409


@pytest.fixture
def other_agency():
    return person_of(factories.listed_party(PartyKind.AGENCY, "北岸传媒"))


def test_creator_and_manager_who_accept_two_agencies_join_one(agency, other_agency, creator):
    user = factories.user("manager@example.com", "经理")
    Membership.objects.create(
        user=user, party=creator.party, role=Role.MANAGER, created_at=creator.party.created_at
    )
    manager = person_of(creator.party, user, Role.MANAGER)
    first, second = invited(agency, creator), invited(other_agency, creator)
    answers = factories.at_once(
        lambda: services.join_roster(creator.actor, entry=first),
        lambda: services.join_roster(manager.actor, entry=second),
        behind=Party.objects.filter(pk=creator.party.pk),
    )
    one_refused(answers)
    assert RosterEntry.objects.running().filter(creator=creator.party).count() == 1


def test_two_creators_with_one_link_make_one_member(agency, creator):
    other = person_of(factories.listed_party(PartyKind.CREATOR, "阿岚开箱"))
    entry = invited(agency, None)
    answers = factories.at_once(
        lambda: services.join_roster(creator.actor, entry=entry),
        lambda: services.join_roster(other.actor, entry=entry),
        behind=RosterEntry.objects.filter(pk=entry.pk),
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refused) == 1
    assert RosterEntry.objects.running().count() == 1


def test_acceptance_and_withdrawal_at_once_leave_one(agency, creator):
    entry = invited(agency, creator)
    answers = factories.at_once(
        lambda: services.join_roster(creator.actor, entry=entry),
        lambda: services.withdraw_roster(agency.actor, entry=entry),
        behind=RosterEntry.objects.filter(pk=entry.pk),
    )
    one_refused(answers)


def test_both_sides_who_ask_to_part_at_once_ask_once(agency, creator):
    entry = joined(agency, creator)
    answers = factories.at_once(
        lambda: asked(creator, entry),
        lambda: asked(agency, entry),
        behind=RosterEntry.objects.filter(pk=entry.pk),
    )
    one_refused(answers)


def test_agreement_and_change_of_mind_at_once_leave_one(agency, creator):
    entry = joined(agency, creator)
    departure = asked(creator, entry)
    answers = factories.at_once(
        lambda: services.agree_departure(agency.actor, departure=departure),
        lambda: services.withdraw_departure(creator.actor, departure=departure),
        behind=RosterEntry.objects.filter(pk=entry.pk),
    )
    one_refused(answers)
    entry.refresh_from_db()
    assert (entry.status == "leaving") == (entry.last_day == soon())
