from portal.parties.admin.members import (
    InvitationAdmin,
    OwnershipOfferAdmin,
)
from portal.parties.admin.parties import (
    BeltAdmin,
    CategoryAdmin,
    CategoryMappingAdmin,
    CityAdmin,
    CityYearAdmin,
    MembershipInline,
    PartyAdmin,
    ReviewForm,
    ServiceTypeAdmin,
    StaffForm,
    StaffScopeAdmin,
    UserAdmin,
    waiting_applications,
)
from portal.parties.admin.roster import (
    DepartureAdmin,
    RosterEntryAdmin,
    contested_departures,
)

__all__ = [
    "BeltAdmin",
    "CategoryAdmin",
    "CategoryMappingAdmin",
    "CityAdmin",
    "CityYearAdmin",
    "DepartureAdmin",
    "InvitationAdmin",
    "MembershipInline",
    "OwnershipOfferAdmin",
    "PartyAdmin",
    "ReviewForm",
    "RosterEntryAdmin",
    "ServiceTypeAdmin",
    "StaffForm",
    "StaffScopeAdmin",
    "UserAdmin",
    "contested_departures",
    "waiting_applications",
]
