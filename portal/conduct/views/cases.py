"""The accused party's side: reading the charge, being heard, appealing, putting things right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.conduct import forms, rules, selectors, services
from portal.conduct.models import Case, CorrectiveAction
from portal.core import clock
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_safe
def conduct_case_detail(request: PageRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _case(request, public_id))


@login_required
@require_POST
def conduct_case_statement(request: PageRequest, public_id: UUID) -> HttpResponse:
    """What the party says to the charge."""
    case = _case(request, public_id)
    form = forms.StatementForm(request.POST, request.FILES)
    said = submit(
        form,
        lambda: services.answer_case(
            request.actor, case=case, text=form.cleaned_data["text"], evidence=form.evidence()
        ),
    )
    if said is None:
        return _page(request, case, statement=form)
    messages.success(request, _("Sent. An operator decides, and tells you why."))
    return redirect(case)


@login_required
@require_POST
def conduct_case_appeal(request: PageRequest, public_id: UUID) -> HttpResponse:
    """Object to the decision."""
    case = _case(request, public_id)
    form = forms.AppealForm(request.POST, request.FILES)
    filed = submit(
        form,
        lambda: services.appeal_verdict(
            request.actor, case=case, text=form.cleaned_data["text"], evidence=form.evidence()
        ),
    )
    if filed is None:
        return _page(request, case, appeal=form)
    messages.success(request, _("Filed. Somebody who did not decide answers you."))
    return redirect(case)


@login_required
@require_POST
def conduct_appeal_withdrawal(request: PageRequest, public_id: UUID) -> HttpResponse:
    """Take the objection back."""
    case = services.withdraw_verdict_appeal(request.actor, case=_case(request, public_id))
    messages.success(request, _("Withdrawn. The decision is in force from now on."))
    return redirect(case)


@login_required
@require_POST
def corrective_action_evidence(request: PageRequest, pk: UUID) -> HttpResponse:
    """Say what was done, with evidence."""
    mine = CorrectiveAction.objects.visible_to(request.actor).select_related("case")
    action = get_object_or_404(mine, pk=pk)
    case = _case(request, action.case.public_id)
    form = forms.ProofForm(request.POST, request.FILES)
    done = submit(
        form,
        lambda: services.hand_in_action(
            request.actor, action=action, text=form.cleaned_data["text"], evidence=form.evidence()
        ),
    )
    if done is None:
        return _page(request, case, proof=(action.pk, form))
    messages.success(request, _("Handed in; an operator checks it."))
    return redirect(action)


def _case(request: PageRequest, public_id: UUID) -> Case:
    case = get_object_or_404(selectors.cases_of(request.actor), public_id=public_id)
    rules.can_read_case(request.actor, case).require()
    return case


def _page(
    request: PageRequest,
    case: Case,
    *,
    statement: forms.AnswerForm | None = None,
    appeal: forms.AnswerForm | None = None,
    proof: tuple[UUID, forms.AnswerForm] | None = None,
) -> HttpResponse:
    actor = request.actor
    context: dict[str, Any] = {
        "case": case,
        "now_points": case.points_at(clock.now()),
        "evidence": selectors.shown_evidence(case),
        "hearing": selectors.hearing_of(case),
        "decisions": selectors.decisions_of(case),
        "appeal": selectors.appeal_of(case),
        "measures": case.measures.order_by("-begun_at"),
        "can_answer": rules.can_answer_case(actor, case),
        "can_appeal": rules.can_appeal_verdict(actor, case),
        "can_withdraw": rules.can_withdraw_appeal(actor, case),
        "statement_form": statement or forms.StatementForm(),
        "appeal_form": appeal or forms.AppealForm(),
        "tasks": [_with_form(task, proof) for task in selectors.tasks_of(actor, case)],
        "trail": trail(case).select_related("user"),
    }
    return render_page(request, "conduct/case_detail.html", context)


def _with_form(
    task: selectors.Task, proof: tuple[UUID, forms.AnswerForm] | None
) -> tuple[selectors.Task, forms.AnswerForm]:
    """Each action has its own form; its fields carry the action's key, so that ids differ."""
    if proof is not None and proof[0] == task.action.pk:
        return task, proof[1]
    return task, forms.ProofForm(auto_id=f"id_{task.action.pk}_%s")
