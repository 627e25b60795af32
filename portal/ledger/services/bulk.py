"""Posting many journals: known keys are read, the rest goes in by COPY, in batches.

Within one call all is written or nothing. Batches come in the order of their keys, so that two
calls with the same keys wait for each other instead of standing in each other's way; numbers are
given in the order of the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.bulk import ESCAPES, NULL
from portal.core.verdict import Refused, conflict
from portal.ledger.fields import Counted, Posting, month_after, month_of
from portal.ledger.models import Closing
from portal.ledger.rules import CLOSED, is_sound
from portal.ledger.services.posting import OPEN, fault_of, other_content

BATCH = 10_000
TRIES = 10  # each failure means that somebody else has got on
ONCE = "ledger_key_once"

JOURNALS = """
    COPY ledger_journal (id, key, content, cause_type, cause_id, occurred_at, text, reverses_id,
        period, posted_at, user_id, acting_party_id, role, via) FROM STDIN
"""
LEGS = "COPY ledger_entry (journal_id, account_id, amount, part) FROM STDIN"
NUMBERS = """
    SELECT nextval(pg_get_serial_sequence('ledger_journal', 'id')) FROM generate_series(1, %s)
"""
KNOWN = "SELECT key, content FROM ledger_journal WHERE key = ANY(%s)"

Numbered = tuple[str, UUID, int, Posting]  # key, content, the journal's number to be, posting


@transaction.atomic
def post_many(actor: Actor, *, postings: Iterable[Posting]) -> Counted:
    """Write the journals whose keys are new. Refusals as with `post`; then nothing is written."""
    given = _by_key(postings)
    moment, written = clock.now(), 0
    for start in range(0, len(given), BATCH):
        written += _post_batch(actor, given[start : start + BATCH], moment)
    return Counted(posted=written, repeated=len(given) - written)


def _by_key(postings: Iterable[Posting]) -> list[Numbered]:
    """Each key once, in their order."""
    once: dict[str, tuple[UUID, Posting]] = {}
    for posting in postings:
        is_sound(posting).require()
        content = posting.content
        if once.setdefault(posting.key, (content, posting))[0] != content:
            raise Refused(other_content(posting.key))
    numbers = _numbers(len(once))
    given = [
        (key, content, number, posting)
        for (key, (content, posting)), number in zip(once.items(), numbers, strict=True)
    ]
    return sorted(given, key=itemgetter(0))


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [count])
        return [number for (number,) in cursor.fetchall()]


def _post_batch(actor: Actor, batch: Sequence[Numbered], moment: datetime) -> int:
    """How many of them were new. Somebody else may write a key after it was looked for, or close a
    month: then look again."""
    for turn in range(TRIES):
        new = _unknown(batch)
        try:
            with transaction.atomic():
                _copy(actor, new, moment)
            return len(new)
        except IntegrityError as error:
            if fault_of(error) not in {ONCE, OPEN} or turn == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _unknown(batch: Sequence[Numbered]) -> list[Numbered]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[key for key, *_rest in batch]])
        known = dict(cursor.fetchall())
    for key, content, *_rest in batch if known else ():
        if known.get(key, content) != content:
            raise Refused(other_content(key))
    return [one for one in batch if one[0] not in known]


def _copy(actor: Actor, batch: Sequence[Numbered], moment: datetime) -> None:
    if not batch:
        return
    closed = Closing.objects.order_by("-month").values_list("month", flat=True).first()
    with connection.cursor() as cursor:
        errors = connection.wrap_database_errors
        with errors, cursor.copy(JOURNALS) as copy:
            copy.write("".join(_journal_lines(actor, batch, moment, closed)))
        with errors, cursor.copy(LEGS) as copy:
            copy.write("".join(_leg_lines(batch)))


def _journal_lines(
    actor: Actor, batch: Sequence[Numbered], moment: datetime, closed: date | None
) -> Iterator[str]:
    who = (actor.user_id or NULL, actor.party_id or NULL, actor.role, actor.via)
    written = f"{moment.isoformat()}\t" + "\t".join(map(str, who))
    for key, content, number, posting in batch:
        yield (
            f"{number}\t{key.translate(ESCAPES)}\t{content}"
            f"\t{posting.cause_type.translate(ESCAPES)}\t{posting.cause_id.translate(ESCAPES)}"
            f"\t{posting.occurred_at.isoformat()}\t{posting.text.translate(ESCAPES)}"
            f"\t{posting.reverses_id or NULL}\t{_period(posting, closed)}\t{written}\n"
        )


def _period(posting: Posting, closed: date | None) -> date:
    if posting.period is not None:
        if closed is not None and posting.period <= closed:
            raise Refused(conflict(CLOSED))
        return posting.period
    month = month_of(posting.occurred_at)
    return month if closed is None or month > closed else month_after(closed)


def _leg_lines(batch: Sequence[Numbered]) -> Iterator[str]:
    for _key, _content, number, posting in batch:
        for leg in posting.legs:
            part = leg.part.translate(ESCAPES) if leg.part else ""
            yield f"{number}\t{leg.account_id}\t{leg.amount}\t{part}\n"
