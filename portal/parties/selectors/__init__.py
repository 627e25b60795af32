from portal.parties.selectors.appeals import (
    appealable,
    appeals_of,
    open_suspension,
    standing_decision,
)
from portal.parties.selectors.documents import (
    earlier_documents,
    wanted_of,
)
from portal.parties.selectors.members import (
    Member,
    invitations_for,
    members_of,
    open_invitations,
    open_offer,
)
from portal.parties.selectors.merging import (
    clash_of,
    doubles_of,
    moved_of,
)
from portal.parties.selectors.offers import (
    Mark,
    News,
    Offer,
    news_of_offers,
    offers,
)
from portal.parties.selectors.parties import (
    whole_parties,
)
from portal.parties.selectors.payouts import (
    payout_changes,
)
from portal.parties.selectors.roster import (
    VIEWS,
    agencies_of,
    agency_of,
    entries_of_creator,
    roster_of,
    roster_size,
    search_roster,
    shown_members,
)

__all__ = [
    "VIEWS",
    "Mark",
    "Member",
    "News",
    "Offer",
    "agencies_of",
    "agency_of",
    "appealable",
    "appeals_of",
    "clash_of",
    "doubles_of",
    "earlier_documents",
    "entries_of_creator",
    "invitations_for",
    "members_of",
    "moved_of",
    "news_of_offers",
    "offers",
    "open_invitations",
    "open_offer",
    "open_suspension",
    "payout_changes",
    "roster_of",
    "roster_size",
    "search_roster",
    "shown_members",
    "standing_decision",
    "wanted_of",
    "whole_parties",
]
