"""What a cooperation has come to, and its closing once every line of it has settled."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.cooperation import states
from matchmaking.cooperation.models import Closing, Cooperation
from matchmaking.cooperation.selectors import standing_figures
from matchmaking.cooperation.services.changes import change_status, lock_cooperation, tell_other
from matchmaking.cooperation.services.fees import bill_rest
from matchmaking.cooperation.services.holding import holds_left
from matchmaking.cooperation.states import CooperationStatus
from portal.core import clock
from portal.core.actor import Actor

MOST = 200


def settle_cooperations(actor: Actor) -> int:
    """Close what ended some days ago and has nothing open any more; how many."""
    until = clock.now() - states.SETTLED_AFTER
    over = Cooperation.objects.filter(
        status__in=[CooperationStatus.ENDED, CooperationStatus.TERMINATED], ended_at__lte=until
    )
    free = over.exclude(disputes__closed_at=None, disputes__isnull=False)
    keys = free.order_by("ended_at").values_list("pk", flat=True)[:MOST]
    return sum(_settle(actor, pk) for pk in list(keys))


@transaction.atomic
def _settle(actor: Actor, pk: int) -> bool:
    """Not while a line of it may still settle."""
    cooperation = lock_cooperation(pk)
    if CooperationStatus.SETTLED not in states.TRANSITIONS[cooperation.status]:
        return False
    found = standing_figures(cooperation)
    if found.lines.open_fen or cooperation.disputes.open().exists():
        return False
    if holds_left(cooperation.disputes.all()):
        return False
    Closing.objects.create(
        cooperation=cooperation,
        at=clock.now(),
        lines=found.lines.lines,
        paid_fen=found.lines.paid_fen,
        settled_fen=found.lines.settled_fen,
        net_fen=found.lines.net_fen,
        by_lines_fen=found.dues.by_lines_fen,
        fees_fen=found.dues.fees_fen,
        priced_fen=found.dues.priced_fen,
        refund_fen=found.dues.refund_fen,
        attained_bp=found.dues.attained_bp,
    )
    change_status(actor, cooperation, CooperationStatus.SETTLED, verb="settle_cooperation")
    bill_rest(actor, cooperation, found)
    sentence = gettext_noop("“%(title)s” with %(other)s is settled: every order of it is closed.")
    tell_other(actor, cooperation, "settled", sentence, once="settled")
    return True
