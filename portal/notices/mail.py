"""The mails behind notices, in their reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.notices.models import Digest, Notice
from portal.notices.states import Outcome
from portal.notices.topics import topic_of
from portal.notices.unsubscribing import DIGEST, address_of, headers_of

MOST_LINES = 50


def send_notice(notice: Notice) -> Outcome:
    """Mail a notice. One that is read already needs no mail."""
    if notice.read_at is not None:
        return Outcome.READ
    topic = topic_of(notice.event)
    unsubscribe = "" if topic.is_required else address_of(notice.user_id, topic.name)
    with translation.override(notice.user.language):
        context = {
            "notice": notice,
            "link": f"{settings.SITE_URL}{notice.url}",
            "topic": topic.title,
            "unsubscribe": unsubscribe,
        }
        return _send(notice.user, notice.text, "emails/notice.txt", context, unsubscribe)


def send_digest(digest: Digest) -> Outcome:
    """What gathered and is still unread; nothing where all of it is read."""
    unread = list(digest.notices.unread().order_by("-pk")[: MOST_LINES + 1])
    if not unread:
        return Outcome.READ
    unsubscribe = address_of(digest.user_id, DIGEST)
    with translation.override(digest.user.language):
        shown = unread[:MOST_LINES]
        subject = ngettext(
            "Your day on Trilink: %(n)s notice", "Your day on Trilink: %(n)s notices", len(shown)
        ) % {"n": len(shown)}
        context = {
            "groups": _by_topic(shown),
            "is_more": len(unread) > MOST_LINES,
            "site": settings.SITE_URL,
            "inbox": f"{settings.SITE_URL}{reverse('notice_list')}",
            "unsubscribe": unsubscribe,
        }
        return _send(digest.user, subject, "emails/digest.txt", context, unsubscribe)


def send_test(user: Any) -> Outcome:
    with translation.override(user.language):
        return _send(user, _("A test from Trilink"), "emails/test.txt", {}, "")


def _by_topic(notices: list[Notice]) -> list[tuple[Any, list[Notice]]]:
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(topic_of(notice.event).name, []).append(notice)
    return [(topic_of(rows[0].event).title, rows) for rows in groups.values()]


def _send(
    user: Any, subject: str, template: str, context: dict[str, Any], unsubscribe: str
) -> Outcome:
    """A person with a phone only reads it in the inbox."""
    if not user.is_active or not user.email:
        return Outcome.UNREACHABLE
    settings_url = f"{settings.SITE_URL}{reverse('notice_settings')}"
    body = render_to_string(template, context | {"settings_url": settings_url})
    headers = {"Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers |= headers_of(unsubscribe)
    line = " ".join(subject.split())  # names in it may hold line breaks
    EmailMessage(line, body, None, [user.email], headers=headers).send()
    return Outcome.SENT
