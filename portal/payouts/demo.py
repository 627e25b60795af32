"""The demo's payouts: accounts that were proven, a batch a month after each settlement, a transfer
that the bank returned and that went out again to another account, one that arrived in part, and a
batch that waits for its second person."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta
from zlib import crc32

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.core.jobs import run_job
from portal.core.verdict import Refused
from portal.ledger.fields import month_after
from portal.ledger.models import Closing
from portal.parties import services as parties
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.fields import PayoutFields
from portal.parties.models import Membership, Party, PayoutAccount
from portal.parties.rules import has_second_person, name_to_pay
from portal.parties.states import PartyKind, Role
from portal.payouts import selectors, services
from portal.payouts.fields import BatchFields, ResultFields
from portal.payouts.models import Batch, Enrolment, Item
from portal.payouts.states import ItemStatus, Readiness, Route

OPENED = timedelta(days=330)
OTHERS, LATE = 12, 3  # who are paid beside the guide's parties
ASKING = 2  # of those that can be paid at last
PAID_ON, PAID_AT = 12, 14  # of the month after the settled one
RETURNED, PARTIAL = 2, 1  # months before the one that waits
TEMPLATE, DIRECT = "institution-split", "bank-direct"
ACCOUNTS = {
    PartyKind.MERCHANT: ("招商银行", "310104016000098"),
    PartyKind.PROVIDER: ("杭州银行", "330104016000771"),
    PartyKind.AGENCY: ("招商银行", "510104016006620"),
    PartyKind.CREATOR: ("建设银行", "6217000052000000088"),
}
NEW_ACCOUNT = ("杭州银行", "330104016006621")
WRONG_NAME = "收款账号户名不符"


def open_cast_accounts(world: World) -> None:
    """Long ago, before any of them changed where it is paid."""
    with outbox.born_delivered():
        for kind, (bank, number) in ACCOUNTS.items():
            _open(cast_party(kind), bank, number, world.dawn - OPENED)
            _enrol(cast_party(kind), world.dawn - OPENED + timedelta(days=3))


def pay_month(world: World, back: int) -> None:
    """What was approved of the settlement so many months before the one that waits."""
    month = Closing.objects.order_by("-month").values_list("month", flat=True).first()
    if month is None:
        return  # nothing was settled
    moment = datetime.combine(
        month_after(month).replace(day=PAID_ON), time(PAID_AT), clock.SHANGHAI
    )
    with outbox.born_delivered():
        _open_others(moment - timedelta(days=9))
        batch = _sent(moment, f"{month.month} 月结算款")
        if batch is None:
            return
        _hear(batch, back, moment + timedelta(hours=20))
        if back == RETURNED:
            provider = cast_party(PartyKind.PROVIDER)
            _open(provider, *NEW_ACCOUNT, moment + timedelta(days=1))
            again = _sent(moment + timedelta(days=4), f"{month.month} 月结算款", provider)
            if again is not None:
                _hear(again, 0, moment + timedelta(days=4, hours=20))


def prepare_latest(world: World) -> None:
    """What is left, and a deposit that goes back: both wait for the second person."""
    with outbox.born_delivered():
        _open_others(world.dawn - timedelta(days=9), OTHERS + LATE)
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(hours=19)):
        due = selectors.due_now(Route.INSTITUTION)
        ready = [one.party_id for one in due if one.readiness == Readiness.READY]
        for party in Party.objects.filter(pk__in=ready[:ASKING]).order_by("pk"):
            services.request_payout(acting(party), party=party)
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(hours=16)):
        for template, purpose in ((TEMPLATE, "补付结算款"), (DIRECT, "退还保证金")):
            with suppress(Refused):  # nobody has money that can be paid
                fields = BatchFields(template, purpose)
                services.prepare_batch(_person("finance"), fields=fields)


def _person(login: str) -> Actor:
    return Actor(user=demo_user(login), party=None, role=OPERATOR, via="demo")


def _open(party: Party, bank: str, number: str, moment: datetime) -> None:
    """Entered, confirmed by a second person or by finance, tried with a few fen."""
    is_person = party.is_natural_person
    fields = PayoutFields(
        bank=bank,
        branch="" if is_person else f"{party.city.name_zh}分行营业部",
        holder=name_to_pay(party),
        number=number,
        consents=True,
        bank_code="" if is_person else "308331012012",
    )
    with clock.standing_at(moment):
        account = parties.enter_payout(acting(party), party=party, fields=fields)
        parties.confirm_payout(_second(account), account=account)
    with clock.standing_at(moment + timedelta(days=1)):
        trial = services.send_trial(
            _person("finance"),
            account=account,
            amount_fen=11 + _drawn(party) % 80,
            reference=f"SY{account.pk.hex[:14].upper()}",
        )
    with clock.standing_at(moment + timedelta(days=1, hours=7)):
        services.confirm_trial(acting(party), trial=trial, amount_fen=trial.amount_fen)


def _second(account: PayoutAccount) -> Actor:
    if not has_second_person(account):
        return _person("checker")
    rows = Membership.objects.select_related("user").filter(party=account.party)
    finance = rows.get(role=Role.FINANCE)
    return Actor(user=finance.user, party=account.party, role=Role.FINANCE, via="demo")


def _enrol(party: Party, moment: datetime) -> None:
    if Enrolment.objects.filter(party=party).exists():
        return
    with clock.standing_at(moment):
        enrolment = services.consent_to_split(acting(party), party=party)
    with clock.standing_at(moment + timedelta(days=1)):
        number = f"ZH{party.pk:010d}"
        services.open_sub_account(_person("finance"), enrolment=enrolment, number=number)


def _open_others(moment: datetime, most: int = OTHERS) -> None:
    """The largest of the others that have something coming: some every month."""
    due = selectors.due_now(Route.INSTITUTION)
    without = {one.party_id: one.amount for one in due if one.readiness == Readiness.NO_ACCOUNT}
    opened = Enrolment.objects.count() - len(ACCOUNTS)
    rows = Party.objects.filter(pk__in=without).select_related("city")
    largest = sorted(rows, key=lambda party: (-without[party.pk], party.name))
    for party in largest[: max(most - opened, 0)]:
        with suppress(Refused):  # suspended, or not verified then
            drawn = _drawn(party)
            number = f"{6210_0000_0000_0000 + drawn}" if party.is_natural_person else ""
            _open(party, "工商银行", _card(number) or f"3301{drawn:011d}", moment)
            _enrol(party, moment + timedelta(days=1))


def _drawn(party: Party) -> int:
    """A number that is the same in every load."""
    return crc32(party.name.encode())


def _card(digits: str) -> str:
    """With the digit that checks the others."""
    if not digits:
        return ""
    doubled = (int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits)))
    return f"{digits}{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def _sent(moment: datetime, purpose: str, only: Party | None = None) -> Batch | None:
    fields = BatchFields(TEMPLATE, purpose)
    try:
        with clock.standing_at(moment):
            batch = services.prepare_batch(
                _person("finance"), fields=fields, parties=[only.pk] if only else None
            )
    except Refused:
        return None
    checker = _person("checker")
    # In one transaction: no worker takes a job that is done before anybody sees it.
    with clock.standing_at(moment + timedelta(hours=1)), transaction.atomic():
        batch = services.approve_batch(checker, batch=batch)
        run_job(str(batch.job_id))
    with clock.standing_at(moment + timedelta(hours=2)), suppress(Refused):
        services.take_file(_person("finance"), batch=batch)
    batch.refresh_from_db()
    return batch


def _hear(batch: Batch, back: int, moment: datetime) -> None:
    provider, creator = cast_party(PartyKind.PROVIDER), cast_party(PartyKind.CREATOR)
    with clock.standing_at(moment):
        items = Item.objects.filter(batch=batch, status=ItemStatus.PAYING).order_by("pk")
        results = [_answer(item, back, provider, creator) for item in items.select_related("batch")]
        services.record_results(_person("finance"), results=results)


def _answer(item: Item, back: int, provider: Party, creator: Party) -> ResultFields:
    status, fen, reason = ItemStatus.PAID, item.amount_fen, ""
    if back == RETURNED and item.party_id == provider.pk:
        status, fen, reason = ItemStatus.REJECTED, 0, WRONG_NAME
    elif back == PARTIAL and item.party_id == creator.pk and fen > 1:
        status, fen = ItemStatus.PARTIAL, fen // 2
    number = "" if status == ItemStatus.REJECTED else f"PB{item.pk:08d}"
    return ResultFields(item.batch.number, item.key, status, fen, clock.today(), number, reason)
