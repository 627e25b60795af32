"""Parties that can be paid, and batches of what they have."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import cache
from typing import Any

from django.db.models import F

from portal.core import clock, vault
from portal.core.actor import OPERATOR, Actor
from portal.core.jobs import run_job
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post, post_many
from portal.ledger.states import Kind, Track
from portal.parties.models import BANK_NUMBER, Party, PayoutAccount, User
from portal.parties.states import PartyKind
from portal.payouts import services
from portal.payouts.fields import BatchFields, ResultFields
from portal.payouts.models import Batch, Enrolment, Item, TrialTransfer
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM

MINIMUM = 10_000
FIELDS = BatchFields("institution-split", "5 月结算款")
DIRECT = BatchFields("bank-direct", "退还保证金")


def maker() -> Actor:
    return _staff("finance maker")


def checker() -> Actor:
    return _staff("finance checker")


def _staff(group: str) -> Actor:
    known = User.objects.filter(email=f"{group.replace(' ', '-')}@example.com").first()
    user = known or staff_person(group).user
    return Actor(user=user, party=None, role=OPERATOR, via="web")


@cache
def sealed(number: str) -> bytes:
    return vault.seal(number)


def account_of(party: Party, number: str = "310104016000123") -> PayoutAccount:
    """In use, and past its hold."""
    now = clock.now()
    return PayoutAccount.objects.create(
        party=party,
        bank="招商银行",
        branch="上海分行",
        bank_code="308331012012",
        holder=party.legal_name,
        number_sealed=sealed(number),
        number_print=vault.fingerprint(f"{number}{party.pk}", BANK_NUMBER),
        last4=number[-4:],
        status="in_use",
        entered_at=now - timedelta(days=9),
        decided_at=now - timedelta(days=8),
        held_until=now - timedelta(days=7),
    )


def prove(account: PayoutAccount) -> TrialTransfer:
    now = clock.now()
    return TrialTransfer.objects.create(
        account=account,
        amount_fen=37,
        reference=f"SY{account.pk.hex[:16]}",
        status="confirmed",
        tries=1,
        sent_at=now - timedelta(days=7),
        due_at=now,
        ended_at=now - timedelta(days=6),
    )


def payable(party: Party, fen: int = 0) -> Party:
    """With all it takes, and so much available."""
    prove(account_of(party))
    now = clock.now()
    Enrolment.objects.create(
        party=party, consented_at=now, sub_account=f"SUB{party.pk:09d}", opened_at=now
    )
    if fen:
        earn(party, fen)
    return party


def earn(party: Party, fen: int) -> None:
    """Available at once: out of the orders' money."""
    places = [
        Place(party.pk, Kind.AVAILABLE, Track.SETTLED),
        Place(None, Kind.CLEARING, Track.SETTLED),
    ]
    accounts = open_accounts(SYSTEM, places=places)
    earn.number = getattr(earn, "number", 0) + 1  # type: ignore[attr-defined]  # counts itself
    posting = Posting(
        key=f"earned/{party.pk}/{earn.number}",  # type: ignore[attr-defined]  # see above
        cause_type="test",
        cause_id="1",
        occurred_at=clock.now(),
        text="earned",
        legs=[Leg(accounts[places[0]], fen), Leg(accounts[places[1]], -fen)],
    )
    post(SYSTEM, posting=posting)


def held(party: Party) -> dict[str, int]:
    """What the books say: available and in payment."""
    from portal.ledger.selectors import amounts_of

    kinds = (Kind.AVAILABLE, Kind.PAYING)
    return {kind.value: amounts_of(kind, [party.pk]).get(party.pk, 0) for kind in kinds}


def prepared(actor: Actor | None = None, fields: BatchFields = FIELDS) -> Batch:
    return services.prepare_batch(actor or maker(), fields=fields)


def approved(batch: Batch, actor: Actor | None = None) -> Batch:
    batch = services.approve_batch(actor or checker(), batch=batch)
    run_job(str(batch.job_id))
    batch.refresh_from_db()
    return batch


def sent(batch: Batch, actor: Actor | None = None) -> Batch:
    services.take_file(actor or maker(), batch=batch)
    batch.refresh_from_db()
    return batch


def on_the_way(fields: BatchFields = FIELDS) -> Batch:
    return sent(approved(prepared(fields=fields)))


def answer(item: Item, status: str = "paid", fen: int | None = None, **more: str) -> ResultFields:
    amounts = {"paid": item.amount_fen, "rejected": 0}
    why = {"reason": "收款账号户名不符"} if status == "rejected" else {}
    return ResultFields(
        batch=item.batch.number,
        key=item.key,
        status=status,
        amount_fen=amounts.get(status, 0) if fen is None else fen,
        on=clock.today(),
        reference=f"PB{item.pk}",
        **(why | more),
    )


def answered(batch: Batch, status: str = "paid", fen: int | None = None) -> int:
    results = [answer(item, status, fen) for item in batch.items.order_by("pk")]
    return services.record_results(maker(), results=results)


def sums(batch: Batch) -> list[tuple[str, int]]:
    return list(batch.items.order_by("pk").values_list("status", F("amount_fen")))


def many_payable(count: int, fen: int) -> None:
    """Each with so much available."""
    now, parties = clock.now(), many_ready(count)
    places = [Place(one.pk, Kind.AVAILABLE, Track.SETTLED) for one in parties]
    clearing = Place(None, Kind.CLEARING, Track.SETTLED)
    known = open_accounts(SYSTEM, places=[*places, clearing])
    post_many(
        SYSTEM,
        postings=[
            Posting(
                key=f"earned/many/{place.party_id}",
                cause_type="test",
                cause_id="1",
                occurred_at=now,
                text="earned",
                legs=[Leg(known[place], fen), Leg(known[clearing], -fen)],
            )
            for place in places
        ],
    )


def many_ready(count: int) -> list[Party]:
    """Copies of one party that can be paid; nobody speaks for them."""
    first = factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品")
    now, account = clock.now(), account_of(first)
    parties = [_copy(first, name=f"商家 {n}", uscc=factories.uscc_code()) for n in range(count)]
    Party.objects.bulk_create(parties)
    accounts = [_copy(account, id=uuid.uuid4(), party=party) for party in parties]
    PayoutAccount.objects.bulk_create(accounts)
    trial = prove(account)
    TrialTransfer.objects.bulk_create(
        _copy(trial, id=uuid.uuid4(), account=one, reference=f"SY{n:06d}")
        for n, one in enumerate(accounts)
    )
    Enrolment.objects.bulk_create(
        Enrolment(party=one, consented_at=now, sub_account=f"SUB{one.pk:09d}", opened_at=now)
        for one in parties
    )
    return parties


def _copy(row: Any, **changes: Any) -> Any:
    """A new row like this one."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if "id" not in changes:
        del fields["id"]
    for name, value in changes.items():
        fields.pop(f"{name}_id", None)
        fields[name] = value
    return type(row)(**fields)
