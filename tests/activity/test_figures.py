"""Figures and distributions of creators: whose word counts, what must add up, and who sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.activity import rules, selectors, services
from portal.activity.fields import DayFields, DistributionFields, FiguresFields
from portal.activity.models import Distribution, Figures
from portal.activity.states import DistributionKind, Source
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.directory.filters import ask
from portal.directory.search import ORDERS, find
from portal.parties import services as parties
from portal.parties.fields import KeyFields, RosterFields
from portal.parties.models import Listing, Reach
from portal.parties.services import Signing
from portal.parties.states import PartyKind
from tests import factories
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
TODAY = clock.today()
YESTERDAY = TODAY - timedelta(days=1)


def figures(party, day=YESTERDAY, **said):
    return FiguresFields(party_id=party.pk, day=day, **(said or {"average_views": 1_000}))


def said(party, source=Source.PLATFORM, actor=SYSTEM, day=YESTERDAY, **fields):
    rows = [figures(party, day, **fields)]
    return services.record_figures(actor, figures=rows, source=source)


def followed(party, followers, source=Source.PLATFORM, day=YESTERDAY):
    row = DayFields(party.pk, day, followers, videos=1, lives=0, has_sold=False)
    return services.record_days(SYSTEM, days=[row], source=source)


def spread(party, kind="gender", source=Source.PLATFORM, actor=SYSTEM, parts=None):
    row = DistributionFields(party.pk, kind, YESTERDAY, parts or {"female": 6_000, "male": 4_000})
    return services.record_distributions(actor, distributions=[row], source=source)


def known(party):
    return selectors.figures_of([party.pk]).get(party.pk, {})


def snapshot():
    rows = [list(model.objects.order_by("pk").values()) for model in (Figures, Distribution, Reach)]
    return rows, AuditEntry.objects.count()


def refused(status, service, *args, **kwargs):
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert snapshot() == before


# --- whose word counts ----------------------------------------------------------------------------


def test_each_figure_is_the_best_sources_and_says_so(creator):
    party = creator.party
    said(party, Source.SELF_REPORTED, creator.actor, average_views=9_999, commission_bp=2_000)
    said(party, Source.PLATFORM, average_views=4_000)
    found = known(party)
    assert (found["average_views"].value, found["average_views"].source) == (4_000, 4)
    assert found["average_views"].is_confirmed
    assert (found["commission_bp"].value, found["commission_bp"].source) == (2_000, 2)
    assert not found["commission_bp"].is_confirmed


def test_old_figures_say_nothing_of_today(creator):
    said(creator.party, day=TODAY - timedelta(days=200))
    assert known(creator.party) == {}
    said(creator.party, Source.SELF_REPORTED, creator.actor, average_views=5)
    assert known(creator.party)["average_views"].value == 5


def test_the_same_words_are_said_once_and_a_correction_is_a_row(creator):
    assert [said(creator.party), said(creator.party), said(creator.party, average_views=7)] == [
        1,
        0,
        1,
    ]
    assert spread(creator.party) == 1
    assert spread(creator.party) == 0
    assert known(creator.party)["average_views"].value == 7
    with pytest.raises(ProgrammingError), transaction.atomic():
        Figures.objects.update(average_views=1)


def test_who_may_say_what(creator, merchant, colleague, operator, agency):
    rows = [figures(creator.party)]
    for person in (merchant, colleague, agency):
        for source in (Source.SELF_REPORTED, Source.PLATFORM):
            refused(403, services.record_figures, person.actor, figures=rows, source=source)
    refused(403, services.record_figures, creator.actor, figures=rows, source=Source.PLATFORM)
    assert said(creator.party, Source.OPERATOR_FILE, operator.actor) == 1
    own = [figures(merchant.party)]
    refused(403, services.record_figures, merchant.actor, figures=own, source=Source.SELF_REPORTED)
    refused(422, services.record_figures, operator.actor, figures=own, source=Source.PLATFORM)


@pytest.mark.parametrize(
    "fields",
    [
        {"average_views": -1},
        {"commission_bp": 10_001},
        {"promised": 3, "kept": 4},
        {"kept": 1},
        {"live_minutes": 60 * 24 * 31},
    ],
)
def test_figures_refuse_nonsense(creator, fields):
    rows = [figures(creator.party, **fields)]
    refused(422, services.record_figures, SYSTEM, figures=rows, source=Source.PLATFORM)


def test_nothing_said_is_no_row(creator):
    empty = [FiguresFields(party_id=creator.party.pk, day=YESTERDAY)]
    refused(422, services.record_figures, SYSTEM, figures=empty, source=Source.PLATFORM)
    tomorrow = [figures(creator.party, TODAY + timedelta(days=1))]
    refused(422, services.record_figures, SYSTEM, figures=tomorrow, source=Source.PLATFORM)
    twice = [figures(creator.party), figures(creator.party)]
    refused(422, services.record_figures, SYSTEM, figures=twice, source=Source.PLATFORM)


# --- distributions --------------------------------------------------------------------------------


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(st.lists(st.integers(-2_000, 12_000), min_size=0, max_size=6))
def test_parts_are_sound_exactly_when_they_add_up(shares):
    codes = list(rules.parts_of(DistributionKind.AGE))
    parts = dict(zip(codes, shares, strict=False))
    fields = DistributionFields(1, DistributionKind.AGE, YESTERDAY, parts)
    is_whole = sum(shares) == 10_000 and all(0 <= share <= 10_000 for share in shares)
    assert (not list(rules.flaws_of_distribution(fields))) == is_whole


def test_the_database_adds_up_as_well(creator):
    row = Distribution(
        party=creator.party,
        kind="gender",
        day=YESTERDAY,
        parts={"female": 9_999},
        source=Source.PLATFORM,
        recorded_at=clock.now(),
    )
    with pytest.raises(IntegrityError, match="adds_up"), transaction.atomic():
        row.save()


def test_unknown_parts_are_refused(creator):
    parts = {"martians": 10_000}
    rows = [DistributionFields(creator.party.pk, "gender", YESTERDAY, parts)]
    refused(422, services.record_distributions, SYSTEM, distributions=rows, source=Source.PLATFORM)


def test_better_source_is_drawn(creator):
    spread(creator.party, source=Source.SELF_REPORTED, actor=creator.actor)
    spread(creator.party, parts={"female": 2_500, "male": 7_500})
    spread(creator.party, "category", parts={"food": 10_000})
    gender, category = selectors.spreads_of(creator.party)
    assert [share for _name, share in gender.parts] == [25.0, 75.0]
    assert gender.is_confirmed
    assert category.parts == [("食品饮料", 100.0)]


# --- permission -----------------------------------------------------------------------------------


def test_permission_says_what_is_missing_and_what_is_unknown(creator):
    found = selectors.eligibility_of(creator.party, known(creator.party))
    assert found.is_met is False  # no real name
    assert {c.is_met for c in found.conditions} == {False, None}
    fields = factories.real_name_fields()
    name = parties.give_real_name(creator.actor, party=creator.party, fields=fields)
    assert selectors.eligibility_of(creator.party, known(creator.party)).is_met is False
    parties.confirm_real_name(factories.SYSTEM, real_name=name)
    assert selectors.eligibility_of(creator.party, known(creator.party)).is_met is None
    said(creator.party, videos=20, deposit_fen=50_000)
    assert selectors.eligibility_of(creator.party, known(creator.party)).is_met is True
    said(creator.party, videos=10, deposit_fen=50_000, day=TODAY)
    assert selectors.eligibility_of(creator.party, known(creator.party)).is_met is False


def test_delivery_is_known_or_not(creator):
    assert selectors.delivery_of(known(creator.party)) is None
    said(creator.party, promised=0, kept=0)
    assert selectors.delivery_of(known(creator.party)) is None
    said(creator.party, promised=8, kept=6, day=TODAY)
    assert selectors.delivery_of(known(creator.party)) == 75.0


# --- the directory --------------------------------------------------------------------------------


def found_by(**asked):
    return find(ask("creator", asked), ORDERS["new"]).keys


def test_creators_are_narrowed_by_followers_and_price(creator):
    pk = creator.party.pk
    assert found_by(size="1-10") == []
    followed(creator.party, 12_000)
    said(creator.party, average_price_fen=4_900)
    assert found_by(size="1-10") == [pk]
    assert found_by(price="0-50") == [pk]
    tokens = list(Listing.objects.get(party=pk).tokens)
    followed(creator.party, 13_000, day=TODAY)
    assert list(Listing.objects.get(party=pk).tokens) == tokens  # the band stayed
    said(creator.party, average_price_fen=30_000, day=TODAY)
    assert found_by(price="0-50") == []
    assert found_by(price="200-500") == [pk]
    assert found_by(size="1-10", q="xiaoman") == [pk]  # the words of its name are as they were


def test_hidden_creator_comes_back_with_its_bands(creator):
    followed(creator.party, 12_000)
    parties.hide_party(creator.actor, party=creator.party)
    followed(creator.party, 2_000_000, day=TODAY)
    parties.list_party(creator.actor, party=creator.party)
    assert found_by(size="100-1000") == [creator.party.pk]


def test_roster_adds_up_and_gives_nobody_away(agency, visitor):
    creators = [factories.listed_party(PartyKind.CREATOR, f"达人{n}") for n in range(3)]
    for number, party in enumerate(creators):
        signed(agency.party, party)
        if number < 2:
            followed(party, 10_000)
    assert selectors.roster_figures(agency.party).followers is None
    followed(creators[2], 500_000)
    found = selectors.roster_figures(agency.party)
    assert (found.creators, found.followers, found.confirmed) == (3, 520_000, 3)
    assert found.bands == [(1, 2), (2, 1)]
    page = visitor.get(reverse("agency_detail", args=[agency.party.pk])).content.decode()
    assert "520,000" in page
    assert "达人0" not in page
    assert find(ask("agency", {"size": "1-4"}), ORDERS["new"]).keys == [agency.party.pk]


def signed(agency, creator):
    fields = RosterFields(
        creator.name, TODAY, TODAY + timedelta(days=300), "按月结算。", creator_id=creator.pk
    )
    moment = clock.now() - timedelta(hours=2)
    signing = Signing(agency, creator, fields, moment, moment + timedelta(hours=1))
    parties.sign_creators(SYSTEM, signings=[signing])


# --- pages ----------------------------------------------------------------------------------------


def test_public_page_draws_what_is_known(creator, visitor):
    address = reverse("creator_detail", args=[creator.party.pk])
    assert 'id="audience"' not in visitor.get(address).content.decode()
    followed(creator.party, 123_456)
    said(creator.party, Source.SELF_REPORTED, creator.actor, gpm_fen=41_800)
    spread(creator.party)
    spread(creator.party, "age", parts={"24-30": 7_000, "31-40": 3_000})
    page = visitor.get(address).content.decode()
    assert "123,456" in page
    assert "¥418" in page
    assert 'class="ring"' in page
    assert 'class="shares"' in page
    assert "123,456" in visitor.get(reverse("creator_list")).content.decode()


def test_queries_do_not_grow_with_the_creators():
    def queries() -> int:
        ids = list(Figures.objects.values_list("party_id", flat=True))
        with CaptureQueriesContext(connection) as seen:
            assert len(selectors.figures_of(ids)) == len(ids)
        return len(seen)

    said(factories.listed_party(PartyKind.CREATOR, "达人一"))
    one = queries()
    for number in range(2):
        said(factories.listed_party(PartyKind.CREATOR, f"达人二{number}"))
    assert queries() == one == 2


def test_own_pages_report_in_ones_own_word(creator):
    browser = creator.browser()
    sent = {"day": TODAY.isoformat(), "average_views": "4200", "live_hours": "12.5", "gpm": "418"}
    assert browser.post(reverse("figures_report"), sent).status_code == 302
    row = Figures.objects.get()
    assert (row.live_minutes, row.gpm_fen, row.source) == (750, 41_800, Source.SELF_REPORTED)
    address = reverse("distribution_report", args=["gender"])
    parts = {"day": TODAY.isoformat(), "part_female": "60", "part_male": "39"}
    wrong = browser.post(address, parts)
    assert wrong.status_code == 200
    assert "99" in wrong.content.decode()
    assert browser.post(address, parts | {"part_male": "40"}).status_code == 302
    assert Distribution.objects.get().parts == {"female": 6_000, "male": 4_000}
    assert browser.get(reverse("figures_detail")).status_code == 200
    assert browser.get("/figures/nonsense/").status_code == 404


def test_a_partys_key_sends_figures(creator):
    fields = KeyFields("数据", ["party:write"], 30)
    _key, plain = parties.make_key(creator.actor, party=creator.party, fields=fields)
    answer = Client().post(
        "/api/v1/figures/",
        {"figures": [{"day": str(TODAY), "average_views": 42}]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {plain}"},
    )
    assert answer.json() == {"recorded": 1}
    assert Figures.objects.get().source == Source.SELF_REPORTED
