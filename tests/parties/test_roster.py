"""An agency's roster: invited, accepted, one agency at a time, over with the contract."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.core import clock
from portal.core.actor import system_actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import selectors, services, states
from portal.parties.fields import RosterFields
from portal.parties.models import Membership, Party, RosterEntry
from portal.parties.states import PartyKind, RosterStatus
from tests import factories
from tests.conftest import person_of

TASK = system_actor("task")


def fields(creator: Party | None = None, **changes: Any) -> RosterFields:
    today = clock.today()
    defaults: dict[str, Any] = {
        "name": creator.name if creator else "小满",
        "creator_id": creator.pk if creator else None,
        "phone": "" if creator else "13900002222",
        "starts_on": today,
        "last_day": today + timedelta(days=364),
        "terms": "机构服务费为佣金的 20%，按月结算。",
    }
    return RosterFields(**(defaults | changes))


def invited(agency, creator, **changes):
    party = creator.party if creator else None
    return services.invite_creator(
        agency.actor, agency=agency.party, fields=fields(party, **changes)
    )


def joined(agency, creator, **changes):
    return services.join_roster(creator.actor, entry=invited(agency, creator, **changes))


@pytest.fixture
def other_agency(db):
    return person_of(factories.listed_party(PartyKind.AGENCY, "北岸传媒"))


pytestmark = pytest.mark.django_db


def refused(call, status):
    before = list(RosterEntry.objects.order_by("pk").values()), AuditEntry.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.verdict.status == status
    assert (list(RosterEntry.objects.order_by("pk").values()), AuditEntry.objects.count()) == before
    return str(caught.value)


def test_creator_accepts_and_belongs_to_the_agency(agency, creator):
    entry = invited(agency, creator)
    assert Notice.objects.filter(user=creator.user, event="roster.invited").count() == 1
    assert selectors.agency_of(creator.party, clock.now()) is None
    entry = services.join_roster(creator.actor, entry=entry)
    assert entry.status == RosterStatus.ACTIVE
    assert selectors.agency_of(creator.party, clock.now()) == agency.party
    assert Notice.objects.filter(user=agency.user, event="roster.accepted").count() == 1
    verbs = AuditEntry.objects.filter(object_type="parties.rosterentry").values_list("verb")
    assert [verb for (verb,) in verbs.order_by("id")] == ["invite_creator", "join_roster"]


def test_contract_may_begin_later_and_counts_by_its_days(agency, creator):
    start = clock.today() + timedelta(days=10)
    joined(agency, creator, starts_on=start, last_day=start + timedelta(days=30))
    for days, expected in (
        (0, None),
        (9, None),
        (10, agency.party),
        (40, agency.party),
        (41, None),
    ):
        at = clock.now() + timedelta(days=days)
        assert selectors.agency_of(creator.party, at) == expected, days


def test_link_binds_the_creator_who_answers(agency, creator, other_agency):
    entry = invited(agency, None)
    assert entry.creator is None
    entry = services.join_roster(creator.actor, entry=entry)
    assert entry.creator == creator.party
    theirs = person_of(factories.listed_party(PartyKind.CREATOR, "阿岚开箱"))
    refused(lambda: services.join_roster(theirs.actor, entry=entry), 403)


def test_only_the_invited_creator_answers(agency, creator, merchant, stranger):
    entry = invited(agency, creator)
    theirs = person_of(factories.listed_party(PartyKind.CREATOR, "阿岚开箱"))
    for person in (theirs, merchant, agency, stranger):
        refused(lambda p=person: services.join_roster(p.actor, entry=entry), 403)
        refused(lambda p=person: services.decline_roster(p.actor, entry=entry), 403)


def test_creator_who_is_not_verified_cannot_join(agency):
    draft = person_of(factories.draft_party(PartyKind.CREATOR, "新手"))
    entry = invited(agency, None)
    refused(lambda: services.join_roster(draft.actor, entry=entry), 409)


def test_second_agency_in_the_same_time_is_refused(agency, other_agency, creator):
    first = joined(agency, creator)
    second = invited(other_agency, creator)
    sentence = refused(lambda: services.join_roster(creator.actor, entry=second), 409)
    assert first.last_day.isoformat() in sentence


def test_second_agency_after_the_first_is_fine(agency, other_agency, creator):
    first = joined(agency, creator)
    start = first.last_day + timedelta(days=1)
    joined(other_agency, creator, starts_on=start, last_day=start + timedelta(days=30))
    at = clock.now() + (start - clock.today())
    assert selectors.agency_of(creator.party, at) == other_agency.party


def test_database_stores_no_overlap(agency, other_agency, creator):
    first = joined(agency, creator)
    second = invited(other_agency, creator)
    row = RosterEntry.objects.filter(pk=second.pk)
    answered = {"answered_at": clock.now(), "answered_by": creator.user}
    for status in ("active", "leaving"):
        with pytest.raises(IntegrityError, match="roster_one_agency"), transaction.atomic():
            row.update(status=status, **answered)
    after = DateRange(first.period.upper, first.period.upper + timedelta(days=5))
    assert row.update(status="active", period=after, **answered) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"terms": " "}, "terms"),
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "call me"}, "phone"),
        ({"last_day": clock.today() - timedelta(days=1)}, "last_day"),
        ({"last_day": clock.today() + timedelta(days=4000)}, "last_day"),
        ({"starts_on": clock.today() + timedelta(days=400)}, "last_day"),
    ],
)
def test_unsound_invitation_names_its_field(agency, changes, field):
    with pytest.raises(Refused) as caught:
        invited(agency, None, **changes)
    assert field in [flaw.field for flaw in caught.value.verdict.flaws]
    assert not RosterEntry.objects.exists()


def test_invited_once_at_a_time(agency, creator):
    invited(agency, creator)
    refused(lambda: invited(agency, creator), 409)
    invited(agency, None)
    refused(lambda: invited(agency, None, phone="139 0000-2222"), 409)


def test_only_a_verified_agency_invites(merchant, creator, colleague):
    draft = person_of(factories.draft_party(PartyKind.AGENCY, "新机构"))
    refused(lambda: invited(draft, creator), 409)
    refused(lambda: invited(merchant, creator), 403)


def test_hidden_creator_is_not_found_by_number(agency, creator):
    services.hide_party(creator.actor, party=creator.party)
    refused(lambda: invited(agency, creator), 403)


def test_reminders_are_few_and_far_between(agency, creator):
    entry = invited(agency, creator)
    refused(lambda: services.remind_creator(agency.actor, entry=entry), 409)
    for days in (4, 8, 12):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            services.remind_creator(agency.actor, entry=entry)
    with clock.standing_at(clock.now() + timedelta(days=20)):
        refused(lambda: services.remind_creator(agency.actor, entry=entry), 409)
    reminded = Notice.objects.filter(user=creator.user, event="roster.reminded")
    assert reminded.count() == 3


def test_invitation_runs_out_and_can_be_taken_back(agency, creator):
    entry = invited(agency, creator)
    other = invited(agency, None)
    assert services.withdraw_roster(agency.actor, entry=other).status == "withdrawn"
    with clock.standing_at(clock.now() + timedelta(days=31)):
        refused(lambda: services.join_roster(creator.actor, entry=entry), 409)
        assert services.expire_roster(TASK) == 1
        assert services.expire_roster(TASK) == 0
    entry.refresh_from_db()
    assert entry.status == RosterStatus.EXPIRED


def test_membership_ends_with_the_contract(agency, creator):
    entry = joined(agency, creator)
    services.show_entry(creator.actor, entry=entry, is_shown=True)
    with clock.standing_at(clock.now() + timedelta(days=364)):
        assert services.end_memberships(TASK) == 0, "the last day belongs to it"
    with clock.standing_at(clock.now() + timedelta(days=365)):
        assert services.end_memberships(TASK) == 1
        assert services.end_memberships(TASK) == 0
        assert selectors.agency_of(creator.party, clock.now()) is None
    assert selectors.agency_of(creator.party, clock.now()) == agency.party, "the past stays"
    entry.refresh_from_db()
    assert (entry.status, entry.is_shown) == (RosterStatus.ENDED, False)


def test_members_who_may_only_read_change_nothing(merchant, agency, creator):
    user = factories.user("helper@example.com")
    Membership.objects.create(
        user=user, party=agency.party, role=states.Role.MEMBER, created_at=clock.now()
    )
    helper = person_of(agency.party, user, states.Role.MEMBER)
    entry = invited(agency, creator)
    refused(lambda: services.withdraw_roster(helper.actor, entry=entry), 403)
    refused(lambda: invited(helper, None), 403)


def test_agency_page_names_whom_the_creator_lets_it(agency, creator, visitor):
    entry = joined(agency, creator)
    assert list(selectors.shown_members(agency.party)) == []
    refused(lambda: services.show_entry(agency.actor, entry=entry, is_shown=True), 403)
    services.show_entry(creator.actor, entry=entry, is_shown=True)
    assert list(selectors.shown_members(agency.party)) == [entry]


# --- leaving ----------------------------------------------------------------------------------


def soon(days=30):
    return clock.today() + timedelta(days=days)


def asked(person, entry, days=30):
    return services.ask_departure(
        person.actor, entry=entry, last_day=soon(days), reason="想独立发展"
    )


def test_both_agree_to_part_early(agency, other_agency, creator):
    entry = joined(agency, creator)
    departure = asked(creator, entry)
    refused(lambda: services.agree_departure(creator.actor, departure=departure), 403)
    services.agree_departure(agency.actor, departure=departure)
    entry.refresh_from_db()
    assert (entry.status, entry.last_day) == (RosterStatus.LEAVING, soon())
    joined(other_agency, creator, starts_on=soon(31), last_day=soon(90))
    at = clock.now() + timedelta(days=30)
    assert selectors.agency_of(creator.party, at) == agency.party
    assert selectors.agency_of(creator.party, at + timedelta(days=1)) == other_agency.party


def test_contested_departure_is_decided_by_an_operator(agency, creator, operator, merchant):
    entry = joined(agency, creator)
    departure = asked(creator, entry)
    departure = services.contest_departure(
        agency.actor, departure=departure, statement="合同未到期，前期投入很大。"
    )
    assert departure.decide_by - departure.contested_at == timedelta(days=15)
    said = services.state_departure(
        creator.actor,
        departure=departure,
        statement="三个月没有安排。",
        files=[factories.picture("calendar.png")],
    )
    page = said.files.get().get_absolute_url()
    readers = [p.browser().get(page).status_code for p in (agency, creator, operator, merchant)]
    assert readers == [200, 200, 200, 404]
    assert page in agency.browser().get(entry.get_absolute_url()).content.decode()
    refused(
        lambda: services.state_departure(
            creator.actor,
            departure=departure,
            statement="更多",
            files=[factories.picture(f"{number}.png") for number in range(4)],
        ),
        422,
    )
    for person in (agency, creator, merchant):
        refused(
            lambda p=person: services.decide_departure(
                p.actor, departure=departure, last_day=soon(20), reasons="x"
            ),
            403,
        )
    refused(
        lambda: services.decide_departure(
            operator.actor, departure=departure, last_day=soon(20), reasons=" "
        ),
        422,
    )
    services.decide_departure(
        operator.actor, departure=departure, last_day=soon(20), reasons="双方各让一步。"
    )
    entry.refresh_from_db()
    assert entry.last_day == soon(20)
    assert [s.party for s in departure.statements.order_by("pk")] == [agency.party, creator.party]
    with clock.standing_at(clock.now() + timedelta(days=21)):
        assert services.end_memberships(TASK) == 1


def test_operator_may_let_the_contract_run(agency, creator, operator):
    entry = joined(agency, creator)
    departure = asked(agency, entry)
    departure = services.contest_departure(creator.actor, departure=departure, statement="不同意")
    services.decide_departure(
        operator.actor, departure=departure, last_day=None, reasons="照约履行"
    )
    entry.refresh_from_db()
    assert (entry.status, entry.last_day) == (RosterStatus.ACTIVE, soon(364))
    asked(creator, entry)  # and may be asked again


def test_silence_is_an_objection(agency, creator):
    departure = asked(creator, joined(agency, creator))
    assert services.contest_unanswered(TASK) == 0
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert services.contest_unanswered(TASK) == 1
        assert services.contest_unanswered(TASK) == 0
    departure.refresh_from_db()
    assert departure.status == "contested"


def test_whoever_asked_may_stay_after_all(agency, creator):
    entry = joined(agency, creator)
    departure = asked(creator, entry)
    refused(lambda: asked(agency, entry), 409)
    refused(lambda: services.withdraw_departure(agency.actor, departure=departure), 403)
    services.withdraw_departure(creator.actor, departure=departure)
    entry.refresh_from_db()
    assert entry.status == RosterStatus.ACTIVE


def test_end_of_the_contract_ends_what_is_contested(agency, creator):
    entry = joined(agency, creator)
    departure = asked(creator, entry)
    with clock.standing_at(clock.now() + timedelta(days=366)):
        services.end_memberships(TASK)
    departure.refresh_from_db()
    assert departure.status == "withdrawn"


@pytest.mark.parametrize("days", [-1, 364, 400])
def test_last_day_lies_between_today_and_the_end(agency, creator, days):
    entry = joined(agency, creator)
    refused(lambda: asked(creator, entry, days), 422)
