"""What people choose to be told how; by page, by API, or by the link of a mail."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.notices import rules, unsubscribing
from portal.notices.fields import Wish
from portal.notices.models import Notice, NoticeChoice
from portal.notices.states import Mail
from portal.notices.topics import Topic, topic_named, topic_of
from portal.notices.unsubscribing import DIGEST


@transaction.atomic
def choose_notices(actor: Actor, *, wishes: Sequence[Wish]) -> list[NoticeChoice]:
    """Set what the acting person wants, topic by topic."""
    rules.can_choose_notices(actor).require()
    rules.wishes_are_sound(wishes).require()
    return [_choose(actor, wish, "choose_notices") for wish in wishes]


@transaction.atomic
def unsubscribe(token: str) -> str:
    """End the mails a link was sent with; safe to repeat. The topic it ended."""
    person_id, name = unsubscribing.read_token(token)
    person = get_user_model().objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise Refused(unmet(_("This link is not whole. Copy all of it from the mail.")))
    actor = Actor(user=person, party=None, role="person", via="web")
    if name == DIGEST:
        for row in NoticeChoice.objects.filter(user=person, mail=Mail.DIGEST):
            _choose(actor, _changed(row, Mail.OFF), "unsubscribe_notices")
        return name
    topic = topic_named(name)
    if topic is None or topic.is_required:
        raise Refused(conflict(_("This mail cannot be turned off.")))
    chosen = NoticeChoice.objects.filter(user=person, topic=name).first()
    wish = _changed(chosen, Mail.OFF) if chosen else Wish(name, Mail.OFF)
    _choose(actor, wish, "unsubscribe_notices")
    return name


def _changed(row: NoticeChoice, mail: Mail) -> Wish:
    return Wish(row.topic, mail, sms=row.sms, bot=row.bot)


def _choose(actor: Actor, wish: Wish, verb: str) -> NoticeChoice:
    values = {"mail": wish.mail, "sms": wish.sms, "bot": wish.bot}
    row, _made = NoticeChoice.objects.get_or_create(
        user=actor.user, topic=wish.topic, defaults=values
    )
    before = {"mail": row.mail, "sms": row.sms, "bot": row.bot}
    if not _made and before == values:
        return row
    row.mail, row.sms, row.bot = wish.mail, wish.sms, wish.bot
    row.save(update_fields=["mail", "sms", "bot"])
    audit.record(
        actor, verb, row, before={} if _made else before, after={"topic": wish.topic} | values
    )
    if wish.mail != Mail.DIGEST:
        _leave_digest(actor, wish.topic)
    return row


def _leave_digest(actor: Actor, topic: str) -> None:
    """What gathered under the choice before is no longer waited for."""
    gathering = Notice.objects.visible_to(actor).gathering()
    mine = [notice.pk for notice in gathering if topic_of(notice.event).name == topic]
    Notice.objects.filter(pk__in=mine).update(awaits_digest=False)


def default_wish(topic: Topic) -> Wish:
    """What holds until somebody chooses."""
    return Wish(topic.name, topic.mail)
