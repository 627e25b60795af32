from portal.parties.views.parties import (
    party_create,
    party_detail,
    party_edit,
    party_submission,
    party_switch,
    party_visibility,
    provider_detail,
)

__all__ = [
    "party_create",
    "party_detail",
    "party_edit",
    "party_submission",
    "party_switch",
    "party_visibility",
    "provider_detail",
]
