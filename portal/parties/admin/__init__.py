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
    "MembershipInline",
    "PartyAdmin",
    "ReferenceAdmin",
    "ReviewForm",
    "ServiceTypeAdmin",
    "StaffForm",
    "StaffScopeAdmin",
    "UserAdmin",
    "waiting_applications",
]
