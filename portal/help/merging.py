"""Questions asked for a party go with it."""

from portal.help.models import Ticket
from portal.parties.merges import moves

moves(Ticket, "party")
