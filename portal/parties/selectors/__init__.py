from portal.parties.selectors.members import (
    Member,
    invitations_for,
    members_of,
    open_invitations,
    open_offer,
)
from portal.parties.selectors.offers import Mark, News, Offer, news_of_offers, offers
from portal.parties.selectors.parties import whole_parties

__all__ = [
    "Mark",
    "Member",
    "News",
    "Offer",
    "invitations_for",
    "members_of",
    "news_of_offers",
    "offers",
    "open_invitations",
    "open_offer",
    "whole_parties",
]
