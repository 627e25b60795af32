"""From a fact to the item of an improvement plan behind it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Plan, PlanItem


def _item_url(actor: Actor, ref_id: str) -> str | None:
    """The party's own plan; operators have theirs in the admin."""
    try:
        key = UUID(ref_id)
    except ValueError:
        return None
    mine = Plan.objects.visible_to(actor).filter(party=actor.party_id)
    item = PlanItem.objects.filter(pk=key, plan__in=mine).select_related("plan").first()
    return item.plan.get_absolute_url() if item else None


register_row_link("evaluation.planitem", _item_url, _("Item of an improvement plan"))
