"""Papers that wait for this side's answer, or for its seal."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.revenue import rules
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors import unsealed_sides
from portal.revenue.states import ELSEWHERE, Side

MOST = 20
NAMED = tuple(
    f"agreement__{name}"
    for name in ("role", "scope_kind", "scope_key", "payer__name", "payee__name")
)


def agreement_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who sign for the party."""
    if actor.party is None or not rules.can_sign(actor):
        return
    yield from _to_answer(actor)
    yield from _to_seal(actor)


def _to_answer(actor: Actor) -> Iterator[Waiting]:
    ours = Q(agreement__payer=actor.party, proposed_by=Side.PAYEE)
    ours |= Q(agreement__payee=actor.party, proposed_by=Side.PAYER)
    waiting = AgreementVersion.objects.open().filter(ours, expires_at__gt=clock.now())
    waiting = waiting.exclude(agreement__scope_kind__in=ELSEWHERE)  # answered there
    waiting = waiting.order_by(F("expires_at"), "pk")[:MOST]
    yield Waiting(waiting, lambda version: _answer(actor, version), ("expires_at", *NAMED))


def _answer(actor: Actor, version: AgreementVersion) -> Todo:
    agreement = version.agreement
    return dated(
        clock.day_of(version.expires_at),
        title=_("Answer an agreement: %(subject)s") % {"subject": agreement.subject},
        detail=agreement.other_name(actor.party_id),
        url=agreement.get_absolute_url(),
        verb=_("Answer"),
    )


def _to_seal(actor: Actor) -> Iterator[Waiting]:
    """What both sides accepted and this one has not sealed yet."""
    waiting = AgreementVersion.objects.visible_to(actor).sealing()
    rows = waiting.filter(seal_due_at__gt=clock.now()).prefetch_related("seals")
    waiting = rows.order_by("seal_due_at", "pk")[:MOST]
    fields = ("seal_due_at", "document", *NAMED)
    yield Waiting(waiting, lambda version: _seal(actor, version), fields)


def _seal(actor: Actor, version: AgreementVersion) -> Todo | None:
    agreement = version.agreement
    sides = unsealed_sides(version)
    if version.seal_due_at is None or agreement.side_of(actor.party_id) not in sides:
        return None
    return dated(
        clock.day_of(version.seal_due_at),
        title=_("Seal an agreement: %(subject)s") % {"subject": agreement.subject},
        detail=agreement.other_name(actor.party_id),
        url=agreement.get_absolute_url(),
        verb=_("Seal"),
    )
