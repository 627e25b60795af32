from portal.parties.forms.members import (
    InvitationForm,
)
from portal.parties.forms.parties import (
    FORM_NAMES,
    OPEN_KINDS,
    AgencyForm,
    CreatorForm,
    NameForm,
    PartyForm,
    ProviderForm,
    form_for,
    initial_of,
    share_name,
)
from portal.parties.forms.roster import (
    DecisionForm,
    DepartureForm,
    RosterForm,
    StatementForm,
)

__all__ = [
    "FORM_NAMES",
    "OPEN_KINDS",
    "AgencyForm",
    "CreatorForm",
    "DecisionForm",
    "DepartureForm",
    "InvitationForm",
    "NameForm",
    "PartyForm",
    "ProviderForm",
    "RosterForm",
    "StatementForm",
    "form_for",
    "initial_of",
    "share_name",
]
