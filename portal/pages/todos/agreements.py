"""Papers that wait for this side's answer, or for its seal."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, dated
from portal.revenue import rules
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors import unsealed_sides
from portal.revenue.states import ELSEWHERE, Side

MOST = 20


def agreement_todos(actor: Actor) -> Iterator[Todo]:
    """For those who sign for the party."""
    if actor.party is None or not rules.can_sign(actor):
        return
    yield from _to_answer(actor)
    yield from _to_seal(actor)


def _to_answer(actor: Actor) -> Iterator[Todo]:
    ours = Q(agreement__payer=actor.party, proposed_by=Side.PAYEE)
    ours |= Q(agreement__payee=actor.party, proposed_by=Side.PAYER)
    waiting = AgreementVersion.objects.open().filter(ours, expires_at__gt=clock.now())
    waiting = waiting.exclude(agreement__scope_kind__in=ELSEWHERE)  # answered there
    rows = waiting.select_related("agreement__payer", "agreement__payee")
    for version in rows.order_by(F("expires_at"), "pk")[:MOST]:
        agreement = version.agreement
        yield dated(
            clock.day_of(version.expires_at),
            title=_("Answer an agreement: %(subject)s") % {"subject": agreement.subject},
            detail=agreement.other_name(actor.party_id),
            url=agreement.get_absolute_url(),
            verb=_("Answer"),
        )


def _to_seal(actor: Actor) -> Iterator[Todo]:
    """What both sides accepted and this one has not sealed yet."""
    waiting = AgreementVersion.objects.visible_to(actor).sealing()
    rows = waiting.filter(seal_due_at__gt=clock.now()).prefetch_related("seals")
    rows = rows.select_related("agreement__payer", "agreement__payee")
    for version in rows.order_by("seal_due_at", "pk")[:MOST]:
        agreement = version.agreement
        if version.seal_due_at and agreement.side_of(actor.party_id) in unsealed_sides(version):
            yield dated(
                clock.day_of(version.seal_due_at),
                title=_("Seal an agreement: %(subject)s") % {"subject": agreement.subject},
                detail=agreement.other_name(actor.party_id),
                url=agreement.get_absolute_url(),
                verb=_("Seal"),
            )
