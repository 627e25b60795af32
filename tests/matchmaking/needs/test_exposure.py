"""Newcomers' places on the page, the log of who was shown, and what operators read of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matchmaking.needs.demo import make_needs, make_showings, stories
from matchmaking.needs.exposures import KINDS, exposure_report
from matchmaking.needs.models import Exposure, Need
from matchmaking.needs.ranking import CandidateList
from portal.core import clock
from portal.parties.demo import make_cast_party, make_parties, make_rosters, read_world
from portal.parties.models import Party
from portal.parties.states import PartyKind
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


def show(need, *parties, newcomer=False):
    for place, party in enumerate(parties, 1):
        Exposure.objects.create(
            need=need,
            provider=party,
            place=place,
            is_newcomer_place=newcomer,
            day=clock.today(),
            viewer=need.merchant,
        )


def test_each_kind_has_its_own_population_and_gini(merchant, provider, operator):
    agencies = [factories.listed_party("agency", f"机构{number}") for number in range(2)]
    creators = [factories.listed_party("creator", f"达人{number}") for number in range(4)]
    show(factories.open_need(merchant.actor), provider.party)
    show(factories.open_need(merchant.actor, seeks="agency", service_ids=[]), *agencies)
    show(factories.open_need(merchant.actor, seeks="creator", service_ids=[]), creators[0])
    browser, told = operator.browser(), {}
    for kind in ("provider", "agency", "creator"):
        answer = browser.get("/api/v1/operations/exposure/", {"kind": kind}).json()
        whole = answer["groups"][0]
        told[kind] = (answer["kind"], whole["providers"], whole["seen"], whole["gini"])
        page = browser.get("/operations/exposure/", {"kind": kind})
        assert page.context["report"].whole.gini == whole["gini"]
    assert told == {
        "provider": ("provider", 1, 1, 0),
        "agency": ("agency", 2, 2, 0),
        "creator": ("creator", 4, 1, 0.75),
    }
    page = browser.get("/operations/exposure/?kind=agency&days=90")
    text = page.content.decode()
    assert "?kind=creator&amp;days=90" in text
    assert "?kind=agency&amp;days=7" in text
    for nonsense in ("merchant", "x", ""):
        page = browser.get("/operations/exposure/", {"kind": nonsense})
        assert page.context["report"].kind == "provider"


def test_report_asks_the_same_for_one_and_many(merchant, operator):
    browser, counts = operator.browser(), []
    for number in range(3):
        party = factories.listed_party("creator", f"达人{number}")
        show(factories.open_need(merchant.actor, seeks="creator", service_ids=[]), party)
        browser.get("/operations/exposure/?kind=creator")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/operations/exposure/?kind=creator")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_demo_shows_candidates_of_every_kind_for_90_days_and_twice_the_same(settings):
    settings.MODERATION_SECONDS = 60
    world = read_world(clock.today())
    for kind in PartyKind:
        make_cast_party(world, kind=kind, password=factories.PASSWORD)
        make_parties(world, kind=kind, numbers=range(1, 12))
    make_parties(world, kind=PartyKind.AGENCY, numbers=range(12, 30))
    make_parties(world, kind=PartyKind.CREATOR, numbers=range(12, 90))
    make_rosters(world, numbers=range(1, 90), agencies=30)  # an agency is asked for its creators
    make_needs(world, stories(120), merchants=12)
    made = []
    for _ in range(2):
        with transaction.atomic():
            for since in (90, 45):
                make_showings(world, since=since, until=since - 45)
            fields = ("need", "provider", "place", "is_newcomer_place", "day", "viewer")
            made.append(list(Exposure.objects.order_by("pk").values_list(*fields)))
            for kind in KINDS:
                assert exposure_report(90, kind).whole.shown
            transaction.set_rollback(True)
    assert made[0] == made[1]
    days = [row[4] for row in made[0]]
    assert world.today - timedelta(days=91) <= min(days) <= max(days) <= world.today
    for need, provider, *_ in made[0]:
        assert Need.objects.get(pk=need).seeks == Party.objects.get(pk=provider).kind
