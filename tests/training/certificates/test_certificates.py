"""Certificates: issued once, renewed in time, expired by the clock, revoked with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock, vault
from portal.core.audit import trail
from portal.core.contacts import masked_name
from portal.core.verdict import Refused
from portal.evaluation.models import Fact
from portal.evaluation.services import record_roster_facts
from portal.notices.models import Notice
from portal.parties.fields import StaffFields
from portal.parties.models import StaffCertificate
from portal.parties.services import add_staff, change_staff
from portal.parties.services.rotation import reseal_everything
from tests.factories import SYSTEM
from tests.training.certificates.making import certified, course, finished, many_completed
from tests.training.making import enrolled, open_session, published_course
from training.certificates import services
from training.certificates.models import Certificate
from training.certificates.personal import forget_holder, tell_certificates
from training.certificates.states import in_groups, new_number, normal_number
from training.certificates.webhook_events import EXAMPLE, certificate_data
from training.engine.validity import last_day, months_later, threshold_reached
from training.learning import services as learning
from training.learning.models import Enrolment

DAY = timedelta(days=1)
EARLY = timedelta(days=60)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def refused(call):
    before = list(Certificate.objects.order_by("pk").values_list("number", "status"))
    with pytest.raises(Refused) as found:
        call()
    assert list(Certificate.objects.order_by("pk").values_list("number", "status")) == before
    return found.value.verdict


# --- plain days and names -------------------------------------------------------------------------


@given(DAYS, st.integers(1, 120))
def test_last_day_is_the_same_day_of_a_later_month_or_its_last(day, months):
    ends = last_day(day, months, None, EARLY)
    assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == months
    assert ends.day == day.day or (ends + DAY).day == 1
    assert months_later(months_later(day.replace(day=1), months), -months) == day.replace(day=1)


@given(DAYS, st.integers(1, 120), st.integers(-400, 400))
def test_renewing_never_costs_a_day_and_never_gives_more_than_the_early_ones(day, months, ahead):
    before = day + ahead * DAY
    ends, plain = last_day(day, months, before, EARLY), last_day(day, months, None, EARLY)
    assert plain <= ends <= months_later(day + EARLY, months)
    if 0 <= ahead <= 60:
        assert ends == months_later(before, months)


def test_thresholds_numbers_and_masks():
    reached = [threshold_reached(left, (60, 30, 7)) for left in (61, 60, 31, 30, 8, 7, 0)]
    assert reached == [None, 60, 60, 30, 30, 7, 7]
    number = new_number()
    assert normal_number(f" {in_groups(number).lower()}\n") == number
    assert [normal_number(x) for x in ("", "ABC", number + "A", "O" * 16, "\0" * 20)] == [""] * 5
    masks = [masked_name(x) for x in ("王小明", "李雷", "司马相如", "John Smith", "a@b.cn", "王")]
    assert masks == ["王*明", "李*", "司*如", "J*** S***", "a***@b.cn", "王*"]


# --- issuing --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_completing_issues_one_certificate_with_a_sealed_name(provider):
    of = course()
    made = certified(provider, of)
    today = clock.today()
    assert (made.completed_on, made.expires_on) == (today, months_later(today, 12))
    name = made.learner.name
    assert (made.holder, made.masked, made.status) == (name, masked_name(name), "valid")
    assert name.encode() not in bytes(made.holder_sealed)
    assert name not in made.masked
    assert trail(made).get().verb == "issue_certificate"
    told = Notice.objects.get(user=provider.user, event="certificate.issued")
    assert told.url == made.get_absolute_url()
    assert set(certificate_data(made, provider.party.pk)) == set(EXAMPLE)
    finished(provider, open_session(published_course("plain", kind="open", lessons=1)))
    assert Certificate.objects.count() == 1  # that course gives none


@pytest.mark.django_db
def test_database_refuses_what_nobody_earned_and_what_changes(provider, rival):
    made = certified(provider)
    other = enrolled(rival.actor, made.enrolment.session, rival.party)
    for changes in (
        {"enrolment": made.enrolment},  # a second one
        {"enrolment": other},  # not completed
        {"enrolment": other, "course": course("other")},
    ):
        row = Certificate(
            **(
                {
                    "course": made.course,
                    "masked": "x",
                    "completed_on": made.completed_on,
                    "issued_at": clock.now(),
                    "expires_on": made.expires_on,
                }
                | changes
            )
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(status="revoked")  # without a reason
    for sql in (
        "UPDATE certificates_certificate SET expires_on = '2099-01-01'",
        "UPDATE certificates_certificate SET number = '2222222222222222'",
        "DELETE FROM certificates_certificate",
    ):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


# --- renewal, expiry, reminders -------------------------------------------------------------------


@pytest.mark.django_db
def test_renewed_in_its_last_days_it_goes_on_from_the_old_end(provider):
    of = course()
    long_ago = clock.now() - timedelta(days=330)
    old = certified(provider, of, at=long_ago)
    newer = finished(provider, open_session(of)).certificate
    assert newer.renewed_from == old
    assert newer.expires_on == months_later(old.expires_on, 12)
    assert services.remind_certificates(SYSTEM) == 0  # renewed
    with pytest.raises(Refused):  # far too early for the next
        enrolled(provider.actor, open_session(of), provider.party, key="again")


@pytest.mark.django_db
def test_reminders_come_at_60_30_and_7_days_and_the_end_by_the_clock(provider):
    made = certified(provider)
    counts = []
    for left in (61, 60, 45, 29, 7, 1, 0, -1, -2):
        moment = clock.now() + timedelta(days=(made.expires_on - clock.today()).days - left)
        with clock.standing_at(moment):
            counts.append(
                (services.remind_certificates(SYSTEM), services.remind_certificates(SYSTEM))
            )
            assert Certificate.objects.whole().get().state == ("valid" if left >= 0 else "expired")
            ended = services.expire_certificates(SYSTEM), services.expire_certificates(SYSTEM)
            assert ended == ((1, 0) if left == -1 else (0, 0))
    assert counts == [(0, 0), (1, 0), (0, 0), (1, 0), (1, 0), *[(0, 0)] * 4]
    told = Notice.objects.filter(user=provider.user, event__startswith="certificate.")
    assert sorted(told.values_list("event", flat=True)) == [
        *["certificate.ending"] * 3,
        "certificate.expired",
        "certificate.issued",
    ]


# --- revoking -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_revoked_with_a_reason_taken_again_and_given_back(provider, operator, reviewer):
    of = course()
    made = certified(provider, of)

    def revoke(who, why="代签"):
        return services.revoke_certificate(who.actor, certificate=made, reason=why)

    assert refused(lambda: revoke(provider)).status == 403
    assert refused(lambda: revoke(reviewer)).status == 403
    assert refused(lambda: revoke(operator, " ")).flaws[0].field == "reason"
    revoke(operator)
    assert refused(lambda: revoke(operator)).status == 409
    made = Certificate.objects.whole().get()
    assert (made.status, made.reason, made.revoked_by) == ("revoked", "代签", operator.user)
    assert Notice.objects.filter(user=provider.user, event="certificate.revoked").count() == 1

    again = finished(provider, open_session(of), key="again").certificate  # the course, once more
    assert (again.renewed_from, again.status) == (None, "valid")
    back = services.restore_certificate(operator.actor, certificate=made, reason="查明无误")
    assert (back.status, back.reason, back.revoked_at) == ("valid", "", None)
    verbs = [row.verb for row in trail(made)]
    assert verbs == ["issue_certificate", "revoke_certificate", "restore_certificate"]
    assert (
        refused(
            lambda: services.restore_certificate(operator.actor, certificate=made, reason="x")
        ).status
        == 409
    )


@pytest.mark.django_db
def test_certificates_of_a_team_count_for_t1_until_they_are_revoked(provider, operator):
    fields = StaffFields(name="李雷", role="host", years=2)
    long_ago = clock.now() - timedelta(days=90)
    with clock.standing_at(long_ago):
        member = add_staff(provider.actor, party=provider.party, fields=fields)
        session = open_session(course())
        made = enrolled(provider.actor, session, provider.party, member_id=member.pk)
        lesson = session.course.lessons.get()
        learning.finish_lesson(provider.actor, enrolment=made, lesson=lesson)
    certificate = Certificate.objects.whole().get()
    [row] = StaffCertificate.objects.filter(member=member)
    assert (row.number, row.expires_on, row.is_issued) == (
        certificate.number,
        certificate.expires_on,
        True,
    )
    change_staff(provider.actor, member=member, fields=fields)  # the list is written again
    assert StaffCertificate.objects.filter(member=member).count() == 1
    assert Notice.objects.filter(user=provider.user, event="certificate.issued").exists()

    def certified_share():
        with transaction.atomic():
            record_roster_facts(SYSTEM)
            value = Fact.objects.get(party=provider.party, measure="staff_certified").value
            transaction.set_rollback(True)
        return value

    assert certified_share() == 100
    services.revoke_certificate(operator.actor, certificate=certificate, reason="代签")
    assert certified_share() == 0
    services.restore_certificate(operator.actor, certificate=certificate, reason="查明无误")
    assert certified_share() == 100
    with clock.standing_at(clock.now() + timedelta(days=400)):  # long over
        assert certified_share() == 0


# --- many, history, persons -----------------------------------------------------------------------


@pytest.mark.django_db
def test_history_is_brought_with_its_renewals_and_its_ends(provider, operator):
    of = course(certificate_months=None)
    first = many_completed(of, provider.party, 2, ago=700)
    of.certificate_months = 12
    of.save()
    for one in first:
        one.session.course.certificate_months = 12
    made = services.bring_certificates(SYSTEM, enrolments=first)
    assert [one.status for one in made] == ["expired", "expired"]
    assert services.bring_certificates(SYSTEM, enrolments=first) == []
    assert not Notice.objects.filter(event__startswith="certificate.").exists()
    assert (
        refused(lambda: services.bring_certificates(operator.actor, enrolments=first)).status == 403
    )


@pytest.mark.django_db
def test_name_goes_with_the_person_and_is_sealed_anew_with_the_keys(provider, settings):
    made = certified(provider)
    name = made.holder
    assert tell_certificates(provider.user)[0]["holder"] == name
    before = bytes(made.holder_sealed)
    settings.DATA_KEYS = ["another-key-of-forty-characters-at-least!", *settings.DATA_KEYS]
    assert reseal_everything() >= 1
    made.refresh_from_db()
    assert bytes(made.holder_sealed) != before
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert vault.unseal(made.holder_sealed) == name
    forget_holder(provider.user, [])
    made = Certificate.objects.whole().get()
    assert (made.holder, made.masked, made.holder_sealed) == ("—", "—", None)
    assert Enrolment.objects.completed().count() == 1
