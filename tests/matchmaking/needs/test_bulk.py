"""Needs written in bulk are those that the single services write, row by row, in every table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.models import Max
from django.test.utils import CaptureQueriesContext

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services
from matchmaking.needs.demo import make_needs, stories
from matchmaking.needs.demo.history import Story
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.services import Event, NeedLife
from matchmaking.needs.states import LossReason, Seeks
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.models import OutboxMessage
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.demo import make_cast_party, make_parties, make_rosters, read_world
from portal.parties.models import OfferChange, Party
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.parties.test_bulk import plain

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 5, 2, tzinfo=UTC)
KEYED = (Need, Proposal, Cooperation, Notice)  # other rows and the trail name their keys
JOURNALS = (OfferChange,)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def acting(party: Party) -> Actor:
    return person_of(party).actor


def lives(merchant: Party, one: Party, two: Party, three: Party) -> list[NeedLife]:
    """Every end a need can come to, with every end of an answer."""
    with clock.standing_at(START):
        fields = factories.need_fields(facts=["own_live"])
        offer = factories.proposal_fields()
        dear = factories.proposal_fields(monthly_fee_fen=4_900_000)
        climbing = factories.proposal_fields(ladder=[(0, 300), (100, 400)])
    publish = Event(at(0), "publish")
    asked = [publish, *(Event(at(20), "invite", party) for party in (one, two, three))]
    answered = [*asked, Event(at(22), "submit", one, offer), Event(at(23), "submit", two, dear)]
    chosen = Event(at(50), "shortlist", one)
    back = Event(at(24), "withdraw", three, reason=LossReason.CAPACITY)
    declined = Event(at(51), "decline", two, reason=LossReason.PRICE)
    return [
        NeedLife(merchant, fields, at(0)),
        NeedLife(merchant, fields, at(0), [publish]),
        NeedLife(merchant, fields, at(0), [publish, Event(at(9), "cancel")]),
        NeedLife(merchant, fields, at(0), [*asked, Event(at(24 * 20), "expire")]),
        NeedLife(merchant, fields, at(0), [*answered, Event(at(24 * 40), "expire")]),
        NeedLife(merchant, fields, at(0), [*answered, back, chosen]),
        NeedLife(merchant, fields, at(0), [*answered, chosen, Event(at(51), "accept", one)]),
        NeedLife(
            merchant,
            fields,
            at(0),
            [*answered, back, chosen, declined, Event(at(52), "accept", one)],
        ),
        NeedLife(
            merchant,
            fields,
            at(0),
            [
                publish,
                Event(at(3), "submit", three, climbing),
                Event(at(4), "withdraw", three, reason=LossReason.TIMING),
                Event(at(5), "submit", two, dear),
                Event(at(30), "accept", two),
            ],
        ),
    ]


def make_singly(life: NeedLife) -> None:
    """The same life, a service at a time."""
    own = acting(life.merchant)
    with clock.standing_at(life.created_at):
        need = services.create_need(own, fields=life.fields)
    for event in life.events:
        with clock.standing_at(event.at):
            _do(need, own, event)


def _do(need: Need, own: Actor, event: Event) -> None:
    if event.what in {"publish", "cancel", "expire"}:
        actor = SYSTEM if event.what == "expire" else own
        getattr(services, f"{event.what}_need")(actor, need=need)
        return
    bidder = event.bidder
    assert bidder is not None
    if event.what == "invite":
        services.invite_provider(own, need=need, provider=bidder)
    elif event.what == "submit":
        services.submit_proposal(acting(bidder), need=need, fields=event.offer)
    else:
        proposal = need.proposals.get(provider=bidder)
        actor = acting(bidder) if event.what == "withdraw" else own
        reason = {"reason": event.reason} if event.reason else {}
        getattr(services, f"{event.what}_proposal")(actor, proposal=proposal, **reason)


def everything() -> dict[str, list[Any]]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy or model in JOURNALS:
            continue
        names = [
            f.attname
            for f in model._meta.concrete_fields
            if model in KEYED or not f.primary_key or f.remote_field
            # Deliveries are numbered by the way they go, in bulk.
            if not (model is OutboxMessage and f.attname in {"key", "payload"})
        ]
        rows = model._base_manager.values(*names)
        found[model._meta.label] = sorted(
            ({k: _alike(k, v) for k, v in row.items()} for row in rows), key=repr
        )
    return found


def _alike(name: str, value: Any) -> Any:
    """Papers have keys that nobody guesses, and so is a version's digest of one."""
    if name in {"digest", "agreement_id", "version_id"}:
        return ""
    if name == "content":
        return {key: one for key, one in value.items() if key != "id"}
    return plain(name, value)


