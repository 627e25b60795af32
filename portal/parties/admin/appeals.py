"""Operators: judging the appeals of parties."""

from __future__ import annotations

import uuid

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
from portal.parties import rules, services
from portal.parties.models import Party, PartyAppeal
from portal.parties.states import AppealOutcome


class JudgeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=AppealOutcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this sentence."),
    )


@admin.register(PartyAppeal)
class PartyAppealAdmin(ReadOnlyAdmin):
    """Appeals; the one that is due first."""

    list_display = ("look", "status", "filed_at", "due_on", "first_reviewer")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("party", "first_reviewer")
    search_fields = ("party__name",)
    ordering = ("due_on", "filed_at")
    exclude = ("evidence",)  # read on the page that judges it

    def get_queryset(self, request: HttpRequest) -> QuerySet[PartyAppeal]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("appeal"), ordering="party")
    def look(self, appeal: PartyAppeal) -> str:
        url = reverse("admin:parties_partyappeal_judge", args=[appeal.pk])
        return format_html('<a href="{}">{}</a>', url, appeal)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.judge)
        return [
            path("<uuid:pk>/judge/", view, name="parties_partyappeal_judge"),
            *super().get_urls(),
        ]

    def judge(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One appeal with the decision it is about, and the answer."""
        if not request.user.has_perm("parties.decide_partyappeal"):
            raise PermissionDenied
        related = ("party__city", "document__kind", "first_reviewer", "decision__by")
        appeal = get_object_or_404(self.get_queryset(request).select_related(*related), pk=pk)
        form = JudgeForm(request.POST if request.method == "POST" else None)
        done = submit(
            form,
            lambda: services.judge_appeal(
                request.actor,
                appeal=appeal,
                outcome=AppealOutcome(form.cleaned_data["outcome"]),
                reason=form.cleaned_data["reason"],
            ),
        )
        if done is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Appeal of %(name)s") % {"name": appeal.party.name},
            "appeal": appeal,
            "is_late": rules.is_late(appeal),
            "decision": getattr(appeal, "decision", None),
            "evidence": appeal.evidence.all(),
            "form": form,
            "verdict": rules.can_judge_appeal(request.actor, appeal),
            "trail": trail(appeal).select_related("user"),
            "opts": PartyAppeal._meta,
        }
        return TemplateResponse(request, "admin/parties/partyappeal/judge.html", context)


@register_queue
def appeals_to_judge(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.decide_partyappeal"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = PartyAppeal.objects.waiting().filter(party__in=mine)
    return Queue(
        title=_("Appeals to judge"),
        url=reverse("admin:parties_partyappeal_changelist") + "?status__exact=filed",
        **waiting_since(waiting, "filed_at", due="due_on"),
    )
