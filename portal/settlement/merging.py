"""Statements of two parties that become one: each stays whose money it told of."""

from __future__ import annotations

from portal.parties.merges import stays
from portal.settlement.models import Adjustment, Statement

stays(Statement, "party")  # as its journals, and as it was sent
stays(Adjustment, "party", "counter_party")
