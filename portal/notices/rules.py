"""What may be chosen, who may give a chat bot, and what may be announced."""

from __future__ import annotations

import re
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
from portal.notices.fields import AnnouncementFields, BotFields, Wish
from portal.notices.models import MANAGING, Announcement, ChatBot, Delivery
from portal.notices.states import Audience, BotKind, Channel, Mail, Weight
from portal.notices.topics import topic_named, topics

MOST_BOTS = 5
TESTS, TESTS_WITHIN = 10, timedelta(hours=1)
LOCAL = ("127.0.0.1", "localhost")
LONGEST_BANNER = timedelta(days=366)
SAFE_LINK = re.compile(r"/([^/\\]|$)|https://\S")


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


# --- announcements --------------------------------------------------------------------------------


def can_announce(actor: Actor) -> Verdict:
    if actor.has_perm("notices.change_announcement"):
        return ALLOWED
    return forbidden(_("Announcements are written by the platform's operators."))


def can_end_announcement(actor: Actor, announcement: Announcement) -> Verdict:
    if not (verdict := can_announce(actor)):
        return verdict
    if announcement.ends_at <= clock.now():
        return conflict(_("It has ended already."))
    return ALLOWED


def can_dismiss_announcement(actor: Actor) -> Verdict:
    return can_choose_notices(actor)


def announcement_is_sound(fields: AnnouncementFields) -> Verdict:
    return flawless(flaws_of_announcement(fields))


def flaws_of_announcement(fields: AnnouncementFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title_zh", "title_en")
    for name in ("title_zh", "title_en"):
        if not getattr(fields, name).strip():
            yield Flaw(name, _("Everybody reads it in their own language: write both."))
    if bool(fields.text_zh.strip()) != bool(fields.text_en.strip()):
        missing = "text_en" if fields.text_zh.strip() else "text_zh"
        yield Flaw(missing, _("Everybody reads it in their own language: write both."))
    if fields.weight not in Weight.values:
        yield Flaw("weight", _("Choose one from the list."))
    if not {*fields.audience} <= {*Audience.values}:
        yield Flaw("audience", _("Choose from the list."))
    if fields.ends_at <= fields.starts_at:
        yield Flaw("ends_at", _("It must end after it begins."))
    elif fields.ends_at - fields.starts_at > LONGEST_BANNER:
        yield Flaw("ends_at", _("A banner stays for a year at most."))
    if fields.url and not SAFE_LINK.match(fields.url):
        yield Flaw("url", _("Write a path of this site that begins with /, or an https address."))
