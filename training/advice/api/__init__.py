from training.advice.api.advisers import AdviserViewSet, SlotViewSet
from training.advice.api.bookings import BookingViewSet
from training.advice.api.handbook import HandbookViewSet

__all__ = ["AdviserViewSet", "BookingViewSet", "HandbookViewSet", "SlotViewSet"]
