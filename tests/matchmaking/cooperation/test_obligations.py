"""What one side owes the other: asked, taken on, done, confirmed; reminded of on working days."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.cooperation import services, states
from matchmaking.cooperation.fields import ObligationFields
from matchmaking.cooperation.models import Obligation, ObligationReminder
from matchmaking.cooperation.states import ObligationStatus, Reminder
from portal.core import clock
from portal.core.audit import trail
from portal.core.models import StoredFile
from portal.core.verdict import Refused
from portal.core.workdays import is_working_day
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.cooperation.conftest import duty
from tests.matchmaking.cooperation.test_life import refused

pytestmark = pytest.mark.django_db


def test_ones_own_stands_at_once_and_the_other_side_is_asked(running, merchant, provider):
    own, asked = duty(merchant, running), duty(merchant, running, is_ours=False)
    assert (own.status, own.owed_by) == (ObligationStatus.OPEN, merchant.party)
    assert (asked.status, asked.owed_by) == (ObligationStatus.ASKED, provider.party)
    refused(lambda: services.accept_obligation(merchant.actor, obligation=asked), 403)
    refused(lambda: services.finish_obligation(provider.actor, obligation=asked), 409)
    services.accept_obligation(provider.actor, obligation=asked)
    other = duty(merchant, running, is_ours=False)
    services.decline_obligation(provider.actor, obligation=other)
    refused(lambda: services.waive_obligation(merchant.actor, obligation=other), 409)


def test_done_with_evidence_returned_and_confirmed(running, merchant, provider, rival):
    obligation = duty(provider, running)
    done = services.finish_obligation(
        provider.actor, obligation=obligation, note="已寄出", evidence=factories.picture()
    )
    file = done.evidence
    path = f"/files/{file.pk}/"
    for person, status in ((merchant, 200), (provider, 200), (rival, 404)):
        assert person.browser().get(path).status_code == status
    refused(lambda: services.return_obligation(merchant.actor, obligation=obligation, note=""), 422)
    refused(lambda: services.confirm_obligation(provider.actor, obligation=obligation), 403)
    back = services.return_obligation(merchant.actor, obligation=obligation, note="缺 3 件")
    assert (back.status, back.done_at, back.evidence) == (ObligationStatus.OPEN, None, None)
    assert StoredFile.objects.get(pk=file.pk).deleted_at is None, "what was shown stays on record"
    services.finish_obligation(provider.actor, obligation=obligation)
    services.confirm_obligation(merchant.actor, obligation=obligation)
    obligation.refresh_from_db()
    assert (obligation.status, obligation.days_late) == (ObligationStatus.CONFIRMED, 0)
    lines = [entry.verb for entry in trail(running)][-5:]
    assert lines == [
        "add_obligation",
        "finish_obligation",
        "return_obligation",
        "finish_obligation",
        "confirm_obligation",
    ]


def test_lateness_is_counted_until_it_is_done(running, merchant, provider):
    obligation = duty(provider, running, days=2)
    with clock.standing_at(clock.now() + timedelta(days=5)):
        assert obligation.days_late == 3
        services.finish_obligation(provider.actor, obligation=obligation)
    with clock.standing_at(clock.now() + timedelta(days=50)):
        obligation.refresh_from_db()
        assert obligation.days_late == 3


@pytest.mark.parametrize(
    ("title", "days"), [("", 5), ("x" * 81, 5), ("两\n行", 5), ("寄样", -1), ("寄样", 4_000)]
)
def test_obligation_that_cannot_be_is_refused(running, merchant, title, days):
    refused(lambda: duty(merchant, running, title=title, days=days), 422)
    assert not Obligation.objects.exists()


def test_nothing_is_added_once_it_is_over(over, merchant):
    refused(lambda: duty(merchant, over), 409)


@pytest.mark.parametrize(
    "wrong",
    [{"status": "done"}, {"status": "confirmed"}, {"done_at": clock.now()}, {"status": "waived"}],
)
def test_status_and_its_times_are_one_to_the_database(running, merchant, wrong):
    obligation = duty(merchant, running)
    with pytest.raises(IntegrityError, match="its_times"), transaction.atomic():
        Obligation.objects.filter(pk=obligation.pk).update(**wrong)


STEPS = {
    "accept": lambda actor, row: services.accept_obligation(actor, obligation=row),
    "decline": lambda actor, row: services.decline_obligation(actor, obligation=row),
    "finish": lambda actor, row: services.finish_obligation(actor, obligation=row),
    "confirm": lambda actor, row: services.confirm_obligation(actor, obligation=row),
    "return": lambda actor, row: services.return_obligation(actor, obligation=row, note="x"),
    "waive": lambda actor, row: services.waive_obligation(actor, obligation=row),
}


def test_any_order_of_presses_goes_along_the_table_only(running, merchant, provider):
    """Whatever both sides press, a state follows from the one before, or nothing happens."""

    @settings(deadline=None, max_examples=40)
    @given(
        st.booleans(),
        st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=6),
    )
    def walk(is_ours, presses):
        with transaction.atomic():
            row = duty(merchant, running, is_ours=is_ours)
            for step, by_merchant in presses:
                before = row.status
                try:
                    with transaction.atomic():
                        STEPS[step]((merchant if by_merchant else provider).actor, row)
                except Refused:
                    row.refresh_from_db()
                    assert row.status == before
                else:
                    row.refresh_from_db()
                    assert row.status in states.OBLIGATION_TRANSITIONS[before]
            transaction.set_rollback(True)

    walk()


# --- reminders ------------------------------------------------------------------------------------


def on(day: date):
    return clock.standing_at(datetime(day.year, day.month, day.day, 10, tzinfo=clock.SHANGHAI))


def stages(obligation, first, last):
    """Which day each reminder comes."""
    found = {}
    day = first
    while day <= last:
        with on(day):
            services.remind_of_obligations()
        for kind in obligation.reminders.values_list("kind", flat=True):
            found.setdefault(kind, day)
        day += timedelta(days=1)
    return found


def test_reminders_come_once_a_stage_on_working_days(running, provider):
    obligation = duty(provider, running, days=10)
    Notice.objects.all().delete()
    due = obligation.due_on
    found = stages(obligation, due - timedelta(days=9), due + timedelta(days=14))
    assert list(found) == [Reminder.SOON, Reminder.TODAY, Reminder.LATE, Reminder.STILL_LATE]
    assert all(is_working_day(day) for day in found.values())
    assert found[Reminder.TODAY] <= due < found[Reminder.LATE]
    told = Notice.objects.filter(event="cooperation.obligation_due")
    assert [one.user for one in told] == [provider.user] * 4


def test_what_is_due_on_a_day_off_is_told_the_working_day_before(running, provider):
    saturday = clock.today()
    while saturday.weekday() != 5 or is_working_day(saturday):
        saturday += timedelta(days=1)
    fields = ObligationFields("寄样", saturday, is_ours=True)
    obligation = services.add_obligation(provider.actor, cooperation=running, fields=fields)
    found = stages(obligation, saturday - timedelta(days=1), saturday + timedelta(days=1))
    if is_working_day(saturday - timedelta(days=1)):
        assert found[Reminder.TODAY] == saturday - timedelta(days=1)


def test_who_must_confirm_is_reminded_of_it(running, merchant, provider):
    obligation = duty(provider, running)
    services.finish_obligation(provider.actor, obligation=obligation)
    Notice.objects.all().delete()
    found = stages(obligation, clock.today(), clock.today() + timedelta(days=9))
    assert list(found) == [Reminder.CONFIRM]
    assert Notice.objects.get().user == merchant.user


def test_settled_ones_remind_nobody(running, merchant, provider):
    obligation = duty(provider, running, days=1)
    services.waive_obligation(merchant.actor, obligation=obligation)
    assert stages(obligation, clock.today(), clock.today() + timedelta(days=8)) == {}
    assert not ObligationReminder.objects.exists()
