"""Applications of two parties that become one."""

from __future__ import annotations

from portal.parties.merges import moves_by
from portal.parties.models import Party
from portal.recruitment.models import Application


@moves_by(Application, "party")
def move_applications(survivor: Party, absorbed: Party) -> None:
    """One a party and round: where both applied, the other one stays as history."""
    ours = Application.objects.filter(party=survivor).values("round")
    Application.objects.filter(party=absorbed).exclude(round__in=ours).update(party=survivor)
