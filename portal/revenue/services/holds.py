"""Holding what was settled of order lines until a dispute is decided: the one door for parts above.

The books follow by themselves: what an event should have moved is computed again, and the
difference is posted, as with every correction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.ledger.services import wait_for_turn
from portal.revenue.models import ROLES, Feed, LineHold, OrderLine
from portal.revenue.services.order_lines import Known, with_events
from portal.revenue.services.order_postings import post_lines


@transaction.atomic
def hold_lines(
    actor: Actor,
    *,
    lines: Iterable[int],
    roles: Sequence[str],
    cause_type: str,
    cause_id: str,
) -> int:
    """Hold what `roles` have of these lines, now and as more of them settles. Lines that another
    dispute holds stay with it. How many are held."""
    known = _known(lines)
    taken = set(
        LineHold.objects.filter(
            line__in=[one.line.pk for one in known], released_at=None
        ).values_list("line_id", flat=True)
    )
    free = [one for one in known if one.line.pk not in taken]
    _wait_for_turn(free)
    now = clock.now()
    LineHold.objects.bulk_create(
        LineHold(line=one.line, roles=list(roles), cause_type=cause_type, cause_id=cause_id, at=now)
        for one in free
    )
    post_lines(actor, free)
    return len(free)


@transaction.atomic
def release_lines(
    actor: Actor,
    *,
    cause_type: str,
    cause_id: str,
    returned_bp: int = 0,
    lines: Collection[int] | None = None,
) -> int:
    """The outcome: so much of what was held goes back to the merchant, the rest is paid as agreed.
    Of these lines, or of all that are held for it; how many they were."""
    holds = LineHold.objects.filter(cause_type=cause_type, cause_id=cause_id, released_at=None)
    if lines is not None:
        holds = holds.filter(line__in=lines)
    known = _known(list(holds.values_list("line_id", flat=True)))
    _wait_for_turn(known)
    holds.update(released_at=clock.now(), returned_bp=returned_bp)
    post_lines(actor, known)
    return len(known)


def _wait_for_turn(lines: Iterable[Known]) -> None:
    """Who makes what these parties have of the lines payable sees it before or after, not half."""
    parties = (one.line.party_id_of(role) for one in lines for role in ROLES)
    wait_for_turn(party for party in parties if party is not None)


def _known(keys: Iterable[int]) -> list[Known]:
    """These lines as they are, with their feeds locked: who writes orders waits."""
    rows = OrderLine.objects.filter(pk__in=list(keys)).select_related("terms").order_by("pk")
    codes = sorted({row.feed_id for row in rows})
    list(
        Feed.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=codes)
        .order_by("pk")
    )
    known = with_events(rows.all())
    for one in known.values():
        one.follow()
    return list(known.values())
