"""A small demo world, loaded once for all that is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from matchmaking.fairs.models import FollowUp
from matchmaking.fairs.selectors import held_in_year, returns_across
from matchmaking.needs.models import Need, Proposal
from portal.core import clock, jobs
from portal.core.models import Job, JobState
from portal.ledger.selectors import verification
from portal.moderation.models import Case
from portal.moderation.states import CaseKind
from portal.moderation.words import find_words
from portal.pages.demo import KIND, number_of
from portal.parties.demo import draw, read_world
from portal.parties.models import Listing, Party
from portal.parties.states import PartyKind
from portal.revenue.models import OrderLine
from tests.core.test_worker_killed import SCALE, keep_unbroken
from tests.ledger import checkers

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("loaded demo")]


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.raises(CommandError, match="Load the demo"):
            call_command("demo", "--enqueue", "--scale", str(SCALE), "--orders", "400")
        jobs.run_job(str(Job.objects.get(kind=KIND).pk))
        keep_unbroken()
        yield
        transaction.set_rollback(True)


def test_demo_is_loaded_once(capsys):
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    for kind in (PartyKind.MERCHANT, PartyKind.CREATOR):
        assert Party.objects.filter(kind=kind).count() == number_of(kind, SCALE)
    before = Party.objects.count(), Listing.objects.count()
    call_command("demo", "--scale", str(SCALE))
    assert "is loaded" in capsys.readouterr().out
    assert (Party.objects.count(), Listing.objects.count()) == before


def test_fairs_of_the_year_came_to_settled_orders():
    held = list(held_in_year(clock.today().year))
    whole = returns_across(held).whole
    assert whole.meetings > whole.wanted > whole.agreed >= 1
    assert whole.lines.net_fen > 0
    assert FollowUp.objects.filter(days=90, net_fen__gt=0).exists()


def test_year_is_filled_up_with_orders_once(capsys, tmp_path):
    """Twice as many; by two fees, some given back, and by papers that were amended since."""
    first = set(OrderLine.objects.values_list("pk", "paid_fen"))
    call_command("demo", "--orders", "400")
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    lines = OrderLine.objects.all()
    assert first < set(lines.values_list("pk", "paid_fen"))
    assert lines.count() >= 1.8 * len(first)
    assert lines.filter(refunded_fen__gt=0).exists()
    assert not [check for check in verification() if check.wrong]
    checkers.accept(tmp_path)
    capsys.readouterr()
    call_command("demo", "--orders", "400")
    assert "is loaded" in capsys.readouterr().out


def test_the_demo_world_says_nothing_that_is_listed(settings):
    """The list of words does not fall on honest ones, nor on those of a larger world."""
    world = read_world(date(2026, 11, 22))
    drawn = [draw(world, kind, number).fields for kind in PartyKind for number in range(1, 300)]
    texts = [
        *((fields.name, fields.intro) for fields in drawn),
        *Party.objects.values_list("name", "intro"),
        *Need.objects.values_list("title", "brief"),
        *Proposal.objects.values_list("plan", "team"),
    ]
    settings.MODERATION_SECONDS = 3600  # one list for all of them
    hits = {hit.entry.text: text for row in texts for text in row for hit in find_words(text)}
    assert len(texts) > 1_200
    assert hits == {}
    assert not Case.objects.filter(kind=CaseKind.TEXT).exists()  # some pictures wait on purpose
