"""What a refusal must leave as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils import translation

from matchmaking.cooperation.models import Cooperation
from matchmaking.recruiting.models import Application, Offer, Post
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice


def everything() -> list[object]:
    rows = [list(m.objects.order_by("pk").values()) for m in (Post, Application, Offer)]
    counts = [m.objects.count() for m in (Cooperation, AuditEntry, Notice)]
    return [*rows, *counts]


@contextmanager
def refused(status: int, reason: str = "") -> Iterator[Any]:
    before = everything()
    with translation.override("en"), pytest.raises(Refused, match=reason or None) as caught:
        yield caught
    assert caught.value.verdict.status == status
    assert everything() == before
