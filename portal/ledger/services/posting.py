"""Posting one journal, by one statement: what is known already writes nothing."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Any

import psycopg
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.ledger.fields import Leg, Posted, Posting, month_of
from portal.ledger.models import Entry, Journal
from portal.ledger.rules import CLOSED, can_reverse_journal, is_sound

POST = """
    WITH journal AS (
        INSERT INTO ledger_journal (
            key, content, cause_type, cause_id, occurred_at, posted_at, period, text, reverses_id,
            user_id, acting_party_id, role, via
        )
        SELECT %(key)s, %(content)s, %(cause_type)s, %(cause_id)s, %(occurred_at)s, %(posted_at)s,
            coalesce(%(period)s::date, greatest(%(month)s::date, max(month) + interval '1 month')),
            %(text)s, %(reverses)s::bigint, %(user)s::bigint, %(party)s::bigint, %(role)s, %(via)s
        FROM ledger_closing
        ON CONFLICT (key) DO NOTHING
        RETURNING id
    ), legs AS (
        INSERT INTO ledger_entry (journal_id, account_id, amount, part)
        SELECT journal.id, leg.account, leg.amount, leg.part
        FROM journal, unnest(%(accounts)s::bigint[], %(amounts)s::bigint[], %(parts)s::text[])
            WITH ORDINALITY AS leg(account, amount, part, n)
        ORDER BY n
    )
    SELECT id FROM journal
"""
OPEN, REVERSED = "ledger_period_is_open", "ledger_reversed_once"


def post(actor: Actor, *, posting: Posting) -> Posted:
    """Write a journal with its legs, or find it written. Refused (409) where its key is known with
    another content, or its period is closed; where it cannot stand by itself, 422."""
    is_sound(posting).require()
    # Alone it is one statement, and so one transaction; within another it can fail by itself.
    fence = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with fence:
            made = _write(_values(actor, posting, clock.now()))
    except IntegrityError as error:
        if fault_of(error) == OPEN:
            raise Refused(conflict(CLOSED)) from error
        raise
    if made is not None:
        return Posted(made[0], is_new=True)
    known = Journal.objects.get(key=posting.key)
    if known.content != posting.content:
        raise Refused(other_content(posting.key))
    return Posted(known.pk, is_new=False)


def reverse(
    actor: Actor, *, journal: Journal, key: str, text: str, occurred_at: datetime | None = None
) -> Posted:
    """Post the opposite of a journal, linked to it. The same key again finds what it made."""
    known = Journal.objects.filter(key=key, reverses=journal.pk).first()
    if known is None:
        can_reverse_journal(actor, journal).require()
    legs = Entry.objects.filter(journal=journal.pk).order_by("id")
    posting = Posting(
        key=key,
        cause_type=journal.cause_type,
        cause_id=journal.cause_id,
        occurred_at=occurred_at or (known.occurred_at if known else clock.now()),
        text=text,
        legs=[Leg(leg.account_id, -leg.amount, leg.part) for leg in legs],
        reverses_id=journal.pk,
    )
    try:
        return post(actor, posting=posting)
    except IntegrityError as error:  # two at the same moment, with two keys
        if fault_of(error) == REVERSED:
            can_reverse_journal(actor, journal).require()
        raise


def other_content(key: str) -> Any:
    sentence = _("The key %(key)s is known with another content. Nothing was posted.")
    return conflict(sentence % {"key": key})


def fault_of(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def _write(values: dict[str, Any]) -> tuple[int] | None:
    """Values bound, not quoted, and the statement planned once a session; the framework's cursor
    would have the server read and plan it anew each time."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    session = connection.connection
    usual = session.prepare_threshold
    with connection.wrap_database_errors, psycopg.Cursor(session) as cursor:
        session.prepare_threshold = 0  # for this statement alone
        try:
            made: tuple[int] | None = cursor.execute(POST, values).fetchone()
        finally:
            session.prepare_threshold = usual
    return made


def _values(actor: Actor, posting: Posting, moment: datetime) -> dict[str, Any]:
    return {
        "key": posting.key,
        "content": posting.content,
        "cause_type": posting.cause_type,
        "cause_id": posting.cause_id,
        "occurred_at": posting.occurred_at,
        "posted_at": moment,
        "period": posting.period,
        "month": month_of(posting.occurred_at),
        "text": posting.text,
        "reverses": posting.reverses_id,
        "user": actor.user_id,
        "party": actor.party_id,
        "role": actor.role,
        "via": actor.via,
        "accounts": [leg.account_id for leg in posting.legs],
        "amounts": [leg.amount for leg in posting.legs],
        "parts": [leg.part for leg in posting.legs],
    }
