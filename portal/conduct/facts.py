"""From a fact of the evaluation to the case or the corrective action behind it."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Case, CorrectiveAction
from portal.conduct.services.facts import OF_ACTION, OF_CASE
from portal.core.actor import Actor
from portal.evaluation.links import register_row_link


def _case_url(actor: Actor, ref_id: str) -> str | None:
    """The party's own page; of those who handle conduct, the desk's."""
    key = _uuid(ref_id)
    if actor.has_perm("conduct.view_case"):
        case = Case.objects.filter(public_id=key).first() if key else None
        return reverse("admin:conduct_case_lead", args=[case.pk]) if case else None
    own = Case.objects.visible_to(actor).filter(public_id=key).first() if key else None
    return own.get_absolute_url() if own else None


def _action_url(actor: Actor, ref_id: str) -> str | None:
    key = _uuid(ref_id)
    rows = CorrectiveAction.objects.select_related("case")
    if actor.has_perm("conduct.view_case"):
        action = rows.filter(pk=key).first() if key else None
        return reverse("admin:conduct_case_lead", args=[action.case_id]) if action else None
    own = rows.filter(case__in=Case.objects.visible_to(actor), pk=key).first() if key else None
    return own.get_absolute_url() if own else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


register_row_link(OF_CASE, _case_url, _("Case of conduct"))
register_row_link(OF_ACTION, _action_url, _("Corrective action"))
