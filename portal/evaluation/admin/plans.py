"""Improvement plans for the platform: drafting for a party, signing, checking what is handed in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.audit import trail
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.evaluation import rules, selectors, services
from portal.evaluation.forms import PlanForm
from portal.evaluation.models import Plan, PlanItem
from portal.evaluation.states import PlanSide, PlanStatus
from portal.parties.models import Party


class PartyPlanForm(PlanForm):
    """A plan drafted for a party."""

    party = forms.ModelChoiceField(
        Party.objects.filter(kind__in=rules.RATED_KINDS).order_by("name"), label=_("Party")
    )
    field_order = ("party", "title")


class PlanStepForm(forms.Form):
    """Signing or handing back; accepting or handing back what is handed in."""

    step = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    item = forms.ModelChoiceField(PlanItem.objects.none(), label=_("Item"), required=False)
    why = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("The party reads it.")
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = plan.items.filter(outcome="", handed_in_at__isnull=False)
        self.fields["step"] = forms.ChoiceField(
            label=_("Decision"),
            widget=forms.RadioSelect,
            choices=[
                ("sign", _("Sign it")),
                ("return", _("Hand the plan back")),
                ("withdraw", _("Withdraw it")),
                ("accept", _("The item is done")),
                ("hand_back", _("Hand the item back")),
            ],
        )
        self.fields["item"] = forms.ModelChoiceField(waiting, label=_("Item"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("step") in {"accept", "hand_back"} and data.get("item") is None:
            self.add_error("item", _("Please choose."))
        return data


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("look", "title", "side", "status", "created_at", "closed_at")
    list_display_links = None
    list_filter = ("status", "side")
    list_select_related = ("party",)
    search_fields = ("party__name", "title")
    ordering = ("-created_at",)
    change_list_template = "admin/evaluation/plan/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        """A party's own draft is its own until it has signed."""
        mine = Party.objects.in_scope_of(request.user)
        rows = super().get_queryset(request).filter(party__in=mine)
        return rows.exclude(status=PlanStatus.DRAFT, side=PlanSide.PARTY)

    @admin.display(description=_("party"), ordering="party__name")
    def look(self, plan: Plan) -> str:
        url = reverse("admin:evaluation_plan_steps", args=[plan.pk])
        return format_html('<a href="{}">{}</a>', url, plan.party.name)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("write/", view(self.write), name="evaluation_plan_write"),
            path("<uuid:pk>/steps/", view(self.steps), name="evaluation_plan_steps"),
            *super().get_urls(),
        ]

    def write(self, request: HttpRequest) -> HttpResponse:
        """A plan for a party, to be signed here first."""
        _require(request)
        choices = [*selectors.indicators_now("provider"), *selectors.indicators_now("agency")]
        form = PartyPlanForm(request.POST if request.method == "POST" else None, choices=choices)
        plan = submit(
            form,
            lambda: services.draft_plan(
                request.actor, party=form.cleaned_data["party"], fields=form.plan_fields()
            ),
        )
        if plan is not None:
            messages.success(request, _("Saved."))
            return redirect("admin:evaluation_plan_steps", pk=plan.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("New plan"),
            "form": form,
            "opts": Plan._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)

    def steps(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        _require(request)
        rows = self.get_queryset(request).select_related("party__city")
        plan = get_object_or_404(rows, pk=pk)
        form = PlanStepForm(request.POST if request.method == "POST" else None, plan=plan)
        done = submit(form, lambda: _step(request, plan, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Done."))
            return redirect("admin:evaluation_plan_steps", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": plan,
            "plan": plan,
            "items": plan.items.prefetch_related("evidence"),
            "form": form,
            "verdict": rules.may_check_for(request.actor, plan.party),
            "trail": trail(plan).select_related("user"),
            "opts": Plan._meta,
        }
        return TemplateResponse(request, "admin/evaluation/plan/steps.html", context)


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm("evaluation.sign_plan"):
        raise PermissionDenied


def _step(request: HttpRequest, plan: Plan, data: dict[str, Any]) -> object:
    actor, step = request.actor, data["step"]
    if step == "sign":
        return services.sign_plan(actor, plan=plan)
    if step == "return":
        return services.return_plan(actor, plan=plan, why=data["why"])
    if step == "withdraw":
        return services.withdraw_plan(actor, plan=plan)
    if step == "accept":
        return services.accept_item(actor, item=data["item"])
    return services.hand_back_item(actor, item=data["item"], why=data["why"])


@register_queue
def plans_to_sign(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("evaluation.sign_plan"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = Plan.objects.filter(party__in=mine, status=PlanStatus.PROPOSED, side=PlanSide.PARTY)
    return Queue(
        title=_("Improvement plans to sign"),
        url=reverse("admin:evaluation_plan_changelist") + "?status__exact=proposed",
        **waiting_since(waiting, "party_signed_at"),
    )


@register_queue
def plan_items_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("evaluation.sign_plan"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = PlanItem.objects.filter(
        plan__party__in=mine,
        plan__status=PlanStatus.AGREED,
        outcome="",
        handed_in_at__isnull=False,
    )
    return Queue(
        title=_("Items of improvement plans to check"),
        url=reverse("admin:evaluation_plan_changelist") + "?status__exact=agreed",
        **waiting_since(waiting, "handed_in_at", due="due_on"),
    )
