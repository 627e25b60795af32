from training.advice.models.advisers import (
    Adviser,
    AdviserQuerySet,
    Booking,
    BookingQuerySet,
    Slot,
    SlotQuerySet,
)
from training.advice.models.handbook import (
    Chapter,
    ChapterDraft,
    ChapterVersion,
    ChapterVersionQuerySet,
    ReadMark,
)

__all__ = [
    "Adviser",
    "AdviserQuerySet",
    "Booking",
    "BookingQuerySet",
    "Chapter",
    "ChapterDraft",
    "ChapterVersion",
    "ChapterVersionQuerySet",
    "ReadMark",
    "Slot",
    "SlotQuerySet",
]
