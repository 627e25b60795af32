"""From the first day to the last: what the calendar does, pauses, notice, completion, changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import AmendmentFields, EndingFields
from matchmaking.cooperation.models import Amendment, Cooperation, Ending, Pause
from matchmaking.cooperation.states import AmendmentStatus, CooperationStatus
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


# --- changes --------------------------------------------------------------------------------------


def change(cooperation, days=60, scope="每日直播 6 小时，周报一次。"):
    return AmendmentFields(cooperation.ends_on + timedelta(days=days), scope, "增加时段")


def propose(person, cooperation, **said):
    return services.propose_amendment(
        person.actor, cooperation=cooperation, fields=change(cooperation, **said)
    )


def test_change_holds_once_the_other_side_accepts(running, merchant, provider):
    amendment = propose(merchant, running)
    refused(lambda: propose(provider, running), 409)
    refused(lambda: services.accept_amendment(merchant.actor, amendment=amendment), 409)
    before = running.ends_on, running.scope
    services.accept_amendment(provider.actor, amendment=amendment)
    running.refresh_from_db()
    assert (running.version, running.scope) == (2, "每日直播 6 小时，周报一次。")
    amendment.refresh_from_db()
    assert (amendment.old_ends_on, amendment.old_scope) == before
    assert running.ends_on == amendment.new_ends_on
    again = propose(provider, running, days=0, scope="每日直播 8 小时。")
    services.decline_amendment(merchant.actor, amendment=again)
    running.refresh_from_db()
    assert running.version == 2


def test_unanswered_change_expires_in_seven_days(running, merchant, provider):
    amendment = propose(merchant, running)
    later = clock.now() + timedelta(days=7)
    assert services.expire_amendments(SYSTEM) == 0
    with clock.standing_at(later):
        refused(lambda: services.accept_amendment(provider.actor, amendment=amendment), 409)
        assert services.expire_amendments(SYSTEM) == 1
        assert services.expire_amendments(SYSTEM) == 0
    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.EXPIRED
    running.refresh_from_db()
    assert running.version == 1


def test_change_ends_with_the_cooperation(running, merchant, provider):
    amendment = propose(merchant, running)
    for person in (merchant, provider):
        services.complete_cooperation(person.actor, cooperation=running)
    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.EXPIRED


@pytest.mark.parametrize(("days", "scope"), [(-400, "x"), (3_000, "x"), (0, "")])
def test_change_that_cannot_be_is_refused(running, merchant, days, scope):
    refused(lambda: propose(merchant, running, days=days, scope=scope), 422)
    same = AmendmentFields(running.ends_on, running.scope)
    refused(
        lambda: services.propose_amendment(merchant.actor, cooperation=running, fields=same), 422
    )
    assert not Amendment.objects.exists()


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
                actor, cooperation=running, fields=change(running)
            ),
        ):
            refused(lambda call=call, person=person: call(person.actor), 403)


# --- at the same moment ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_acceptance_and_withdrawal_of_a_change_are_one_or_the_other(agreed, merchant, provider):
    amendment = propose(merchant, agreed)
    results = at_once(
        lambda: services.accept_amendment(provider.actor, amendment=amendment),
        lambda: services.withdraw_amendment(merchant.actor, amendment=amendment),
        behind=Cooperation.objects.filter(pk=agreed.pk),
    )
    assert sum(isinstance(one, Refused) for one in results) == 1
    amendment.refresh_from_db()
    agreed.refresh_from_db()
    assert (amendment.status == AmendmentStatus.ACCEPTED) == (agreed.version == 2)


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
