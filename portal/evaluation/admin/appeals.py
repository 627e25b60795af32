"""The queue of appeals: one person examines, another one decides."""

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
from portal.evaluation.fields import Correction
from portal.evaluation.models import Appeal
from portal.evaluation.states import AppealOutcome, AppealStatus
from portal.parties.models import Party


class FindingForm(forms.Form):
    """What the first person found."""

    finding = forms.CharField(
        label=_("Finding"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Read by the second person, not by the party."),
    )
    proposed = forms.ChoiceField(
        label=_("Proposed outcome"), choices=AppealOutcome.choices, widget=forms.RadioSelect
    )


class DecisionForm(forms.Form):
    """The second person's answer; with corrected data, which row and what it should say."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=AppealOutcome.choices, widget=forms.RadioSelect
    )
    sentence = forms.CharField(
        label=_("Answer to the party"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fact = forms.IntegerField(
        label=_("Row to correct"),
        required=False,
        min_value=1,
        help_text=_("Its number in the list above; empty if it was corrected elsewhere."),
    )
    value = forms.FloatField(
        label=_("Right value"), required=False, help_text=_("Empty: the row is taken back.")
    )

    def correction(self) -> Correction | None:
        fact = self.cleaned_data.get("fact")
        return None if fact is None else Correction(fact, self.cleaned_data.get("value"))


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    """What is due first stands first."""

    list_display = ("look", "indicator", "status", "due_on", "examiner", "decider", "outcome")
    list_display_links = None
    list_filter = ("status", "outcome", "indicator")
    list_select_related = ("party", "examiner", "decider")
    search_fields = ("party__name", "indicator")
    ordering = ("due_on", "filed_at")
    exclude = ("evidence",)  # read on the page that answers it

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("party"), ordering="party__name")
    def look(self, appeal: Appeal) -> str:
        url = reverse("admin:evaluation_appeal_answer", args=[appeal.pk])
        return format_html('<a href="{}">{}</a>', url, appeal.party.name)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer)
        return [
            path("<uuid:pk>/answer/", view, name="evaluation_appeal_answer"),
            *super().get_urls(),
        ]

    def answer(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One appeal with the rows behind the number, and the next step."""
        if not request.user.has_perm("evaluation.decide_appeal"):
            raise PermissionDenied
        related = ("party__city", "rating__snapshot__method", "rating__service", "examiner")
        appeal = get_object_or_404(self.get_queryset(request).select_related(*related), pk=pk)
        is_filed = appeal.status == AppealStatus.FILED
        kind = FindingForm if is_filed else DecisionForm
        form = kind(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: _step(request, appeal, form))
        if done is not None:
            messages.success(request, _("Done."))
            return redirect("admin:evaluation_appeal_answer", pk=pk)
        verdict = (
            rules.can_examine_appeal(request.actor, appeal)
            if is_filed
            else rules.can_decide_appeal(request.actor, appeal)
        )
        context = self.admin_site.each_context(request) | {
            "title": appeal,
            "appeal": appeal,
            "facts": selectors.rows_behind(appeal),
            "papers": appeal.evidence.all(),
            "difference": selectors.difference_of(appeal),
            "form": form,
            "verdict": verdict,
            "trail": trail(appeal).select_related("user"),
            "opts": Appeal._meta,
        }
        return TemplateResponse(request, "admin/evaluation/appeal/answer.html", context)


def _step(request: HttpRequest, appeal: Appeal, form: Any) -> Appeal:
    data = form.cleaned_data
    if isinstance(form, FindingForm):
        return services.examine_rating_appeal(
            request.actor,
            appeal=appeal,
            finding=data["finding"],
            proposed=AppealOutcome(data["proposed"]),
        )
    return services.decide_rating_appeal(
        request.actor,
        appeal=appeal,
        outcome=AppealOutcome(data["outcome"]),
        sentence=data["sentence"],
        correction=form.correction(),
    )


@register_queue
def rating_appeals(request: HttpRequest) -> Queue | None:
    """What this person can move on: to be examined, or examined by somebody else."""
    if not request.user.has_perm("evaluation.decide_appeal"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = Appeal.objects.running().filter(party__in=mine).exclude(examiner=request.user.pk)
    return Queue(
        title=_("Appeals against ratings"),
        url=reverse("admin:evaluation_appeal_changelist") + "?status__exact=filed",
        **waiting_since(waiting, "filed_at", due="due_on"),
    )
