"""The mail behind a notice, in its reader's language."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from portal.notices.models import Notice


def send_notice(notice_id: int) -> None:
    """Mail a notice. One that is gone or read already needs no mail."""
    notice = Notice.objects.select_related("user").filter(pk=notice_id).first()
    if notice is None or notice.read_at is not None or not notice.user.is_active:
        return
    if not notice.user.email:
        return  # a person with a phone only reads it in the inbox
    with translation.override(notice.user.language):
        context = {"notice": notice, "link": f"{settings.SITE_URL}{notice.url}"}
        body = render_to_string("emails/notice.txt", context)
        subject = " ".join(notice.text.split())  # names in it may hold line breaks
        send_mail(subject, body, None, [notice.user.email])
