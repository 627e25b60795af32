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
    offers_to,
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
from portal.parties.selectors.pictures import (
    Place,
    picture_of_case,
    places_of,
    shown_cover,
    shown_pictures_of_cases,
)
from portal.parties.selectors.portfolio import (
    TeamPart,
    cases_of,
    numbers_of_cases,
    numbers_of_staff,
    shown_cases,
    team_of,
    team_parts,
)
from portal.parties.selectors.roster import (
    VIEWS,
    agencies_of,
    agency_of,
    entries_of_creator,
    roster_of,
    roster_size,
    roster_sizes,
    search_roster,
    shown_members,
)
from portal.parties.selectors.sections import (
    Section,
    sections_of,
)

__all__ = [
    "VIEWS",
    "Mark",
    "Member",
    "News",
    "Offer",
    "Place",
    "Section",
    "TeamPart",
    "agencies_of",
    "agency_of",
    "appealable",
    "appeals_of",
    "cases_of",
    "clash_of",
    "doubles_of",
    "earlier_documents",
    "entries_of_creator",
    "invitations_for",
    "members_of",
    "moved_of",
    "news_of_offers",
    "numbers_of_cases",
    "numbers_of_staff",
    "offers",
    "offers_to",
    "open_invitations",
    "open_offer",
    "open_suspension",
    "payout_changes",
    "picture_of_case",
    "places_of",
    "roster_of",
    "roster_size",
    "roster_sizes",
    "search_roster",
    "sections_of",
    "shown_cases",
    "shown_cover",
    "shown_members",
    "shown_pictures_of_cases",
    "standing_decision",
    "team_of",
    "team_parts",
    "wanted_of",
    "whole_parties",
]