def start_ids_anew() -> None:
    """Sequences go on after a rollback; both ways are to number their rows alike."""
    with connections["owner"].cursor() as cursor:
        for model in KEYED:
            table, last = model._meta.db_table, model.objects.aggregate(last=Max("pk"))["last"] or 0
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, last + 1]
            )


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("is_history", [False, True])
def test_bulk_writes_what_the_single_services_write(merchant, provider, rival, is_history):
    third = factories.listed_party(PartyKind.PROVIDER, "第三家")
    told = lives(merchant.party, provider.party, rival.party, third)
    found = []
    for write in (
        lambda: [make_singly(life) for life in told],
        lambda: services.write_needs(SYSTEM, lives=told, acting=acting),
    ):
        start_ids_anew()
        with transaction.atomic():
            with outbox.born_delivered() if is_history else transaction.atomic():
                write()
            found.append(everything())
            transaction.set_rollback(True)
    singly, in_bulk = found
    for label, rows in singly.items():
        assert in_bulk[label] == rows, label
    assert len(singly["needs.Need"]) == len(told)
    assert {row["status"] for row in singly["needs.Proposal"]} >= {
        *("accepted", "declined", "withdrawn", "expired", "submitted"),
    }


def test_only_the_platform_writes_in_bulk(merchant):
    life = NeedLife(merchant.party, factories.need_fields(), START)
    with pytest.raises(Refused):
        services.write_needs(merchant.actor, lives=[life], acting=acting)
    assert not Need.objects.exists()


def test_life_that_cannot_be_is_refused_whole(merchant, provider):
    with clock.standing_at(START):
        fields = factories.need_fields()
    good = NeedLife(merchant.party, fields, START, [Event(START, "publish")])
    wrong = NeedLife(merchant.party, fields, START, [Event(START, "expire")])
    with pytest.raises(Refused), transaction.atomic():
        services.write_needs(SYSTEM, lives=[good, wrong], acting=acting)
    assert not Need.objects.exists()


def test_demo_needs_are_in_every_state_and_ask_little(settings):
    settings.MODERATION_SECONDS = 60  # the list of words is looked at now and then
    world = read_world(clock.today())
    for kind in PartyKind:
        make_cast_party(world, kind=kind, password="correct-horse-battery")
        make_parties(world, kind=kind, numbers=range(1, 12))
    make_rosters(world, numbers=range(1, 12), agencies=12)  # an agency is asked for its creators
    told = [*stories(60), *(Story(900 + n, 6, s) for n, s in enumerate(("draft", "invited")))]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        make_needs(world, told, merchants=12)
    assert Need.objects.count() == 62
    assert set(Need.objects.values_list("status", flat=True)) >= {
        *("draft", "open", "matched", "awarded", "cancelled", "expired"),
    }
    assert set(Need.objects.values_list("seeks", flat=True)) == set(Seeks.values)
    answered = Proposal.objects.filter(submitted_at__isnull=False)
    assert set(answered.values_list("provider__kind", flat=True)) == set(Seeks.values)
    assert len(asked) < 150, "not by need"
