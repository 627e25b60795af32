"""Telling people: one inbox row a person and event, and what they chose behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db import transaction

from portal.core import bulk, clock, outbox
from portal.core.actor import Actor
from portal.notices.models import ChatBot, Notice, NoticeChoice
from portal.notices.services.deliveries import put_deliveries, to_bot, to_person
from portal.notices.states import Channel, Mail
from portal.notices.topics import Topic, topic_of


class Named(Protocol):
    """Anything with a name in each language; notices know no reference data."""

    name_zh: Any
    name_en: Any


@transaction.atomic
def notify(
    user_ids: Iterable[int],
    *,
    party_id: int | None,
    event: str,
    key: str,
    sentence: str,
    params: dict[str, Any],
    url: str,
    is_for_party: bool = False,
) -> None:
    """Tell each person once. `sentence` is a source string with %-placeholders for `params`. What
    `is_for_party` goes to the party's chats, too."""
    now = clock.now()
    new: list[Notice] = []
    for user_id in user_ids:
        notice, is_new = Notice.objects.get_or_create(
            user_id=user_id,
            key=key,
            defaults={
                "party_id": party_id,
                "event": event,
                "sentence": sentence,
                "params": params,
                "url": url,
                "created_at": now,
            },
        )
        if is_new:
            new.append(notice)
    if new and not outbox.is_history():
        _pass_on(new, topic_of(event))
        if is_for_party:
            _tell_chats(new[0], topic_of(event))


@transaction.atomic
def notify_many(notices: Sequence[Notice]) -> None:
    """Tell many people at once, each of something they were not told before."""
    bulk.number(notices)
    bulk.insert(notices)
    if outbox.is_history():
        return
    for event in {notice.event for notice in notices}:
        _pass_on([one for one in notices if one.event == event], topic_of(event))


def _pass_on(notices: Sequence[Notice], topic: Topic) -> None:
    """Notices of one topic by the ways their readers chose."""
    readers = [notice.user_id for notice in notices]
    choices = _choices(readers, topic)
    bots = _bots(readers)
    is_texted = topic.is_required and topic.is_urgent
    phone_only = _without_mail(readers) if is_texted else set()
    gathered, found = [], []
    for notice in notices:
        choice = choices.get(notice.user_id)
        mail = choice.mail if choice and not topic.is_required else topic.mail
        if mail == Mail.NOW:
            found.append(to_person(notice, Channel.MAIL))
        elif mail == Mail.DIGEST:
            gathered.append(notice.pk)
        if (choice and choice.sms and topic.is_urgent) or notice.user_id in phone_only:
            found.append(to_person(notice, Channel.SMS))
        if choice is None or choice.bot:
            found += [to_bot(notice, bot) for bot in bots.get(notice.user_id, [])]
    Notice.objects.filter(pk__in=gathered).update(awaits_digest=True)
    put_deliveries(found)


def _choices(readers: list[int], topic: Topic) -> dict[int, NoticeChoice]:
    rows = NoticeChoice.objects.filter(user__in=readers, topic=topic.name)
    return {row.user_id: row for row in rows}


def _without_mail(readers: list[int]) -> set[int]:
    """Whom a required mail cannot reach: a text message stands for it."""
    people = get_user_model().objects.filter(pk__in=readers, email=None)
    return set(people.exclude(phone=None).values_list("pk", flat=True))


def _bots(readers: list[int]) -> dict[int | None, list[ChatBot]]:
    found: dict[int | None, list[ChatBot]] = {}
    for bot in ChatBot.objects.live().filter(user__in=readers):
        found.setdefault(bot.user_id, []).append(bot)
    return found


def _tell_chats(notice: Notice, topic: Topic) -> None:
    """The party's own chats hear each event once, whoever else is told."""
    if notice.party_id is None:
        return
    chats = ChatBot.objects.live().filter(party_id=notice.party_id, topics__contains=[topic.name])
    put_deliveries([to_bot(notice, bot) for bot in chats])


def in_both(row: Named) -> dict[str, str]:
    """The name of reference data, for `params`: each reader reads their own language's."""
    return {"zh": row.name_zh, "en": row.name_en}


def read_notice(actor: Actor, *, notice: Notice) -> None:
    """Mark one's own notice as read."""
    mine = Notice.objects.visible_to(actor).unread().filter(pk=notice.pk)
    mine.update(read_at=clock.now(), awaits_digest=False)


def read_all_notices(actor: Actor) -> int:
    """Mark everything in one's own inbox as read; how many were."""
    mine = Notice.objects.visible_to(actor).unread()
    return mine.update(read_at=clock.now(), awaits_digest=False)
