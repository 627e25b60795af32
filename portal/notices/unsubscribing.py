"""The link that ends a kind of mail without signing in, as RFC 8058 wants it: signed, and of no use
for anything else. It does not expire: who finds an old mail may still want no more of them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

SALT = "notices.unsubscribe"
DIGEST = "digest"  # in place of a topic: the daily mail


def token_of(user_id: int, topic: str) -> str:
    return signing.dumps([user_id, topic], salt=SALT)


def read_token(token: str) -> tuple[int, str]:
    """Whose mail and of which topic; (0, "") for a forged one."""
    try:
        user_id, topic = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return 0, ""
    return int(user_id), str(topic)


def language_of(user_id: int) -> str:
    """In which the person's mails are written, and so the page behind their links."""
    found = get_user_model().objects.filter(pk=user_id).values_list("language", flat=True).first()
    return found or settings.LANGUAGE_CODE


def address_of(user_id: int, topic: str) -> str:
    path = reverse("notice_unsubscribing", args=[token_of(user_id, topic)])
    return f"{settings.SITE_URL}{path}"


def headers_of(address: str) -> dict[str, str]:
    """What tells mail programs of the link, so that they can show a button of their own."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
