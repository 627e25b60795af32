from portal.parties.admin.members import InvitationAdmin, OwnershipOfferAdmin
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

__all__ = [
    "CategoryAdmin",
    "CityAdmin",
    "CityYearAdmin",
    "InvitationAdmin",
    "MembershipInline",
    "OwnershipOfferAdmin",
    "PartyAdmin",
    "ReferenceAdmin",
    "ReviewForm",
    "ServiceTypeAdmin",
    "StaffForm",
    "StaffScopeAdmin",
    "UserAdmin",
    "waiting_applications",
]
