"""Which decision an appeal is about, and what a party's pages show of measures and appeals."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.core.web import whole_number
from portal.parties.models import Document, Party, PartyAppeal, ReviewAnswer, Suspension
from portal.parties.rules import Appealed
from portal.parties.states import PartyStatus, ReviewOutcome

MOST_APPEALS = 20


def appealable(party: Party, about: str, key: str) -> Appealed:
    """A decision about this party by its kind (refusal, suspension, document) and key."""
    if about == "refusal":
        refusals = ReviewAnswer.objects.filter(party=party, outcome=ReviewOutcome.REFUSED)
        return get_object_or_404(refusals, pk=whole_number(key))
    if about == "suspension":
        return get_object_or_404(Suspension, party=party, pk=whole_number(key))
    if about == "document":
        try:
            return get_object_or_404(Document, party=party, pk=uuid.UUID(key))
        except ValueError as error:
            raise Http404 from error
    raise Http404


def open_suspension(party: Party) -> Suspension | None:
    if party.status != PartyStatus.SUSPENDED:
        return None
    return Suspension.objects.filter(party=party, lifted_at__isnull=True).first()


def standing_decision(party: Party) -> tuple[str, ReviewAnswer | Suspension] | None:
    """What keeps the party from working, as an appeal names it: its kind, and the decision."""
    if (suspension := open_suspension(party)) is not None:
        return "suspension", suspension
    if party.status == PartyStatus.REFUSED:
        last = ReviewAnswer.objects.filter(party=party).order_by("-at", "-pk").first()
        return ("refusal", last) if last is not None else None
    return None


def appeals_of(party: Party) -> QuerySet[PartyAppeal]:
    """The newest first."""
    appeals = PartyAppeal.objects.filter(party=party)
    return appeals.select_related("document__kind").order_by("-filed_at")[:MOST_APPEALS]
