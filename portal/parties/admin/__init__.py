from portal.parties.admin.accounts import (
    AccountTermAdmin,
    OwnedAccountAdmin,
    PayoutAccountAdmin,
    PayoutChangeAdmin,
    PayoutCheckForm,
    accounts_to_check,
    payouts_to_confirm,
)
from portal.parties.admin.appeals import (
    JudgeForm,
    PartyAppealAdmin,
    appeals_to_judge,
)
from portal.parties.admin.cases import (
    CaseCheckForm,
    ClientCaseAdmin,
    cases_to_check,
)
from portal.parties.admin.claims import (
    ClaimAdmin,
    claims_to_decide,
)
from portal.parties.admin.documents import (
    CheckForm,
    DocumentAdmin,
    DocumentKindAdmin,
    DocumentRuleAdmin,
    PermitRuleAdmin,
    documents_to_check,
)
from portal.parties.admin.keys import (
    ApiKeyAdmin,
    KeyGrantAdmin,
)
from portal.parties.admin.measures import (
    SuspensionAdmin,
    SuspensionForm,
)
from portal.parties.admin.members import (
    InvitationAdmin,
    OwnershipOfferAdmin,
)
from portal.parties.admin.merging import (
    MergeForm,
    OtherForm,
    merge_party,
)
from portal.parties.admin.openings import (
    ShopOpeningAdmin,
    openings_to_check,
)
from portal.parties.admin.parties import (
    BeltAdmin,
    CategoryAdmin,
    CategoryMappingAdmin,
    CityAdmin,
    CityYearAdmin,
    MembershipInline,
    PartyAdmin,
    ReferenceAdmin,
    RegionAdmin,
    ReviewForm,
    ServiceTypeAdmin,
    waiting_applications,
)
from portal.parties.admin.people import (
    StaffForm,
    StaffScopeAdmin,
    UserAdmin,
)
from portal.parties.admin.personal import (
    ErasureRequestAdmin,
    RevealForm,
    deletion_requests,
)
from portal.parties.admin.persons import (
    NameCheckForm,
    RealNameAdmin,
    names_to_check,
)
from portal.parties.admin.roster import (
    DepartureAdmin,
    RosterEntryAdmin,
    contested_departures,
)
from portal.parties.admin.viewing import (
    ViewingAdmin,
    ViewingForm,
    view_as,
)

__all__ = [
    "AccountTermAdmin",
    "ApiKeyAdmin",
    "BeltAdmin",
    "CaseCheckForm",
    "CategoryAdmin",
    "CategoryMappingAdmin",
    "CheckForm",
    "CityAdmin",
    "CityYearAdmin",
    "ClaimAdmin",
    "ClientCaseAdmin",
    "DepartureAdmin",
    "DocumentAdmin",
    "DocumentKindAdmin",
    "DocumentRuleAdmin",
    "ErasureRequestAdmin",
    "InvitationAdmin",
    "JudgeForm",
    "KeyGrantAdmin",
    "MembershipInline",
    "MergeForm",
    "NameCheckForm",
    "OtherForm",
    "OwnedAccountAdmin",
    "OwnershipOfferAdmin",
    "PartyAdmin",
    "PartyAppealAdmin",
    "PayoutAccountAdmin",
    "PayoutChangeAdmin",
    "PayoutCheckForm",
    "PermitRuleAdmin",
    "RealNameAdmin",
    "ReferenceAdmin",
    "RegionAdmin",
    "RevealForm",
    "ReviewForm",
    "RosterEntryAdmin",
    "ServiceTypeAdmin",
    "ShopOpeningAdmin",
    "StaffForm",
    "StaffScopeAdmin",
    "SuspensionAdmin",
    "SuspensionForm",
    "UserAdmin",
    "ViewingAdmin",
    "ViewingForm",
    "accounts_to_check",
    "appeals_to_judge",
    "cases_to_check",
    "claims_to_decide",
    "contested_departures",
    "deletion_requests",
    "documents_to_check",
    "merge_party",
    "names_to_check",
    "openings_to_check",
    "payouts_to_confirm",
    "view_as",
    "waiting_applications",
]
