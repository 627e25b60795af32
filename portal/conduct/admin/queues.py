"""What waits for those who handle conduct."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Case, CorrectiveAction
from portal.conduct.states import ActionStatus, CaseStatus
from portal.core.operators import Queue, register_queue, waiting_since
from portal.parties.models import Party


@register_queue
def reports_to_look_at(request: HttpRequest) -> Queue | None:
    return _cases(request, CaseStatus.REPORTED, _("Reports of conduct to look at"))


@register_queue
def cases_to_decide(request: HttpRequest) -> Queue | None:
    return _cases(request, CaseStatus.HEARD, _("Cases of conduct to decide"))


@register_queue
def appeals_to_judge(request: HttpRequest) -> Queue | None:
    return _cases(request, CaseStatus.APPEALED, _("Appeals in cases of conduct"))


@register_queue
def actions_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("conduct.decide_case"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = CorrectiveAction.objects.filter(status=ActionStatus.HANDED_IN, case__party__in=mine)
    address = reverse("admin:conduct_correctiveaction_changelist")
    return Queue(
        title=_("Corrective actions to check"),
        url=f"{address}?status__exact={ActionStatus.HANDED_IN}",
        **waiting_since(waiting, "handed_in_at"),
    )


def _cases(request: HttpRequest, status: CaseStatus, title: str | Promise) -> Queue | None:
    if not request.user.has_perm("conduct.decide_case"):
        return None
    waiting = Case.objects.filter(status=status, party__in=Party.objects.in_scope_of(request.user))
    found = waiting_since(waiting, "changed_at", due="due_on")
    address = reverse("admin:conduct_case_changelist")
    return Queue(title=title, url=f"{address}?status__exact={status}", **found)
