"""Newcomers' places on the page, the log of who was shown, and what operators read of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from matchmaking.needs.exposures import exposure_report
from matchmaking.needs.models import Exposure
from matchmaking.needs.ranking import CandidateList
from portal.core import clock
from portal.parties.models import Party
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db
OLD = timezone.now() - timedelta(days=400)


def providers(count):
    return [factories.listed_party("provider", f"服务商{number}") for number in range(count)]


def settle(*parties):
    Party.objects.filter(pk__in=[p.pk for p in parties]).update(verified_at=OLD)


def places(need):
    return CandidateList(need).slice(0, 40)


def test_tenth_place_is_a_newcomers_and_takes_turns(merchant):
    *settled, young, other = providers(14)
    settle(*settled)
    Party.objects.filter(pk__in=[young.pk, other.pk]).update(
        updated_at=clock.now() - timedelta(days=300)  # by points alone they would stand last
    )
    need = factories.open_need(merchant.actor)
    first = set()
    for day in range(6):
        with clock.standing_at(clock.now() + timedelta(days=day)):
            shown = places(need)
            assert [c.place for c in shown if c.is_newcomer_place] == [10]
            assert shown[9].provider.pk in {young.pk, other.pk}
            organic = [c.total for c in shown if not c.is_newcomer_place]
            assert organic == sorted(organic, reverse=True)
            first.add(shown[9].provider.pk)
    assert first == {young.pk, other.pk}


def test_who_has_awards_is_no_newcomer_from_the_next_day_on(merchant):
    *settled, young = providers(11)
    settle(*settled)
    Party.objects.filter(pk=young.pk).update(updated_at=clock.now() - timedelta(days=300))
    need = factories.open_need(merchant.actor)
    for _ in range(3):
        won = factories.open_need(merchant.actor)
        answer = factories.submitted_proposal(person_of(young).actor, won)
        factories.needs.accept_proposal(merchant.actor, proposal=answer)
    assert places(need)[9].provider.pk == young.pk, "today's awards do not change today's order"
    with clock.standing_at(clock.now() + timedelta(days=1)):
        shown = places(need)
    assert shown[10].provider.pk == young.pk
    assert not any(c.is_newcomer_place for c in shown)


def test_showing_is_logged_once_a_need_provider_and_day(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    client = merchant.browser()
    for address in (f"/needs/{need.pk}/candidates/", f"/needs/{need.pk}/"):
        for _ in range(2):
            assert client.get(address).status_code == 200
    client.get(f"/api/v1/needs/{need.pk}/candidates/")
    rows = Exposure.objects.order_by("place").values_list("need", "place", "viewer", "day")
    today = clock.today()
    assert list(rows) == [(need.pk, place, merchant.party.pk, today) for place in (1, 2)]
    with clock.standing_at(clock.now() + timedelta(days=1)):
        client.get(f"/needs/{need.pk}/candidates/")
    assert Exposure.objects.count() == 4


def test_log_cannot_be_rewritten(merchant, provider):
    need = factories.open_need(merchant.actor)
    merchant.browser().get(f"/needs/{need.pk}/candidates/")
    for statement in ("UPDATE needs_exposure SET place = 9", "DELETE FROM needs_exposure"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_report_counts_everyone_who_is_listed(merchant, operator):
    seen, *others = providers(4)
    need = factories.open_need(merchant.actor)
    Exposure.objects.create(
        need=need,
        provider=seen,
        place=10,
        is_newcomer_place=True,
        day=clock.today(),
        viewer=merchant.party,
    )
    settle(*others)
    report = exposure_report(7)
    assert (report.needs, report.marked) == (1, 1)
    assert [(g.providers, g.seen, g.shown) for g in report.groups] == [
        (4, 1, 1),
        (1, 1, 1),
        (3, 0, 0),
    ]
    assert [g.gini for g in report.groups] == [0.75, 0, None]
    assert sum(report.tenths) == 1
    with clock.standing_at(clock.now() + timedelta(days=7)):
        assert exposure_report(7).whole.shown == 0
    page = operator.browser().get("/operations/exposure/", {"days": "7"})
    assert page.context["report"].days == 7
    for nonsense in ("x", "8", "", "9" * 99):
        assert operator.browser().get("/operations/exposure/", {"days": nonsense}).context[
            "report"
        ].days == (30)
    answer = operator.browser().get("/api/v1/operations/exposure/?days=7").json()
    assert answer["groups"][0]["gini"] == 0.75
