"""Payout batches: prepared by one person, approved or cancelled by another."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock, jobs
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless, unmet
from portal.payouts import engine, rules, selectors
from portal.payouts.fields import BatchFields
from portal.payouts.models import BankTemplate, Batch, Debt, Item
from portal.payouts.rules import Due
from portal.payouts.services.requests import give_back_requests, take_requests
from portal.payouts.states import (
    BATCH_TRANSITIONS,
    BatchStatus,
    ItemStatus,
    Readiness,
    Route,
)

APPROVE = "payouts.approve"


@transaction.atomic
def prepare_batch(
    actor: Actor, *, fields: BatchFields, parties: Collection[int] | None = None
) -> Batch:
    """Everybody who can be paid now, or of these parties those who can. Nothing is booked yet."""
    rules.can_prepare_batch(actor).require()
    rules.batch_is_sound(fields).require()
    _queue_up()
    template = BankTemplate.objects.get(code=fields.template)
    batch = Batch(
        number=_next_number(),
        route=template.route,
        template=template,
        purpose=fields.purpose.strip(),
        prepared_at=clock.now(),
        prepared_by=actor.user,
    )
    if fields.only_requested:
        parties = selectors.parties_that_ask()
    due = selectors.due_now(template.route, parties)
    ready = [one for one in due if one.readiness == Readiness.READY]
    items = list(_money_items(batch, ready) if template.route == Route.INSTITUTION else ())
    if template.route == Route.DIRECT:
        items = list(_debt_items(batch, ready))
    if not items:
        raise Refused(unmet(_("Nobody has money that can be paid now.")))
    batch.save(force_insert=True)
    _number(items)
    bulk.insert(items)
    if template.route == Route.INSTITUTION:
        take_requests(actor, batch, {item.party_id for item in items})
    after = {"transfers": len(items), "amount_fen": sum(item.amount_fen for item in items)}
    audit.record(actor, "prepare_batch", batch, after=after)
    return batch


@transaction.atomic
def approve_batch(actor: Actor, *, batch: Batch) -> Batch:
    """A second person agrees; the transfers are booked by a job, some at a time."""
    batch = _lock(batch)
    rules.can_approve_batch(actor, batch).require()
    batch.approved_at, batch.approved_by = clock.now(), actor.user
    batch.job = jobs.queue_job(
        actor, kind=APPROVE, key=str(batch.pk), args={"batch": str(batch.pk)}
    )
    change_status(actor, batch, BatchStatus.APPROVING, "approve_batch")
    return batch


@transaction.atomic
def cancel_batch(actor: Actor, *, batch: Batch, reason: str) -> Batch:
    """Nothing of it was booked, and nothing is."""
    batch = _lock(batch)
    rules.can_cancel_batch(actor, batch).require()
    flawless(rules.flaws_of_reason(reason)).require()
    batch.reason, batch.ended_at = reason.strip(), clock.now()
    Item.objects.filter(batch=batch).update(status=ItemStatus.DROPPED)
    give_back_requests(actor, batch)
    change_status(actor, batch, BatchStatus.CANCELLED, "cancel_batch", why=batch.reason)
    return batch


def change_status(
    actor: Actor, batch: Batch, status: BatchStatus, verb: str, *, why: str = ""
) -> None:
    """The one door. The caller has locked the batch."""
    if status not in BATCH_TRANSITIONS[batch.status]:
        raise Refused(conflict(_("This is not possible in the batch's present state.")))
    before, batch.status = batch.status, status
    batch.save()
    audit.record(actor, verb, batch, before={"status": before}, after={"status": status}, why=why)


def lock_batch(batch: Batch) -> Batch:
    return _lock(batch)


def _lock(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)


def _queue_up() -> None:
    """One batch after the other is put together: two at once would take the same money twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payout_batches'))")


def _next_number() -> str:
    """TX-20260512-02: the second of its day."""
    stem = f"TX-{clock.today():%Y%m%d}-"
    last = Batch.objects.filter(number__startswith=stem).count()
    return f"{stem}{last + 1:02d}"


def _money_items(batch: Batch, ready: list[Due]) -> Iterator[Item]:
    """What was returned goes again under its key; a key whose amount is gone is given up."""
    returned: dict[int, list[engine.Returned]] = {}
    parties = [due.party_id for due in ready]
    for item in Item.objects.to_retry().filter(party__in=parties, debt=None).order_by("pk"):
        known = engine.Returned(item.key, item.attempt, item.amount_fen)
        returned.setdefault(item.party_id, []).append(known)
    minimum = rules.terms_of_payouts().minimum_fen
    given_up: list[str] = []
    for due in ready:
        plan = engine.plan(due.amount, returned.get(due.party_id, ()), minimum)
        given_up += plan.given_up
        for one in plan.transfers:
            yield _item(batch, due, one.amount, key=one.key, attempt=one.attempt)
    Item.objects.to_retry().filter(key__in=given_up).update(given_up_at=clock.now())


def _debt_items(batch: Batch, ready: list[Due]) -> Iterator[Item]:
    """Each debt by itself; what was returned goes again under its key."""
    accounts = {due.party_id: due for due in ready}
    debts = list(Debt.objects.to_pay().filter(party__in=accounts).order_by("owed_at", "pk"))
    last = {
        item.debt_id: item
        for item in Item.objects.filter(debt__in=debts, status=ItemStatus.REJECTED).order_by("pk")
    }
    for debt in debts:
        before, rest = last.get(debt.pk), debt.rest_fen
        is_same = before is not None and before.amount_fen == rest
        key, attempt = (before.key, before.attempt + 1) if before and is_same else ("", 1)
        due = accounts[debt.party_id]
        yield _item(batch, due, rest, key=key, attempt=attempt, debt=debt)


def _item(
    batch: Batch, due: Due, amount: int, *, key: str, attempt: int, debt: Debt | None = None
) -> Item:
    assert due.account_id is not None  # ready
    return Item(
        batch=batch,
        party_id=due.party_id,
        account_id=due.account_id,
        debt=debt,
        key=key,
        attempt=attempt,
        amount_fen=amount,
    )


def _number(items: list[Item]) -> None:
    """A new transfer's key says its number."""
    bulk.number(items)
    for item in items:
        item.key = item.key or f"P{item.pk:010d}"
