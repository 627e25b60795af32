"""Operators: writing and leading rounds, and answering applications."""

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
from portal.parties.models import Party, User
from portal.recruitment import rules, selectors, services
from portal.recruitment.forms import RoundForm, initial_of_round
from portal.recruitment.models import Application, Round


class StepForm(forms.Form):
    """What becomes of a round."""

    step = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("publish", _("Publish and lead it")),
            ("close", _("Close it now")),
            ("cancel", _("Cancel it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("For a cancellation; the applicants read this sentence."),
    )


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    """Rounds with how they go."""

    list_display = ("look", "status", "opens_at", "closes_at", "lead", *("applied", "accepted"))
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("lead",)
    search_fields = ("title",)
    ordering = ("-closes_at",)
    change_list_template = "admin/recruitment/round/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return selectors.counted(super().get_queryset(request))

    @admin.display(description=_("recruitment round"), ordering="title")
    def look(self, round_: Round) -> str:
        url = reverse("admin:recruitment_round_steps", args=[round_.pk])
        return format_html('<a href="{}">{}</a>', url, round_)

    @admin.display(description=_("applied"))
    def applied(self, round_: Any) -> int:
        return int(round_.applied)

    @admin.display(description=_("accepted"))
    def accepted(self, round_: Any) -> int:
        return int(round_.accepted)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("write/", view(self.write), name="recruitment_round_write"),
            path("<int:pk>/write/", view(self.write), name="recruitment_round_edit"),
            path("<int:pk>/steps/", view(self.steps), name="recruitment_round_steps"),
            *super().get_urls(),
        ]

    def write(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """A new round, or a draft once more."""
        rules.can_manage_rounds(request.actor).require()
        round_ = get_object_or_404(Round, pk=pk) if pk else None
        form = RoundForm(
            request.POST if request.method == "POST" else None,
            initial=initial_of_round(round_) if round_ else None,
        )
        saved = submit(form, lambda: _save(request, round_, form))
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("admin:recruitment_round_steps", pk=saved.pk)
        context = self.admin_site.each_context(request) | {
            "title": round_ or _("New round"),
            "form": form,
            "opts": Round._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)

    def steps(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One round with its figures, and what becomes of it."""
        rules.can_manage_rounds(request.actor).require()
        rounds = self.get_queryset(request).prefetch_related("services", "categories")
        round_ = get_object_or_404(rounds, pk=pk)
        form = StepForm(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: _step(request, round_, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Done."))
            return redirect("admin:recruitment_round_steps", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": round_,
            "round": round_,
            "conditions": rules.conditions_of(round_, None),
            "form": form,
            "can_edit": rules.can_edit_round(request.actor, round_),
            "verdict": rules.can_cancel_round(request.actor, round_),
            "trail": trail(round_).select_related("user"),
            "opts": Round._meta,
        }
        return TemplateResponse(request, "admin/recruitment/round/steps.html", context)


def _save(request: HttpRequest, round_: Round | None, form: RoundForm) -> Round:
    if round_ is None:
        return services.create_round(request.actor, fields=form.round_fields())
    return services.update_round(request.actor, round_=round_, fields=form.round_fields())


def _step(request: HttpRequest, round_: Round, data: dict[str, Any]) -> Round:
    if data["step"] == "publish":
        return services.publish_round(request.actor, round_=round_)
    if data["step"] == "close":
        return services.close_round(request.actor, round_=round_)
    return services.cancel_round(request.actor, round_=round_, reason=data["reason"])


class AnswerForm(forms.Form):
    """What becomes of an application, or who looks after it."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("talk", _("Begin a talk")),
            ("accept", _("Accept")),
            ("refuse", _("Refuse")),
            ("support", _("Give it to somebody else")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The applicant reads this sentence."),
    )
    supporter = forms.ModelChoiceField(
        User.objects.filter(is_staff=True, is_active=True).order_by("name"),
        label=_("Who looks after it"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "support" and not data.get("supporter"):
            self.add_error("supporter", _("Please choose."))
        return data


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """Applications; the one that waits longest first."""

    list_display = ("look", "round", "status", "supporter", "submitted_at", "decided_at")
    list_display_links = None
    list_filter = ("status", "round")
    list_select_related = ("party", "round", "supporter")
    search_fields = ("party__name", "round__title")
    ordering = ("submitted_at",)
    exclude = ("papers",)  # read on the page that answers it

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("party"), ordering="party__name")
    def look(self, application: Application) -> str:
        url = reverse("admin:recruitment_application_answer", args=[application.pk])
        return format_html('<a href="{}">{}</a>', url, application.party.name)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer)
        return [
            path("<uuid:pk>/answer/", view, name="recruitment_application_answer"),
            *super().get_urls(),
        ]

    def answer(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One application with the conditions, the conversation, and the answer."""
        if not request.user.has_perm("recruitment.manage_round"):
            raise PermissionDenied
        related = ("party__city", "round", "ticket", "supporter")
        application = get_object_or_404(self.get_queryset(request).select_related(*related), pk=pk)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: _answer(request, application, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Done."))
            return redirect("admin:recruitment_application_answer", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": application,
            "application": application,
            "conditions": rules.conditions_of(application.round, application.party),
            "answers": list(zip(application.round.questions, application.answers, strict=False)),
            "papers": application.papers.all(),
            "form": form,
            "verdict": rules.can_answer_application(request.actor, application),
            "trail": trail(application).select_related("user"),
            "opts": Application._meta,
        }
        return TemplateResponse(request, "admin/recruitment/application/answer.html", context)


def _answer(request: HttpRequest, application: Application, data: dict[str, Any]) -> Application:
    actor, reason = request.actor, data["reason"]
    if data["decision"] == "talk":
        return services.talk_to_applicant(actor, application=application)
    if data["decision"] == "support":
        return services.support_application(
            actor, application=application, supporter=data["supporter"]
        )
    if data["decision"] == "accept":
        return services.accept_application(actor, application=application, reason=reason)
    return services.refuse_application(actor, application=application, reason=reason)


@register_queue
def applications_to_answer(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("recruitment.manage_round"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = Application.objects.running().filter(party__in=mine)
    return Queue(
        title=_("Applications to recruitment rounds"),
        url=reverse("admin:recruitment_application_changelist") + "?status__exact=submitted",
        **waiting_since(waiting, "submitted_at"),
    )
