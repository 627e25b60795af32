from portal.parties.models.listing import Listing, Standing
from portal.parties.models.members import Invitation, OwnershipOffer
from portal.parties.models.offers import OfferChange
from portal.parties.models.party import (
    Membership,
    Party,
    PartyCategory,
    ProviderProfile,
    regions_of,
)
from portal.parties.models.reference import Category, City, CityYear, ServiceType
from portal.parties.models.user import StaffScope, User

__all__ = [
    "Category",
    "City",
    "CityYear",
    "Invitation",
    "Listing",
    "Membership",
    "OfferChange",
    "OwnershipOffer",
    "Party",
    "PartyCategory",
    "ProviderProfile",
    "ServiceType",
    "StaffScope",
    "Standing",
    "User",
    "regions_of",
]
