"""The response clock: how long, in working hours, each side took to answer the other."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from matchmaking.needs.models import Message, Proposal, ResponseFact
from matchmaking.needs.states import AskedBy, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workhours import working_time_between
from portal.parties.models import Party

WINDOW = timedelta(days=180)
MINUTE = timedelta(minutes=1)
REFRESH_SQL = """
WITH found AS (
    SELECT party_id, count(*) AS asked, count(answered_at) AS answered,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes)
               FILTER (WHERE answered_at IS NOT NULL) AS median
    FROM needs_responsefact WHERE at >= %(since)s GROUP BY party_id
), gone AS (
    DELETE FROM needs_responsepace WHERE party_id NOT IN (SELECT party_id FROM found)
)
INSERT INTO needs_responsepace (party_id, asked, answered, median_minutes, made_on)
SELECT party_id, asked, answered, median, %(today)s FROM found
ON CONFLICT (party_id) DO UPDATE
SET asked = excluded.asked, answered = excluded.answered,
    median_minutes = excluded.median_minutes, made_on = excluded.made_on
WHERE (needs_responsepace.asked, needs_responsepace.answered)
   <> (excluded.asked, excluded.answered)
   OR needs_responsepace.median_minutes IS DISTINCT FROM excluded.median_minutes
"""


def note_answer(proposal: Proposal) -> None:
    """The bidder answered what it was invited to, in whichever way; call it before the answer is
    written. An answer without an invitation is no answer to anything."""
    if proposal.invited_at is not None and proposal.submitted_at is None:
        _note(proposal.provider, AskedBy.INVITATION, str(proposal.pk), proposal.invited_at)


def note_silence(proposal: Proposal) -> None:
    """There is nothing left to answer, and the bidder never did."""
    if proposal.invited_at is not None and proposal.submitted_at is None:
        _note(
            proposal.provider,
            AskedBy.INVITATION,
            str(proposal.pk),
            proposal.invited_at,
            is_answer=False,
        )
    elif proposal.need.is_order and proposal.version == 1:
        _note(
            proposal.provider,
            AskedBy.ORDER,
            str(proposal.pk),
            proposal.created_at,
            is_answer=False,
        )


def note_offer_answered(proposal: Proposal, side: Side) -> None:
    """`side` answers the other's last offer, if it was the other's; call it before."""
    last = proposal.offers.order_by("-number").first()
    if last is None or last.side == side:
        return
    is_order = proposal.need.is_order and last.number == 1
    party = proposal.provider if side == Side.BIDDER else proposal.need.merchant
    kind = AskedBy.ORDER if is_order else AskedBy.OFFER
    ref = str(proposal.pk) if is_order else f"{proposal.pk}:{last.number}"
    _note(party, kind, ref, last.at)


def note_reply(message: Message) -> None:
    """The first message after some of the other side's answers the first of these."""
    before = Message.objects.filter(proposal=message.proposal, number__lt=message.number)
    own = before.filter(side=message.side).order_by("-number").first()
    asked = before.exclude(side=message.side).filter(number__gt=own.number if own else 0)
    first = asked.order_by("number").first()
    if first is not None:
        proposal = message.proposal
        party = proposal.provider if message.side == Side.BIDDER else proposal.need.merchant
        _note(party, AskedBy.MESSAGE, f"{proposal.pk}:{first.number}", first.at)


@transaction.atomic
def refresh_paces(actor: Actor) -> int:
    """Make the paces of this day; how many changed. Rows that stay the same are not touched, so
    that no order is made again for them."""
    with connection.cursor() as cursor:
        cursor.execute(REFRESH_SQL, {"since": clock.now() - WINDOW, "today": clock.today()})
        return int(cursor.rowcount)


def _note(
    party: Party, kind: AskedBy, ref: str, asked_at: datetime, *, is_answer: bool = True
) -> None:
    now = clock.now()
    ResponseFact.objects.bulk_create(
        [
            ResponseFact(
                party=party,
                kind=kind,
                ref=ref,
                asked_at=asked_at,
                answered_at=now if is_answer else None,
                minutes=working_time_between(asked_at, now) // MINUTE,
                at=now,
            )
        ],
        ignore_conflicts=True,  # a need that was opened again asks no second time
    )
