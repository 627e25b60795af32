"""A party's own paths go on with the party that stays."""

from portal.parties.merges import moves
from training.courses.models import Programme

moves(Programme, "party")
