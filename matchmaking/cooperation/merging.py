"""What was agreed goes on with the party that stays."""

from matchmaking.cooperation.models import Cooperation
from portal.parties.merges import moves

moves(Cooperation, "merchant", "provider")
