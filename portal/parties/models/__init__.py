from portal.parties.models.keys import ApiKey
from portal.parties.models.listing import (
    Listing,
    Standing,
)
from portal.parties.models.members import (
    Invitation,
    OwnershipOffer,
)
from portal.parties.models.offers import (
    OfferChange,
)
from portal.parties.models.onboarding import PutAway
from portal.parties.models.party import (
    Membership,
    Party,
    PartyCategory,
    ProviderProfile,
    regions_of,
)
from portal.parties.models.personal import ErasureRequest
from portal.parties.models.phones import PhoneCode
from portal.parties.models.reference import (
    Belt,
    Category,
    CategoryMapping,
    City,
    CityYear,
    ServiceType,
)
from portal.parties.models.roster import (
    Departure,
    DepartureStatement,
    RosterEntry,
)
from portal.parties.models.scope import (
    MembershipScope,
    pairs_seen,
    parties_seen_whole,
)
from portal.parties.models.sessions import SignIn
from portal.parties.models.user import (
    StaffScope,
    User,
)

__all__ = [
    "ApiKey",
    "Belt",
    "Category",
    "CategoryMapping",
    "City",
    "CityYear",
    "Departure",
    "DepartureStatement",
    "ErasureRequest",
    "Invitation",
    "Listing",
    "Membership",
    "MembershipScope",
    "OfferChange",
    "OwnershipOffer",
    "Party",
    "PartyCategory",
    "PhoneCode",
    "ProviderProfile",
    "PutAway",
    "RosterEntry",
    "ServiceType",
    "SignIn",
    "StaffScope",
    "Standing",
    "User",
    "pairs_seen",
    "parties_seen_whole",
    "regions_of",
]
