"""Orders go on with the party that stays."""

from matchmaking.content.models import ContentOrder
from portal.parties.merges import moves

moves(ContentOrder, "merchant", "maker")
