"""The listed words, compiled and kept in the process until the list changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from portal.moderation.engine.matching import Entry, Hit, Matcher
from portal.moderation.models import Word
from portal.moderation.states import Level, WordCategory

PHONE = Entry("phone", WordCategory.CONTACT, Level.BANNED)


@dataclass
class _Kept:
    """The matcher, the list it was made of, and when that was last compared."""

    matcher: Matcher | None = None
    stamp: tuple[int, datetime | None] = (-1, None)
    looked: float = 0.0


_kept = _Kept()


def find_words(text: str) -> list[Hit]:
    """Every listed word in the text."""
    return _matcher().find(text) if text else []


def forget_words() -> None:
    """Look at the list again at the next text, in this process."""
    _kept.looked = 0.0


def _matcher() -> Matcher:
    """A list another process changed is seen within `MODERATION_SECONDS`."""
    age = time.monotonic() - _kept.looked
    if _kept.matcher is None or age >= settings.MODERATION_SECONDS:
        facts: dict[str, Any] = Word.objects.aggregate(n=Count("pk"), at=Max("changed_at"))
        stamp = (facts["n"], facts["at"])
        if _kept.matcher is None or stamp != _kept.stamp:
            _kept.matcher, _kept.stamp = _compiled(), stamp
        _kept.looked = time.monotonic()
    return _kept.matcher


def _compiled() -> Matcher:
    rows = list(Word.objects.all())
    listed = [Entry(w.text, w.category, w.level) for w in rows if w.level != Level.ALLOWED]
    return Matcher(listed, [w.text for w in rows if w.level == Level.ALLOWED], PHONE)
