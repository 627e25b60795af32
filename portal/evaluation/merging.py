"""What becomes of facts and ratings when two parties become one.

Both stay as they were recorded: snapshots of the past must be found again from them. The facts of
the closed party count for the one that stays from the next snapshot on: gathering follows
`merged_into`.
"""

from __future__ import annotations

from portal.evaluation.models import Appeal, Fact, Plan, Rating
from portal.parties.merges import moves, stays

stays(Fact, "party", "counterpart")
stays(Rating, "party")
stays(Appeal, "party")
moves(Plan, "party")
