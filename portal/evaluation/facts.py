"""From a fact to what is behind it here: the item of a plan, an official rating."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Plan, PlanItem, Snapshot


def _item_url(actor: Actor, ref_id: str) -> str | None:
    """The party's own plan; operators have theirs in the admin."""
    try:
        key = UUID(ref_id)
    except ValueError:
        return None
    mine = Plan.objects.visible_to(actor).filter(party=actor.party_id)
    item = PlanItem.objects.filter(pk=key, plan__in=mine).select_related("plan").first()
    return item.plan.get_absolute_url() if item else None


def _rating_url(actor: Actor, ref_id: str) -> str | None:
    """The party's own rating of that quarter."""
    period, _colon, service = ref_id.partition(":")
    code = actor.party.kind if actor.party else ""
    snapshot = Snapshot.objects.official(code).filter(period=period).first()
    if snapshot is None:
        return None
    return f"{reverse('evaluation_detail')}?snapshot={snapshot.pk}&service={service}"


register_row_link("evaluation.official", _rating_url, _("Official rating"))
register_row_link("evaluation.planitem", _item_url, _("Item of an improvement plan"))
