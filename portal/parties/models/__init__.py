from portal.parties.models.accounts import AccountTerm, OwnedAccount, ProofReminder
from portal.parties.models.claims import (
    Claim,
    ClaimStatement,
)
from portal.parties.models.documents import (
    Document,
    ExpiryReminder,
)
from portal.parties.models.grants import (
    KeyGrant,
)
from portal.parties.models.identity import (
    ID_NUMBER,
    Guardian,
    RealName,
)
from portal.parties.models.keys import (
    ApiKey,
)
from portal.parties.models.listing import (
    Listing,
    ListingBefore,
    Reach,
    Standing,
)
from portal.parties.models.measures import (
    AppealDecision,
    PartyAppeal,
    Suspension,
)
from portal.parties.models.members import (
    Invitation,
    OwnershipOffer,
)
from portal.parties.models.offers import (
    OfferChange,
)
from portal.parties.models.onboarding import (
    PutAway,
)
from portal.parties.models.openings import (
    ShopOpening,
)
from portal.parties.models.party import (
    Membership,
    Party,
    PartyCategory,
    PartyQuerySet,
    ProviderProfile,
    in_world_of,
    regions_of,
)
from portal.parties.models.payouts import BANK_NUMBER, PayoutAccount, PayoutChange
from portal.parties.models.personal import (
    ErasureRequest,
)
from portal.parties.models.phones import (
    PhoneCode,
)
from portal.parties.models.pictures import (
    PartyPicture,
)
from portal.parties.models.portfolio import (
    CaseCheck,
    ClientCase,
    StaffCertificate,
    StaffMember,
)
from portal.parties.models.profiles import (
    AgencyProfile,
    Brand,
    MerchantProfile,
)
from portal.parties.models.ranks import Rank
from portal.parties.models.reference import (
    Belt,
    Category,
    CategoryMapping,
    City,
    CityYear,
    Region,
    ServiceType,
)
from portal.parties.models.requirements import (
    DocumentKind,
    DocumentRule,
    PermitRule,
)
from portal.parties.models.reviews import (
    ReviewAnswer,
)
from portal.parties.models.roster import (
    Departure,
    DepartureStatement,
    RosterEntry,
)
from portal.parties.models.scope import (
    MembershipScope,
    MembershipScopes,
    narrowed,
    pairs_seen,
    parties_seen_whole,
    sees_all,
)
from portal.parties.models.sessions import (
    SignIn,
)
from portal.parties.models.user import (
    StaffScope,
    User,
)
from portal.parties.models.viewing import (
    Viewing,
)

__all__ = [
    "BANK_NUMBER",
    "ID_NUMBER",
    "AccountTerm",
    "AgencyProfile",
    "ApiKey",
    "AppealDecision",
    "Belt",
    "Brand",
    "CaseCheck",
    "Category",
    "CategoryMapping",
    "City",
    "CityYear",
    "Claim",
    "ClaimStatement",
    "ClientCase",
    "Departure",
    "DepartureStatement",
    "Document",
    "DocumentKind",
    "DocumentRule",
    "ErasureRequest",
    "ExpiryReminder",
    "Guardian",
    "Invitation",
    "KeyGrant",
    "Listing",
    "ListingBefore",
    "Membership",
    "MembershipScope",
    "MembershipScopes",
    "MerchantProfile",
    "OfferChange",
    "OwnedAccount",
    "OwnershipOffer",
    "Party",
    "PartyAppeal",
    "PartyCategory",
    "PartyPicture",
    "PartyQuerySet",
    "PayoutAccount",
    "PayoutChange",
    "PermitRule",
    "PhoneCode",
    "ProofReminder",
    "ProviderProfile",
    "PutAway",
    "Rank",
    "Reach",
    "RealName",
    "Region",
    "ReviewAnswer",
    "RosterEntry",
    "ServiceType",
    "ShopOpening",
    "SignIn",
    "StaffCertificate",
    "StaffMember",
    "StaffScope",
    "Standing",
    "Suspension",
    "User",
    "Viewing",
    "in_world_of",
    "narrowed",
    "pairs_seen",
    "parties_seen_whole",
    "regions_of",
    "sees_all",
]
