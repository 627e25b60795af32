"""What is said of a round and of an application, as values: for page, admin, API and demo."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

Paper = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@dataclass(frozen=True, slots=True)
class RoundFields:
    """A round; no service or no category means any. `places`: None for no limit; `least_share` in
    percent of the categories sought together; `price_most_fen` a month."""

    title: str
    brief: str
    opens_at: datetime
    closes_at: datetime
    service_ids: Sequence[int] = ()
    category_ids: Sequence[int] = ()
    least_share: int = 0
    price_most_fen: int | None = None
    places: int | None = None
    questions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ApplicationFields:
    """Why this provider, an answer to each question of the round, and papers to show."""

    pitch: str
    answers: Sequence[str] = ()
    papers: Sequence[Paper] = ()
