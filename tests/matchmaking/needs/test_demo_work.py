"""The people of the guide have something in every state, and its days hang together."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.db.models import Q

from matchmaking.cooperation.models import Amendment, Cooperation, Obligation, Pause, Review
from matchmaking.needs.demo import make_cast_need, make_cast_work
from matchmaking.needs.models import Message, Need, Proposal
from matchmaking.needs.states import ENDED, LIVE
from portal.core import clock
from portal.core.audit import trail
from portal.parties import demo
from portal.parties.demo import cast_party
from portal.parties.states import PartyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The smallest one there is."""
    world = demo.read_world(date(2026, 11, 22))
    for kind in PartyKind:
        demo.make_cast_party(world, kind=kind, password="x")
    for kind in (PartyKind.MERCHANT, PartyKind.PROVIDER):
        demo.make_parties(world, kind=kind, numbers=range(1, 2))
    with clock.standing_at(world.dawn):
        make_cast_need(world)
        make_cast_work(world)
        yield world


def test_each_has_cooperations_an_invitation_an_answer_and_a_conversation(world):
    for kind, states in {
        PartyKind.MERCHANT: {"accepted", "active", "ended"},
        PartyKind.PROVIDER: {"active", "ended"},
        PartyKind.AGENCY: {"accepted", "paused"},
        PartyKind.CREATOR: {"active", "terminated"},
    }.items():
        party = cast_party(kind)
        ours = Cooperation.objects.filter(Q(merchant=party) | Q(provider=party))
        assert set(ours.values_list("status", flat=True)) == states, kind
        if kind != PartyKind.MERCHANT:
            answers = Proposal.objects.filter(provider=party)
            assert answers.filter(invited_at__isnull=False).exists(), kind
            assert answers.filter(status__in=LIVE, submitted_at__isnull=False).exists(), kind
            assert Message.objects.filter(proposal__in=answers.filter(status__in=LIVE)), kind
    waiting = Proposal.objects.filter(provider=cast_party(PartyKind.AGENCY), submitted_at=None)
    assert waiting.get().status == "invited"
    assert Review.objects.filter(published_at__isnull=False).count() == 4
    assert Review.objects.filter(published_at=None).count() == 1, "one waits for the merchant's"


def test_the_providers_cooperation_has_versions_duties_and_a_change_that_waits(world):
    [running] = Cooperation.objects.filter(provider=cast_party(PartyKind.PROVIDER), status="active")
    assert (running.version, running.versions.count()) == (2, 2)
    assert set(running.amendments.values_list("status", flat=True)) == {
        "accepted",
        "declined",
        "open",
    }
    assert set(running.obligations.values_list("status", flat=True)) == {
        *("asked", "open", "done", "confirmed")
    }
    assert running.proposal.messages.filter(read_at=None, side="bidder").exists()


def test_nothing_happened_after_the_worlds_day_nor_out_of_order(world):
    now = world.dawn
    for cooperation in Cooperation.objects.all():
        moments = list(trail(cooperation).values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] < now
        assert (cooperation.began_at is None) == (cooperation.starts_on > world.today)
        assert cooperation.ended_at is not None or cooperation.ends_on > world.today
        versions = list(cooperation.versions.order_by("number").values_list("at", flat=True))
        assert all(one < other for one, other in pairwise(versions))
        assert versions[0] == cooperation.agreed_at
    assert not Obligation.objects.filter(done_at__gte=now).exists()
    assert not Amendment.objects.open().filter(expires_at__lte=now).exists()
    assert not Pause.objects.filter(withdrawn_at=None, until__lte=world.today).exists()
    assert not Need.objects.filter(closes_on__lt=world.today).exclude(status__in=ENDED).exists()
    assert not Message.objects.filter(at__gte=now).exists()
