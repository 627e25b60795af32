"""Hours go with the party that took them, and advisers with where they work."""

from portal.parties.merges import moves
from training.advice.models import Adviser, Booking

moves(Booking, "party")
moves(Adviser, "party")
