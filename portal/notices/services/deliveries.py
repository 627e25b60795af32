"""Messages on their way out: a row each, and its row in the outbox."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.models import OutboxMessage
from portal.notices import rules
from portal.notices.models import ChatBot, Delivery, Digest, Notice
from portal.notices.states import Channel, Outcome

TASK = "portal.notices.tasks.deliver"
NIGHT_BEGINS, NIGHT_ENDS = 22, 8  # nobody's phone beeps between
KEPT = timedelta(days=90)


def to_person(notice: Notice, channel: Channel) -> Delivery:
    """Not yet written."""
    return Delivery(
        channel=channel,
        user_id=notice.user_id,
        notice=notice,
        once=f"{channel}:{notice.pk}",
        created_at=notice.created_at,
    )


def to_bot(notice: Notice, bot: ChatBot) -> Delivery:
    """Not yet written. To a party's chat it goes once, however many people were told."""
    about = f"{notice.event}\x1f{notice.key}".encode()
    digest = hashlib.blake2b(about, digest_size=16).hexdigest()
    return Delivery(
        channel=Channel.BOT,
        user_id=bot.user_id,
        bot=bot,
        notice=notice,
        once=f"bot:{bot.pk}:{digest}",
        created_at=notice.created_at,
    )


@transaction.atomic
def put_digest(digest: Digest) -> None:
    put_deliveries(
        [
            Delivery(
                channel=Channel.MAIL,
                user_id=digest.user_id,
                digest=digest,
                once=f"digest:{digest.pk}",
                created_at=digest.created_at,
            )
        ]
    )


@transaction.atomic
def send_test(actor: Actor, *, channel: Channel, bot: ChatBot | None = None) -> Delivery:
    """A message that says that messages arrive."""
    rules.can_send_test(actor, channel).require()
    if bot is not None:
        rules.can_use_bot(actor, bot).require()
    now = clock.now()
    test = Delivery(
        channel=channel,
        user=actor.user,
        bot=bot,
        once=f"test:{channel}:{actor.user_id}:{bot.pk if bot else ''}:{now.timestamp()}",
        created_at=now,
    )
    put_deliveries([test])
    return test


def put_deliveries(deliveries: Sequence[Delivery]) -> None:
    """Write those that are not written yet, and ask for each to be sent."""
    if not deliveries:
        return
    known = set(
        Delivery.objects.filter(once__in=[d.once for d in deliveries]).values_list(
            "once", flat=True
        )
    )
    new = Delivery.objects.bulk_create([d for d in deliveries if d.once not in known])
    outbox.put_many([_asking(delivery) for delivery in new])


def _asking(delivery: Delivery) -> OutboxMessage:
    message = outbox.message(
        TASK, key=delivery.key, payload={"delivery_id": delivery.pk}, at=delivery.created_at
    )
    if delivery.channel == Channel.SMS and delivery.notice_id is not None:
        message.due_at = _by_day(delivery.created_at)
    return message


def _by_day(moment: datetime) -> datetime:
    """That moment, or the morning after the night it falls in."""
    local = moment.astimezone(clock.SHANGHAI)
    if NIGHT_ENDS <= local.hour < NIGHT_BEGINS:
        return moment
    morning = local.replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)
    return morning if local.hour < NIGHT_ENDS else morning + timedelta(days=1)


def end_delivery(delivery: Delivery, outcome: Outcome, problem: str = "") -> None:
    """Note what became of a message. Called by what sends it."""
    delivery.ended_at, delivery.outcome, delivery.problem = clock.now(), outcome, problem[:200]
    delivery.save(update_fields=["ended_at", "outcome", "problem"])
    if delivery.bot_id is not None and outcome == Outcome.SENT:
        ChatBot.objects.filter(pk=delivery.bot_id).update(sent_at=delivery.ended_at)


def prune_deliveries() -> int:
    """Forget what was sent long ago. How many went."""
    old = Delivery.objects.filter(created_at__lt=clock.now() - KEPT).exclude(outcome="")
    return old.delete()[0]
