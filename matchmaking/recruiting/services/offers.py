"""How a version of the terms comes to be: appended, and carried on the application's row."""

from __future__ import annotations

from matchmaking.recruiting.models import Application, Offer
from matchmaking.recruiting.states import Side
from portal.core import clock
from portal.core.actor import Actor


def append_offer(
    actor: Actor,
    application: Application,
    side: Side,
    *,
    note: str | None = None,
    agrees_to: int | None = None,
) -> Offer:
    """The application's terms as the version its row names."""
    return Offer.objects.create(
        application=application,
        number=application.version,
        side=side,
        agrees_to=agrees_to,
        commission_bp=application.commission_bp,
        samples=application.samples,
        note=application.note if note is None else note,
        by=actor.user,
        at=clock.now(),
    )
