"""Papers that wait for this side's answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, dated
from portal.parties.states import MANAGING
from portal.revenue.models import AgreementVersion
from portal.revenue.states import Side

MOST = 20


def agreement_todos(actor: Actor) -> Iterator[Todo]:
    """For those who sign for the party."""
    if actor.party is None or actor.role not in MANAGING:
        return
    ours = Q(agreement__payer=actor.party, proposed_by=Side.PAYEE)
    ours |= Q(agreement__payee=actor.party, proposed_by=Side.PAYER)
    waiting = AgreementVersion.objects.open().filter(ours, expires_at__gt=clock.now())
    rows = waiting.select_related("agreement__payer", "agreement__payee")
    for version in rows.order_by(F("expires_at"), "pk")[:MOST]:
        agreement = version.agreement
        yield dated(
            clock.day_of(version.expires_at),
            title=_("Answer an agreement: %(subject)s") % {"subject": agreement.subject},
            detail=agreement.other_side(actor.party_id).name,
            url=agreement.get_absolute_url(),
            verb=_("Answer"),
        )
