"""Who is sent a code, and when a code is right. Nothing here depends on whether the phone is known:
the answers are the same, so nobody finds out who has an account."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, conflict, unmet
from portal.notices import sms
from portal.parties.models import PhoneCode

WAIT = timedelta(seconds=60)
LIFE = timedelta(minutes=5)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_PHONE_AN_HOUR, A_PHONE_A_DAY, A_PLACE_AN_HOUR = 5, 10, 20
MOST_TRIES = 5


def can_send_code(phone: str, asked_from: str) -> Verdict:
    """`phone` as it is kept ("" = none that can be written to); `asked_from` as it is kept."""
    now = clock.now()
    codes = PhoneCode.objects
    if not sms.is_open():
        return conflict(_("Text messages are not set up here. Sign in with your mail address."))
    if not phone:
        return unmet(_("Enter a mainland mobile number of 11 digits."))
    if codes.filter(phone=phone).since(now - WAIT).exists():
        return conflict(_("A code was sent a moment ago. The next can be sent after a minute."))
    if codes.filter(phone=phone).since(now - HOUR).count() >= A_PHONE_AN_HOUR:
        return conflict(_("Too many codes for this number. Try again in an hour."))
    if codes.filter(phone=phone).since(now - DAY).count() >= A_PHONE_A_DAY:
        return conflict(_("Too many codes for this number today. Try again tomorrow."))
    if codes.filter(asked_from=asked_from).since(now - HOUR).count() >= A_PLACE_AN_HOUR:
        return conflict(_("Too many codes asked for from here. Try again in an hour."))
    if codes.since(now - DAY).count() >= settings.SMS_A_DAY:
        return conflict(_("No more text messages today. Sign in with your mail address."))
    return ALLOWED


def is_usable(code: PhoneCode) -> Verdict:
    if code.used_at is not None or code.expires_at <= clock.now():
        return conflict(_("This code is too old. Ask for a new one."))
    if code.tries >= MOST_TRIES:
        return conflict(_("Too many tries. Ask for a new code."))
    return ALLOWED


def is_right(code: PhoneCode, digits: str) -> Verdict:
    if hmac.compare_digest(code.code_hash, code.hash_of(digits)):
        return ALLOWED
    return unmet(_("This is not the code. Look at the newest message."))
