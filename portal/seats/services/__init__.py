"""Seats: claimed, promised, taken up, given back.

Lock order, everywhere: the pool (of several, by key), then claims; whatever else a part locks, such
as a party, comes before. Whoever claims takes the pool's row by the last statement of the
transaction, and no Python runs while it is held; two wishes of one party meet at the keys of the
claims. Whoever changes a claim that exists takes its pool's row first, so that a seat
that is given back and the line that waits for it are seen by one person at a time. Who joins the
line holds the pool's row shared: many join at once, and nobody joins unseen while a seat is freed.
"""

from portal.seats.services.bulk import (
    ClaimLife,
    OccasionLife,
    bring_claims,
    bring_occasions,
)
from portal.seats.services.claiming import claim_seat, claimed_before, put_claim, settled
from portal.seats.services.deciding import (
    accept_claim,
    answer_claim,
    ask_claim,
    mark_absent,
    mark_present,
    reject_claim,
    take_up_seat,
    withdraw_claim,
)
from portal.seats.services.pools import (
    begin_occasion,
    change_occasion,
    close_occasion,
    end_occasion,
    open_occasion,
    open_pool,
    resize_pool,
    sweep_seats,
)

__all__ = [
    "ClaimLife",
    "OccasionLife",
    "accept_claim",
    "answer_claim",
    "ask_claim",
    "begin_occasion",
    "bring_claims",
    "bring_occasions",
    "change_occasion",
    "claim_seat",
    "claimed_before",
    "close_occasion",
    "end_occasion",
    "mark_absent",
    "mark_present",
    "open_occasion",
    "open_pool",
    "put_claim",
    "reject_claim",
    "resize_pool",
    "settled",
    "sweep_seats",
    "take_up_seat",
    "withdraw_claim",
]
