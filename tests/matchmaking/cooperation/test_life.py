"""From the first day to the last: what the calendar does, pauses, notice, completion."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import AmendmentFields, EndingFields
from matchmaking.cooperation.models import Cooperation, Ending, Pause
from matchmaking.cooperation.states import CooperationStatus
from portal.core import clock
from portal.core.audit import trail
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.services import close_party
from tests.factories import SYSTEM, at_once
from tests.matchmaking.cooperation.conftest import duty

pytestmark = pytest.mark.django_db


def sweep(days=0):
    with clock.standing_at(clock.now() + timedelta(days=days)):
        return services.sweep_cooperations(SYSTEM)


def refused(call, status):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        call()
    assert caught.value.verdict.status == status
    assert AuditEntry.objects.count() == before


def notice(cooperation, days=30, note="市场计划调整"):
    return EndingFields("plans", note, clock.today() + timedelta(days=days))


# --- the calendar ---------------------------------------------------------------------------------


def test_it_begins_and_ends_on_its_days_and_once(agreed):
    assert sweep() == 0
    assert sweep(31) == 1
    agreed.refresh_from_db()
    assert agreed.status == CooperationStatus.ACTIVE
    assert sweep(31) == 0
    length = (agreed.ends_on - clock.today()).days
    assert sweep(length) == 1
    agreed.refresh_from_db()
    assert agreed.status == CooperationStatus.ENDED
    verbs = list(trail(agreed).values_list("verb", flat=True))
    assert verbs == ["begin_cooperation", "start_cooperation", "end_cooperation"]
    told = Notice.objects.filter(event__in=["cooperation.started", "cooperation.ended"])
    assert told.count() == 4, "both sides of both days"


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "active"},
        {"status": "ended"},
        {"status": "terminated"},
        {"began_at": clock.now()},
        {"ended_at": clock.now()},
        {"version": 0},
    ],
)
def test_status_and_its_times_are_one_to_the_database(agreed, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperation.objects.filter(pk=agreed.pk).update(**wrong)


def test_party_stays_open_while_a_cooperation_is_not_over(running, merchant):
    refused(lambda: close_party(merchant.actor, party=merchant.party), 409)


# --- pauses ---------------------------------------------------------------------------------------


def test_pause_ends_by_itself_or_by_who_made_it(running, merchant, provider):
    until = clock.today() + timedelta(days=10)
    services.pause_cooperation(merchant.actor, cooperation=running, reason="备货", until=until)
    assert Notice.objects.get().user == provider.user
    refused(lambda: services.resume_cooperation(provider.actor, cooperation=running), 409)
    services.resume_cooperation(merchant.actor, cooperation=running)
    services.pause_cooperation(provider.actor, cooperation=running, reason="换主播", until=until)
    assert sweep(9) == 0
    assert sweep(10) == 1
    running.refresh_from_db()
    assert running.status == CooperationStatus.ACTIVE
    assert not Pause.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(("reason", "days"), [("", 10), ("备货", 0), ("备货", 91), ("x" * 301, 10)])
def test_pause_needs_a_reason_and_a_day(running, merchant, reason, days):
    until = clock.today() + timedelta(days=days)
    refused(
        lambda: services.pause_cooperation(
            merchant.actor, cooperation=running, reason=reason, until=until
        ),
        422,
    )
    assert not Pause.objects.exists()


# --- notice ---------------------------------------------------------------------------------------


def test_notice_runs_its_days_and_can_be_taken_back(running, merchant, provider):
    refused(
        lambda: services.end_cooperation(
            merchant.actor, cooperation=running, fields=notice(running, 29)
        ),
        422,
    )
    services.end_cooperation(merchant.actor, cooperation=running, fields=notice(running))
    told = Notice.objects.get()
    assert (told.user, told.params["note"]) == (provider.user, "市场计划调整")
    refused(lambda: services.withdraw_ending(provider.actor, cooperation=running), 409)
    refused(
        lambda: services.end_cooperation(
            provider.actor, cooperation=running, fields=notice(running)
        ),
        409,
    )
    services.withdraw_ending(merchant.actor, cooperation=running)
    assert sweep(30) == 0
    services.end_cooperation(provider.actor, cooperation=running, fields=notice(running))
    assert sweep(29) == 0
    assert sweep(30) == 1
    running.refresh_from_db()
    assert running.status == CooperationStatus.TERMINATED


def test_before_its_first_day_it_ends_at_once_and_nothing_is_reviewed(agreed, provider):
    services.end_cooperation(provider.actor, cooperation=agreed, fields=notice(agreed, 0))
    agreed.refresh_from_db()
    assert (agreed.status, agreed.began_at) == (CooperationStatus.TERMINATED, None)
    assert sweep(31) == 0


@pytest.mark.parametrize(
    "fields",
    [
        EndingFields("plans", "", None),
        EndingFields("mood", "不想做了", None),
    ],
)
def test_notice_says_why(running, merchant, fields):
    said = EndingFields(fields.reason, fields.note, clock.today() + timedelta(days=40))
    refused(lambda: services.end_cooperation(merchant.actor, cooperation=running, fields=said), 422)
    assert not Ending.objects.exists()


def test_notice_beyond_the_term_is_none(running, merchant):
    days = (running.ends_on - clock.today()).days
    refused(
        lambda: services.end_cooperation(
            merchant.actor, cooperation=running, fields=notice(running, days)
        ),
        422,
    )


# --- completion -----------------------------------------------------------------------------------


def test_both_say_that_it_is_done_and_it_ends(running, merchant, provider):
    services.complete_cooperation(merchant.actor, cooperation=running)
    running.refresh_from_db()
    assert running.status == CooperationStatus.ACTIVE
    refused(lambda: services.complete_cooperation(merchant.actor, cooperation=running), 409)
    services.withdraw_completion(merchant.actor, cooperation=running)
    services.complete_cooperation(provider.actor, cooperation=running)
    running.refresh_from_db()
    assert running.status == CooperationStatus.ACTIVE
    services.complete_cooperation(merchant.actor, cooperation=running)
    running.refresh_from_db()
    assert running.status == CooperationStatus.ENDED


def test_nothing_is_complete_while_something_is_owed(running, merchant, provider):
    obligation = duty(provider, running)
    refused(lambda: services.complete_cooperation(merchant.actor, cooperation=running), 422)
    services.waive_obligation(merchant.actor, obligation=obligation)
    services.complete_cooperation(merchant.actor, cooperation=running)


# --- who may --------------------------------------------------------------------------------------


def test_life_is_the_managers_of_both_sides(running, colleague, rival, operator, merchant):
    until = clock.today() + timedelta(days=5)
    for person in (colleague, rival, operator):
        for call in (
            lambda actor: services.pause_cooperation(
                actor, cooperation=running, reason="x", until=until
            ),
            lambda actor: services.end_cooperation(
                actor, cooperation=running, fields=notice(running)
            ),
            lambda actor: services.complete_cooperation(actor, cooperation=running),
            lambda actor: services.propose_amendment(
                actor, cooperation=running, fields=AmendmentFields(notice_days=10)
            ),
        ):
            refused(lambda call=call, person=person: call(person.actor), 403)


# --- at the same moment ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_both_completing_at_once_end_it_once(agreed, merchant, provider):
    with clock.standing_at(clock.now() + timedelta(days=31)):
        services.sweep_cooperations(SYSTEM)
    agreed.refresh_from_db()
    results = at_once(
        lambda: services.complete_cooperation(merchant.actor, cooperation=agreed),
        lambda: services.complete_cooperation(provider.actor, cooperation=agreed),
        behind=Cooperation.objects.filter(pk=agreed.pk),
    )
    assert not any(isinstance(one, Refused) for one in results)
    agreed.refresh_from_db()
    assert agreed.status == CooperationStatus.ENDED
    assert AuditEntry.objects.filter(verb="end_cooperation").count() == 1
