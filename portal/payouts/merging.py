"""Payouts of two parties that become one: what was paid stays with whom it was paid to. A party
with money on its way cannot go (the ledger refuses)."""

from portal.parties.merges import stays
from portal.payouts.models import Debt, Enrolment, Item, PayoutRequest

stays(Item, "party")
stays(Debt, "party")
stays(Enrolment, "party")  # its sub-account is in that company's name
stays(PayoutRequest, "party")  # one that waits pays nothing: there is no money left
