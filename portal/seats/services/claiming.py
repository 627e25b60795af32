"""Claiming a seat: one conditional UPDATE decides, and the claim is written by the same statement.

Nobody wakes the dispatcher for each of ten thousand: the next beat of the outbox delivers. See the
package for the order of locks."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection, models, transaction

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.alongside import written_alongside
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.seats import rules
from portal.seats.models import Claim, Occasion, Pool
from portal.seats.states import Admission, ClaimStatus

T = TypeVar("T")
TELL = "portal.seats.tasks.tell_step"
WRITE = """
    , claim AS (
        INSERT INTO seats_claim (
            id, occasion_id, pool_id, party_id, subject, key, status, place, reason, submitted_at,
            due_at, seated_at
        )
        SELECT %(id)s, %(occasion)s, %(pool)s, %(party)s, %(subject)s, %(key)s, found.status,
            CASE WHEN found.status = 'waiting' THEN nextval('seats_place') END, '', %(now)s,
            CASE WHEN found.status = 'held' THEN %(due)s::timestamptz END,
            CASE WHEN found.status = 'confirmed' THEN %(now)s::timestamptz END
        FROM found
        RETURNING id, status, place, due_at, seated_at
    ), step AS (
        INSERT INTO seats_step (claim_id, status, at, by_id, via, why)
        SELECT id, status, %(now)s, %(user)s::bigint, %(via)s, '' FROM claim
    ), told AS (
        INSERT INTO core_outboxmessage (
            task, key, payload, created_at, due_at, attempts, error, delivered_at
        )
        SELECT %(task)s, 'seat:' || id, %(payload)s::jsonb, %(now)s, %(now)s, 0, '',
            %(delivered)s::timestamptz
        FROM claim
    )"""
RESULT = " SELECT status, place, due_at, seated_at FROM claim"
# A seat if there is one. Else a place in line: the pool's row is held shared, so that it stays full
# until the place is written. Neither: somebody took the last seat, or gave one back, meanwhile.
SEAT_OR_LINE = """
    WITH seat AS (
        UPDATE seats_pool SET {counter} = {counter} + 1
        WHERE id = %(pool)s AND NOT is_closed AND taken + held < capacity
        RETURNING '{status}' AS status
    ), line AS (
        SELECT 'waiting' AS status FROM seats_pool
        WHERE id = %(pool)s AND NOT is_closed AND taken + held >= capacity
            AND NOT EXISTS (SELECT FROM seat)
        FOR SHARE
    ), found AS (
        SELECT status FROM seat UNION ALL SELECT status FROM line
    )"""
CONFIRM = SEAT_OR_LINE.format(counter="taken", status=ClaimStatus.CONFIRMED.value) + WRITE
HOLD = SEAT_OR_LINE.format(counter="held", status=ClaimStatus.HELD.value) + WRITE
BEFORE_A_CHOICE = """
    WITH found AS (
        SELECT 'submitted' AS status FROM seats_pool
        WHERE id = %(pool)s AND NOT is_closed
        FOR SHARE
    )"""
SUBMIT = BEFORE_A_CHOICE + WRITE
ONCE = {"seat_claim_key_once", "seat_claim_one_open"}


class Meanwhile(Exception):
    """The pool was neither full nor free: somebody took the last seat, or gave one back. What the
    question has locked must go before it is asked again, or two that ask would wait for each
    other."""


def claim_seat(
    actor: Actor,
    *,
    pool: Pool,
    party: Party,
    key: str,
    subject: str = "",
    hold_until: datetime | None = None,
    is_invited: bool = False,
) -> Claim:
    """A seat if one is free, else a place in line; where claims are chosen from, neither yet. The
    same `key` again finds what it made. With `hold_until` the seat is only promised until then. A
    party has one claim to an occasion for each `subject`."""
    return settled(
        lambda: put_claim(
            actor,
            pool=pool,
            party=party,
            key=key,
            subject=subject,
            hold_until=hold_until,
            is_invited=is_invited,
        ),
        lambda error: claimed_before(error, pool.occasion, party=party, key=key, subject=subject),
    )


def settled(work: Callable[[], T], known: Callable[[IntegrityError], T]) -> T:
    """`work`, which puts a claim, in a transaction of its own; `known` where there is one."""
    while True:
        try:
            with transaction.atomic():
                return work()
        except Meanwhile:
            continue
        except IntegrityError as error:
            return known(error)


def put_claim(
    actor: Actor,
    *,
    pool: Pool,
    party: Party,
    key: str,
    subject: str = "",
    claim_id: uuid.UUID | None = None,
    hold_until: datetime | None = None,
    is_invited: bool = False,
    besides: Sequence[models.Model] = (),
) -> Claim:
    """The same as the last statement of a caller's transaction, within `settled`; it writes the
    rows `besides`, too. It raises IntegrityError where the party has a claim already:
    `claimed_before` knows which, once the transaction is undone."""
    now = clock.now()
    rules.can_claim(pool.occasion, now, is_invited=is_invited).require()
    claim = Claim(
        id=claim_id or uuid.uuid4(),
        occasion=pool.occasion,
        pool=pool,
        party=party,
        subject=subject,
        key=key,
        submitted_at=now,
    )
    instant = HOLD if hold_until else CONFIRM
    way = SUBMIT if pool.occasion.admission == Admission.CURATED else instant
    more, values = written_alongside(besides)
    values |= _values(actor, claim, now, hold_until)
    if not _runs(claim, f"{way}{more}{RESULT}", values):
        if Pool.objects.values_list("is_closed", flat=True).get(pk=claim.pool_id):
            raise Refused(conflict(rules.OVER))
        raise Meanwhile
    return claim


def claimed_before(
    error: IntegrityError, occasion: Occasion, *, party: Party, key: str, subject: str = ""
) -> Claim:
    """What the same wish made; refused (409) where it was another one. Any other fault goes on."""
    if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) not in ONCE:
        raise error
    rows = Claim.objects.select_related("pool", "occasion")
    own = rows.filter(occasion=occasion, party=party, subject=subject)
    if (known := own.filter(key=key).first()) is None:
        raise Refused(conflict(rules.SIGNED_UP)) from error
    return known


def told(claim: Claim, status: str, key: str) -> dict[str, Any]:
    """What the outbox carries. An empty status: the first that the claim came to."""
    return {"claim_id": str(claim.pk), "status": status, "key": key}


def _runs(claim: Claim, statement: str, values: dict[str, Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        made = cursor.fetchone()
    if made is None:
        return False
    claim.status, claim.place, claim.due_at, claim.seated_at = made
    return True


def _values(
    actor: Actor, claim: Claim, now: datetime, hold_until: datetime | None
) -> dict[str, Any]:
    return {
        "id": claim.pk,
        "occasion": claim.occasion_id,
        "pool": claim.pool_id,
        "party": claim.party_id,
        "subject": claim.subject,
        "key": claim.key,
        "now": now,
        "due": hold_until,
        "user": actor.user_id,
        "via": actor.via,
        "task": TELL,
        "payload": json.dumps(told(claim, "", f"{claim.pk}")),
        "delivered": now if outbox.is_history() else None,
    }
