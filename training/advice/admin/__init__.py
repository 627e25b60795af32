from training.advice.admin.advisers import AdviserAdmin, BookingAdmin, SlotAdmin
from training.advice.admin.handbook import ChapterAdmin, ChapterVersionAdmin

__all__ = ["AdviserAdmin", "BookingAdmin", "ChapterAdmin", "ChapterVersionAdmin", "SlotAdmin"]
