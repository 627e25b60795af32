from portal.parties.forms.members import InvitationForm
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

__all__ = [
    "FORM_NAMES",
    "OPEN_KINDS",
    "AgencyForm",
    "CreatorForm",
    "InvitationForm",
    "NameForm",
    "PartyForm",
    "ProviderForm",
    "form_for",
    "initial_of",
    "share_name",
]
