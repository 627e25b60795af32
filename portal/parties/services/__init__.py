from portal.parties.services.bulk import PartyLife, register_parties
from portal.parties.services.parties import (
    approve_party,
    hide_party,
    list_party,
    register_party,
    return_party,
    set_language,
    submit_party,
    tell_party,
    update_party,
)

__all__ = [
    "PartyLife",
    "approve_party",
    "hide_party",
    "list_party",
    "register_parties",
    "register_party",
    "return_party",
    "set_language",
    "submit_party",
    "tell_party",
    "update_party",
]
