"""What may be chosen, and who may give a chat bot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.outgoing import Blocked, check_url
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.notices.fields import BotFields, Wish
from portal.notices.models import MANAGING, ChatBot, Delivery
from portal.notices.states import BotKind, Channel, Mail
from portal.notices.topics import topic_named, topics

MOST_BOTS = 5
TESTS, TESTS_WITHIN = 10, timedelta(hours=1)
LOCAL = ("127.0.0.1", "localhost")


def can_choose_notices(actor: Actor) -> Verdict:
    if actor.user is None or actor.key_id:
        return forbidden(_("Sign in first."))
    return ALLOWED


def wishes_are_sound(wishes: Sequence[Wish]) -> Verdict:
    return flawless(flaw for wish in wishes for flaw in flaws_of_wish(wish))


def flaws_of_wish(wish: Wish) -> Iterator[Flaw]:
    topic = topic_named(wish.topic)
    if topic is None:
        yield Flaw("topic", _("There is no such topic."))
        return
    if wish.mail not in Mail.values:
        yield Flaw("mail", _("Choose one from the list."))
    elif topic.is_required and wish.mail != Mail.NOW:
        yield Flaw("mail", _("This mail cannot be turned off: it concerns your rights or safety."))
    if wish.sms and not topic.is_urgent:
        yield Flaw("sms", _("Text messages are for urgent topics only."))


# --- chat bots -----------------------------------------------------------------------------------


def can_manage_bots(actor: Actor, *, for_party: bool) -> Verdict:
    if not (verdict := can_choose_notices(actor)):
        return verdict
    if for_party and (actor.party_id is None or actor.role not in MANAGING):
        return forbidden(_("Only the owner or a manager of the party may do this."))
    return ALLOWED


def can_make_bot(actor: Actor, *, for_party: bool) -> Verdict:
    if not (verdict := can_manage_bots(actor, for_party=for_party)):
        return verdict
    owned = ChatBot.objects.live()
    mine = owned.filter(party_id=actor.party_id) if for_party else owned.filter(user=actor.user)
    if mine.count() >= MOST_BOTS:
        return conflict(_("There are five chat bots already. End one first."))
    return ALLOWED


def can_end_bot(actor: Actor, bot: ChatBot) -> Verdict:
    if not actor.has_perm("notices.end_chatbot"):
        verdict = can_use_bot(actor, bot)
        if not verdict:
            return verdict
    if bot.ended_at is not None:
        return conflict(_("This chat bot is ended already."))
    return ALLOWED


def can_use_bot(actor: Actor, bot: ChatBot) -> Verdict:
    if not (verdict := can_manage_bots(actor, for_party=bot.party_id is not None)):
        return verdict
    if bot.user_id == actor.user_id or actor.speaks_for(bot.party_id):
        return ALLOWED
    return forbidden(_("This chat bot is not yours."))


def bot_is_sound(fields: BotFields) -> Verdict:
    return flawless(flaws_of_bot(fields))


def flaws_of_bot(fields: BotFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name")
    if not fields.name.strip():
        yield Flaw("name", _("Give it a name you know it by."))
    if fields.kind not in BotKind.values:
        yield Flaw("kind", _("Choose one from the list."))
    yield from _flaws_of_address(fields.url)
    if fields.kind == BotKind.WECOM and fields.secret:
        yield Flaw("secret", _("Robots of WeCom have no secret; leave this empty."))
    if fields.for_party and not (fields.topics and set(fields.topics) <= _party_topics()):
        yield Flaw("topics", _("Choose what the chat is told."))


def _flaws_of_address(url: str) -> Iterator[Flaw]:
    try:
        host = check_url(url).hostname
    except Blocked as blocked:
        yield Flaw("url", str(blocked))
        return
    is_local = settings.ALLOW_LOCAL_ADDRESSES and host in LOCAL
    if host not in settings.BOT_HOSTS and not is_local:
        yield Flaw("url", _("Copy the address that WeCom, Feishu or DingTalk shows for the robot."))


def _party_topics() -> set[str]:
    return {topic.name for topic in topics()}


# --- tests ----------------------------------------------------------------------------------------


def can_send_test(actor: Actor, channel: Channel) -> Verdict:
    """A few an hour: each costs the platform or annoys a chat."""
    if not (verdict := can_choose_notices(actor)):
        return verdict
    assert actor.user is not None  # noqa: S101 - the rule above
    if channel == Channel.SMS and not actor.user.phone:
        return unmet(_("Add your mobile number first."))
    if channel == Channel.MAIL and not actor.user.email:
        return unmet(_("Add a mail address first."))
    sent = Delivery.objects.filter(user=actor.user, notice=None, digest=None)
    if sent.filter(created_at__gt=clock.now() - TESTS_WITHIN).count() >= TESTS:
        return conflict(_("Enough tests for this hour. Try again later."))
    return ALLOWED
