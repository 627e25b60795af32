"""What moves of deposits are called in the books, and where they lead."""

from __future__ import annotations

from django.urls import reverse

from matchmaking.catalogue.states import DEPOSIT_CAUSE, MoveKind
from portal.ledger.causes import Cause, register_cause


def title_of(part: str) -> str:
    return str(MoveKind(part).label)


def address_of(cause_id: str) -> str:
    return reverse("gate_detail")


register_cause(DEPOSIT_CAUSE, Cause(part=title_of, address=address_of))
