"""Sending one message by its way. What fails is tried again by the outbox, for as long as the news
is worth it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core import clock
from portal.notices import bots, mail, sms
from portal.notices.models import Delivery
from portal.notices.services import end_delivery
from portal.notices.states import Channel, Outcome

GIVE_UP = {
    Channel.MAIL: timedelta(days=7),
    Channel.SMS: timedelta(hours=12),
    Channel.BOT: timedelta(days=1),
}


def deliver(delivery_id: int) -> None:
    """Send a message that was not sent yet. Raises what failed, until it is too late for it."""
    related = Delivery.objects.select_related("notice__user", "digest__user", "user", "bot")
    delivery = related.filter(pk=delivery_id, outcome="").first()
    if delivery is None:
        return
    channel = Channel(delivery.channel)
    try:
        outcome = WAYS[channel](delivery)
    except (OSError, sms.NotSent) as error:  # of mail servers, too
        if clock.now() - delivery.created_at < GIVE_UP[channel]:
            raise
        end_delivery(delivery, Outcome.FAILED, problem=str(error) or type(error).__name__)
        return
    end_delivery(delivery, outcome)


def _mail(delivery: Delivery) -> Outcome:
    if delivery.notice is not None:
        return mail.send_notice(delivery.notice)
    if delivery.digest is not None:
        return mail.send_digest(delivery.digest)
    return mail.send_test(delivery.user)


def _sms(delivery: Delivery) -> Outcome:
    user, notice = delivery.user, delivery.notice
    if notice is not None and notice.read_at is not None:
        return Outcome.READ
    if user is None or not user.is_active or not user.phone or not sms.is_open():
        return Outcome.UNREACHABLE
    with translation.override(user.language):
        text = notice.text if notice else _("A test from Trilink")
        path = notice.url if notice else "/"
        sms.send(user.phone, "notice", {"text": text, "link": f"{settings.SITE_URL}{path}"})
    return Outcome.SENT


def _bot(delivery: Delivery) -> Outcome:
    bot, notice = delivery.bot, delivery.notice
    if bot is None or bot.ended_at is not None:
        return Outcome.UNREACHABLE
    with translation.override(bot.language):
        text = notice.text if notice else _("A test from Trilink: this chat hears from us.")
        link = f"\n{settings.SITE_URL}{notice.url}" if notice else ""
        bots.say(bot, f"{text}{link}")
    return Outcome.SENT


WAYS: dict[Channel, Callable[[Delivery], Outcome]] = {
    Channel.MAIL: _mail,
    Channel.SMS: _sms,
    Channel.BOT: _bot,
}
