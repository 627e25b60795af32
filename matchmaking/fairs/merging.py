"""Sign-ups go on with the party that stays, as their claims do."""

from matchmaking.fairs.models import SignUp
from portal.parties.merges import moves

moves(SignUp, "party", "brought_by")
