"""What an operator may do with a case, step by step: each with its form, its rule, its service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.conduct import forms, rules, services
from portal.conduct.models import Case, CorrectiveAction, Measure
from portal.conduct.states import MeasureKind, Outcome
from portal.core.actor import Actor
from portal.core.verdict import Verdict

Form = django_forms.Form


@dataclass(frozen=True)
class Step:
    """One thing to do: `name` is posted with its form."""

    name: str
    title: str | Promise
    form: Form
    verdict: Verdict
    act: Callable[[], object]


def steps_of(request: HttpRequest, case: Case) -> list[Step]:
    """The steps this case may take now, with the form of the one that was sent bound."""
    found = [
        *_of_case(request, case),
        *(_of_action(request, action) for action in case.actions.filter(closed_at__isnull=True)),
        *(_of_measure(request, measure) for measure in case.measures.running()),
    ]
    return [step for step in found if step.verdict.status != 409]


def _of_case(request: HttpRequest, case: Case) -> list[Step]:
    actor = request.actor
    notify = forms.NotifyForm(case, _sent(request, "notify"), prefix="notify")
    confirm = forms.ReasonForm(_sent(request, "confirm"), prefix="confirm")
    dismiss = forms.ReasonForm(_sent(request, "dismiss"), prefix="dismiss")
    judge = forms.JudgeForm(_sent(request, "judge"), prefix="judge")
    ask = forms.ActionForm(_sent(request, "ask"), prefix="ask")
    impose = forms.MeasureForm(_sent(request, "impose"), prefix="impose")
    return [
        Step(
            "notify",
            _("Tell the party, and hear it"),
            notify,
            rules.can_notify_case(actor, case),
            lambda: _notify(actor, case, notify.cleaned_data),
        ),
        Step(
            "confirm",
            _("The rule was violated"),
            confirm,
            rules.can_confirm_case(actor, case),
            lambda: services.confirm_case(actor, case=case, **confirm.cleaned_data),
        ),
        Step(
            "dismiss",
            _("Dismiss the case"),
            dismiss,
            rules.can_dismiss_case(actor, case),
            lambda: services.dismiss_case(actor, case=case, **dismiss.cleaned_data),
        ),
        Step(
            "judge",
            _("Answer the appeal"),
            judge,
            rules.can_judge_verdict(actor, case),
            lambda: services.judge_verdict(
                actor,
                case=case,
                outcome=Outcome(judge.cleaned_data["outcome"]),
                reason=judge.cleaned_data["reason"],
            ),
        ),
        Step(
            "ask",
            _("Ask for a corrective action"),
            ask,
            rules.can_ask_action(actor, case),
            lambda: services.ask_action(actor, case=case, fields=ask.action()),
        ),
        Step(
            "impose",
            _("Take a measure"),
            impose,
            rules.can_take_measures(actor, case),
            lambda: services.impose_measure(
                actor,
                case=case,
                kind=MeasureKind(impose.cleaned_data["kind"]),
                reason=impose.cleaned_data["reason"],
                until=impose.until(),
            ),
        ),
    ]


def _of_action(request: HttpRequest, action: CorrectiveAction) -> Step:
    name = f"action-{action.pk}"
    form = forms.CheckForm(_sent(request, name), prefix=name)
    return Step(
        name,
        _("Corrective action: %(title)s") % {"title": action.title},
        form,
        rules.may_lead(request.actor, action.case),
        lambda: _check(request.actor, action, form.cleaned_data),
    )


def _of_measure(request: HttpRequest, measure: Measure) -> Step:
    name = f"measure-{measure.pk}"
    form = forms.ReasonForm(_sent(request, name), prefix=name)
    return Step(
        name,
        _("End the measure: %(measure)s") % {"measure": measure},
        form,
        rules.can_end_measure(request.actor, measure),
        lambda: services.end_measure(request.actor, measure=measure, **form.cleaned_data),
    )


def _notify(actor: Actor, case: Case, data: dict[str, Any]) -> Case:
    shown = [file.pk for file in data["evidence"]]
    return services.notify_case(
        actor, case=case, charge=data["charge"], rule=data["rule"], evidence=shown
    )


def _check(actor: Actor, action: CorrectiveAction, data: dict[str, Any]) -> CorrectiveAction:
    finding, reason = data["finding"], data["reason"]
    if finding == "extend":
        return services.extend_action(actor, action=action, due_on=data["due_on"], reason=reason)
    service = {
        "done": services.accept_action,
        "return": services.return_action,
        "fail": services.fail_action,
    }[finding]
    return service(actor, action=action, reason=reason)


def _sent(request: HttpRequest, name: str) -> QueryDict | None:
    """The data, if it is this step that was sent."""
    is_this = request.method == "POST" and request.POST.get("step") == name
    return request.POST if is_this else None
