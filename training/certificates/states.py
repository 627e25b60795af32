"""The way of a certificate, and what its number looks like."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
LENGTH = 16  # 79 bits: nobody guesses one
NUMBER = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
BETWEEN = re.compile(r"[\s\-–—·.]+")
REMIND_AT = (60, 30, 7)  # days before its end
SOON = timedelta(days=60)  # on the lists, what ends within these days is marked


class CertificateStatus(models.TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "Valid")
    EXPIRED = "expired", pgettext_lazy("certificate", "Expired")
    REVOKED = "revoked", _("Revoked")


S = CertificateStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.VALID: frozenset({S.EXPIRED, S.REVOKED}),
    S.EXPIRED: frozenset({S.REVOKED}),
    S.REVOKED: frozenset({S.VALID, S.EXPIRED}),  # an objection was right
}
TONES = {S.VALID: "ok", S.EXPIRED: "warn", S.REVOKED: "bad"}


def new_number() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def in_groups(number: str) -> str:
    """As people read it to each other: ABCD-EFGH-JKLM-NPQR."""
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))


def normal_number(typed: str) -> str:
    """What was typed, without what stands between; "" where it cannot be a number of ours."""
    given = BETWEEN.sub("", typed.replace("\0", "")).upper()
    return given if NUMBER.fullmatch(given) else ""
