from portal.parties.admin.members import (
    InvitationAdmin,
    OwnershipOfferAdmin,
)
from portal.parties.admin.parties import (
    CategoryAdmin,
    CityAdmin,
    CityYearAdmin,
    MembershipInline,
    PartyAdmin,
    ReferenceAdmin,
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
    "CategoryAdmin",
    "CityAdmin",
    "CityYearAdmin",
    "DepartureAdmin",
    "InvitationAdmin",
    "MembershipInline",
    "OwnershipOfferAdmin",
    "PartyAdmin",
    "ReferenceAdmin",
    "ReviewForm",
    "RosterEntryAdmin",
    "ServiceTypeAdmin",
    "StaffForm",
    "StaffScopeAdmin",
    "UserAdmin",
    "contested_departures",
    "waiting_applications",
]
