"""Which paper counts, and papers as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.states import TRUSTED
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.states import SPECIFIC, ScopeKind


def version_for(
    *, payer_id: int, payee_id: int, role: str, scopes: Mapping[str, str], at: datetime
) -> AgreementVersion | None:
    """The terms in force when an order was paid, of the most specific paper that covers it.

    scopes: kind → key of the order, as `{"shop": "88", "product": "3719"}`. The same answer at any
    later time: a version that was in force once stays so for its days.
    """
    known = {ScopeKind.WHOLE.value: "", **scopes}
    rows = AgreementVersion.objects.in_force_on(clock.day_of(at)).filter(
        agreement__payer=payer_id, agreement__payee=payee_id, agreement__role=role
    )
    found = [
        row
        for row in rows.select_related("agreement")
        if known.get(row.agreement.scope_kind) == row.agreement.scope_key
    ]
    return max(found, key=lambda row: SPECIFIC[row.agreement.scope_kind], default=None)


def agreements_of(actor: Actor) -> QuerySet[Agreement]:
    """Each with the version that waits and the one in force today, as lists of at most one."""
    versions = AgreementVersion.objects
    return (
        Agreement.objects.visible_to(actor)
        .select_related("payer", "payee")
        .prefetch_related(
            Prefetch("versions", versions.open(), to_attr="waiting"),
            Prefetch("versions", versions.in_force_on(clock.today()), to_attr="holding"),
        )
    )


def proposable_parties(actor: Actor) -> QuerySet[Party]:
    """Whom a paper may be proposed to: listed ones, or those of one's sandbox."""
    world = actor.party.sandbox_of_id if actor.party is not None else None
    found = Party.objects.filter(sandbox_of=world, status__in=TRUSTED)
    return found if world else found.listed()
