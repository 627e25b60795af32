"""The demo world: believable, the same whatever its size, and never in production."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from stdnum.cn import uscc

from portal.core import clock
from portal.directory.models import SavedSearch
from portal.evaluation import demo as evaluation_demo
from portal.evaluation.computing.recomputing import mismatches
from portal.evaluation.models import Appeal, Plan, PlanItem, Snapshot
from portal.evaluation.selectors import difference_of
from portal.pages import demo as pages_demo
from portal.pages.demo import REGISTERED, number_of, plan, plan_beside
from portal.parties import demo
from portal.parties.demo import World, draw, read_world
from portal.parties.demo.portraits import OPENED, Portrait
from portal.parties.models import (
    Document,
    OwnedAccount,
    Party,
    PartyAppeal,
    PayoutAccount,
    RealName,
)
from portal.parties.rules import flaws_of_party
from portal.parties.states import PartyKind
from portal.recruitment.models import Application, Round
from portal.recruitment.states import ApplicationStatus
from portal.revenue.models import AgreementVersion

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SAMPLE = 600


@pytest.fixture
def world() -> World:
    return read_world(TODAY)


def portraits(world: World, kind: PartyKind, count: int = SAMPLE) -> list[Portrait]:
    return [draw(world, kind, number) for number in range(1, count + 1)]


@pytest.mark.parametrize("kind", PartyKind)
def test_parties_are_sound_and_their_lives_in_order(world, kind):
    for portrait in portraits(world, kind):
        assert list(flaws_of_party(kind, portrait.fields, portrait.provider)) == []
        moments = [portrait.registered_at, portrait.submitted_at, portrait.verified_at]
        moments += [portrait.edited_at] if portrait.edited_at else []
        assert all(earlier < later for earlier, later in pairwise(moments))
        assert portrait.registered_at.date() >= OPENED
        assert moments[-1].date() < TODAY
        assert portrait.fields.shares[portrait.main.pk] == max(portrait.fields.shares.values())
        assert len(portrait.fields.name) <= Party._meta.get_field("name").max_length


@pytest.mark.parametrize(("kind", "registered"), REGISTERED.items())
def test_names_and_codes_are_of_one_party_each(world, kind, registered):
    drawn = portraits(world, kind, min(registered, 3_000))
    assert len({portrait.fields.name for portrait in drawn}) == len(drawn)
    codes = [portrait.fields.uscc for portrait in drawn if portrait.fields.uscc]
    assert len(set(codes)) == len(codes)
    assert all(map(uscc.is_valid, codes))
    assert bool(codes) == (kind != PartyKind.CREATOR)


@pytest.mark.parametrize("kind", [PartyKind.MERCHANT, PartyKind.PROVIDER, PartyKind.AGENCY])
def test_names_say_no_word_twice(world, kind):
    for portrait in portraits(world, kind, 3_000):
        own = portrait.fields.legal_name.removeprefix(portrait.city.name_zh)
        assert re.search(r"(..?)\1|电商电子商务", own) is None


def test_figures_hang_together(world):
    merchants = portraits(world, PartyKind.MERCHANT)
    years = Counter(portrait.registered_at.year for portrait in merchants)
    assert years[2025] > years[2020] > 0, "more come every year"
    tiers = Counter(world.tiers[portrait.city.pk] for portrait in merchants)
    assert tiers["new_first"] > 120
    assert tiers["first"] > 60
    sizes = sorted(portrait.size for portrait in merchants)
    assert sum(sizes[-60:]) > 0.4 * sum(sizes), "a tenth has the greater part"
    surnames = Counter(portrait.owner[0] for portrait in merchants)
    assert {"王", "李", "张"} <= {name for name, _n in surnames.most_common(8)}
    offers = [portrait for portrait in portraits(world, PartyKind.PROVIDER) if portrait.provider]
    by_level: dict[int, list[int]] = {}
    for portrait in offers:
        assert portrait.provider is not None
        by_level.setdefault(portrait.level, []).append(portrait.provider.price_low_fen)
    assert sum(by_level[1]) / len(by_level[1]) < sum(by_level[4]) / len(by_level[4])


def test_party_is_the_same_at_every_scale():
    def numbers(scale: float) -> dict[PartyKind, set[int]]:
        found: dict[PartyKind, set[int]] = {kind: set() for kind in PartyKind}
        for step in [*plan(scale), *plan_beside(scale)]:
            words = getattr(step.build, "keywords", {})
            if "kind" in words and "numbers" in words:
                found[words["kind"]].update(words["numbers"])
        return found

    small, large = numbers(0.01), numbers(0.5)
    for kind in PartyKind:
        assert small[kind] == set(range(1, number_of(kind, 0.01)))
        assert small[kind] < large[kind]


def test_demo_never_runs_in_production(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Party.objects.exists()


def test_latest_steps_show_every_state():
    """Applications, proofs, payout accounts, papers and an appeal, in a world of thirty."""
    world = read_world(TODAY)
    with clock.standing_at(world.dawn):
        for step in pages_demo._cast():
            step.build(world)
        demo.make_parties(world, PartyKind.PROVIDER, range(1, 30))
        demo.make_parties(world, PartyKind.CREATOR, range(1, 30))
        for step in pages_demo._latest():
            step.build(world)
    applications = set(Application.objects.values_list("status", flat=True))
    assert applications == set(ApplicationStatus.values)
    assert set(Round.objects.values_list("status", flat=True)) == {"published", "closed"}
    assert set(OwnedAccount.objects.values_list("status", flat=True)) == {
        *("claimed", "placed", "proven", "refused")
    }
    assert PayoutAccount.objects.in_use().count() == 4
    assert PayoutAccount.objects.waiting().count() == 3
    assert PayoutAccount.objects.waiting().standing_alone().count() == 1
    assert Document.objects.filter(expires_on__isnull=False, status="accepted").count() == 3
    assert PartyAppeal.objects.waiting().count() == 1
    assert SavedSearch.objects.count() == 2
    papers = AgreementVersion.objects.values_list("status", flat=True)
    assert set(papers) == {"accepted", "open", "sealing"}
    named = RealName.objects.exclude(verified_at=None)
    assert 20 <= named.count() < 30, "most creators, not all"
    own = named.get(party=demo.cast_party(PartyKind.CREATOR))
    assert own.name == own.party.legal_name


def test_ratings_show_appeals_and_plans_in_every_state():
    """In a world of thirty providers; whoever recomputes its ratings finds them so."""
    world = read_world(TODAY)
    with clock.standing_at(world.dawn):
        for step in pages_demo._cast():
            step.build(world)
        for kind in (PartyKind.PROVIDER, PartyKind.MERCHANT, PartyKind.CREATOR):
            demo.make_parties(world, kind, range(1, 30))
        evaluation_demo.make_plans(world)
        evaluation_demo.make_methods(world)
        for number in evaluation_demo.NUMBERS:
            evaluation_demo.make_facts(
                world, kind=PartyKind.PROVIDER, numbers=range(1, 30), number=number
            )
            evaluation_demo.make_ratings(world, number=number)
    states = set(Appeal.objects.values_list("status", "outcome"))
    assert states == {
        *(("filed", ""), ("examined", ""), ("withdrawn", "")),
        *(("decided", "keep"), ("decided", "data"), ("decided", "rule")),
    }
    right = Appeal.objects.get(outcome="data")
    assert right.party == demo.cast_party(PartyKind.PROVIDER)
    assert right.correction is not None
    difference = difference_of(right)
    assert difference is not None
    assert (difference.scaled or 0) > (difference.scaled_before or 0)
    assert set(Plan.objects.values_list("status", flat=True)) == {
        *("draft", "proposed", "agreed", "closed")
    }
    outcomes = PlanItem.objects.filter(plan__status="closed").values_list("outcome", flat=True)
    assert sorted(outcomes) == ["late", "late", "missed", *["on_time"] * 3]
    newest = Snapshot.objects.official("provider").first()
    assert newest is not None
    assert mismatches(newest) == []
