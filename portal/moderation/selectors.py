"""What is held back, as pages and rules ask it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping

from django.db import models

from portal.moderation.models import Case
from portal.moderation.states import CaseKind, CaseState


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def held_fields(obj: models.Model, texts: Mapping[str, str]) -> set[str]:
    """Which of these texts, as they are now, others do not see yet: one query."""
    held = set(Case.objects.about(obj).holding().values_list("field", "digest"))
    return {name for name, text in texts.items() if (name, digest_of(text)) in held}


def passed_pictures(file_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these pictures everybody may see."""
    passed = Case.objects.filter(
        kind=CaseKind.IMAGE,
        file_id__in=list(file_ids),
        state__in=[CaseState.PASSED, CaseState.REVERSED],
    )
    return {file_id for file_id in passed.values_list("file_id", flat=True) if file_id}
