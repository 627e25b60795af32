"""Whether a party can be paid, of what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from portal.parties.models import PayoutAccount
from portal.payouts.states import Readiness, Route


@dataclass(frozen=True, slots=True)
class Standing:
    """What a party has of what it takes to be paid. Times are left out: `is_held` is as of now."""

    account: PayoutAccount | None = None
    is_held: bool = False
    is_proven: bool = False
    has_consent: bool = False
    sub_account: str = ""

    def readiness(self, route: str) -> Readiness:
        """The first thing that is missing, in the order in which it is done."""
        if self.account is None:
            return Readiness.NO_ACCOUNT
        if self.is_held:
            return Readiness.HELD
        if not self.is_proven:
            return Readiness.UNPROVEN
        if route == Route.INSTITUTION and not self.has_consent:
            return Readiness.NO_CONSENT
        if route == Route.INSTITUTION and not self.sub_account:
            return Readiness.NO_SUB_ACCOUNT
        return Readiness.READY


class Due(NamedTuple):
    """What could be paid to a party now, in fen, and what stands in the way."""

    party_id: int
    amount: int
    readiness: Readiness
    account_id: UUID | None = None
