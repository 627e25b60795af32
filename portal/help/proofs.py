"""How somebody who is not signed in shows that a ticket is theirs: a signed link from their mail,
kept in their session once opened."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from portal.help.models import Ticket

SALT = "help.ticket"
GOOD_FOR = timedelta(days=180)


def proof_of(ticket: Ticket) -> str:
    return signing.dumps(str(ticket.public_id), salt=SALT)


def proven_id(proof: str) -> str:
    """The ticket's public id, or "" for a forged or old proof."""
    try:
        return str(signing.loads(proof, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return ""
