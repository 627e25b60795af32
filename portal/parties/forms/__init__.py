from portal.parties.forms.accounts import (
    OwnedForm,
    PayoutForm,
    PayoutRefusalForm,
    ScreenshotForm,
)
from portal.parties.forms.appeals import (
    AppealForm,
)
from portal.parties.forms.claims import (
    ClaimAnswerForm,
    ClaimForm,
)
from portal.parties.forms.documents import (
    DocumentForm,
    RealNameForm,
    initial_of_real_name,
)
from portal.parties.forms.keys import (
    GrantForm,
    KeyForm,
)
from portal.parties.forms.members import (
    InvitationForm,
)
from portal.parties.forms.openings import (
    OpeningForm,
)
from portal.parties.forms.parties import (
    FORM_NAMES,
    AgencyForm,
    CreatorForm,
    NameForm,
    PartyForm,
    ProviderForm,
    form_for,
    initial_of,
    share_name,
)
from portal.parties.forms.phones import (
    CodeForm,
    PersonForm,
    PhoneForm,
)
from portal.parties.forms.pictures import (
    PictureForm,
)
from portal.parties.forms.places import CitiesField, CityField
from portal.parties.forms.portfolio import (
    ClientCaseForm,
    StaffForm,
    initial_of_case,
    initial_of_staff,
)
from portal.parties.forms.profiles import (
    AgencyHouseForm,
    MerchantForm,
    brands_in,
    initial_of_profile,
)
from portal.parties.forms.roster import (
    DecisionForm,
    DepartureForm,
    RosterForm,
    StatementForm,
)
from portal.parties.forms.scopes import (
    ScopeForm,
)

__all__ = [
    "FORM_NAMES",
    "AgencyForm",
    "AgencyHouseForm",
    "AppealForm",
    "CitiesField",
    "CityField",
    "ClaimAnswerForm",
    "ClaimForm",
    "ClientCaseForm",
    "CodeForm",
    "CreatorForm",
    "DecisionForm",
    "DepartureForm",
    "DocumentForm",
    "GrantForm",
    "InvitationForm",
    "KeyForm",
    "MerchantForm",
    "NameForm",
    "OpeningForm",
    "OwnedForm",
    "PartyForm",
    "PayoutForm",
    "PayoutRefusalForm",
    "PersonForm",
    "PhoneForm",
    "PictureForm",
    "ProviderForm",
    "RealNameForm",
    "RosterForm",
    "ScopeForm",
    "ScreenshotForm",
    "StaffForm",
    "StatementForm",
    "brands_in",
    "form_for",
    "initial_of",
    "initial_of_case",
    "initial_of_profile",
    "initial_of_real_name",
    "initial_of_staff",
    "share_name",
]
