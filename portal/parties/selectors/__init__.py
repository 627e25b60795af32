from portal.parties.selectors.members import (
    Member,
    invitations_for,
    members_of,
    open_invitations,
    open_offer,
)
from portal.parties.selectors.parties import whole_parties

__all__ = [
    "Member",
    "invitations_for",
    "members_of",
    "open_invitations",
    "open_offer",
    "whole_parties",
]
