"""Operators answer applications and decide objections; the first deadline first."""

from __future__ import annotations

import uuid

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
from portal.parties.models import Party
from portal.tiers import rules, selectors, services
from portal.tiers.forms import AnswerForm, DecisionForm
from portal.tiers.models import StarAppeal, StarApplication


@admin.register(StarApplication)
class StarApplicationAdmin(ReadOnlyAdmin):
    list_display = ("look", "stars", "status", "due_on", "submitted_at", "reviewer", "reviewed_at")
    list_display_links = None
    list_filter = ("status", "stars", "review__year", "review__quarter")
    list_select_related = ("review__party", "reviewer")
    search_fields = ("review__party__name",)
    ordering = ("due_on", "pk")
    exclude = ("evidence",)  # read on the page that answers it

    def get_queryset(self, request: HttpRequest) -> QuerySet[StarApplication]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(review__party__in=mine)

    @admin.display(description=_("agency"), ordering="review__party__name")
    def look(self, application: StarApplication) -> str:
        url = reverse("admin:tiers_starapplication_answer", args=[application.pk])
        name, quarter = application.review.party.name, application.review.of_quarter
        return format_html('<a href="{}">{} · {}</a>', url, name, quarter)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer)
        return [
            path("<uuid:pk>/answer/", view, name="tiers_starapplication_answer"),
            *super().get_urls(),
        ]

    def answer(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """The known numbers, what is claimed with its files, and the answer."""
        if not request.user.has_perm("tiers.review_starapplication"):
            raise PermissionDenied
        application = get_object_or_404(self.get_queryset(request).whole(), pk=pk)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if submit(form, lambda: _answer(request, application, form)) is not None:
            messages.success(request, _("Done."))
            return redirect("admin:tiers_starapplication_answer", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": f"{application.review.party.name} · {application.review.of_quarter}",
            "application": application,
            "review": application.review,
            "bars": selectors.bars_of(application.review, application.stars),
            "files": application.evidence.all(),
            "form": form,
            "verdict": rules.can_review_application(request.actor, application),
            "trail": trail(application).select_related("user"),
            "opts": StarApplication._meta,
        }
        return TemplateResponse(request, "admin/tiers/application.html", context)


def _answer(request: HttpRequest, application: StarApplication, form: AnswerForm) -> object:
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["decision"] == "refuse":
        return services.refuse_star(request.actor, application=application, reason=reason)
    return services.grant_star(
        request.actor, application=application, reason=reason, accepted=form.accepted()
    )


@admin.register(StarAppeal)
class StarAppealAdmin(ReadOnlyAdmin):
    list_display = ("look", "status", "due_on", "filed_at", "first", "decider", "decided_at")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("review__party", "first", "decider")
    search_fields = ("review__party__name",)
    ordering = ("due_on", "pk")
    exclude = ("evidence",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StarAppeal]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(review__party__in=mine)

    @admin.display(description=_("agency"), ordering="review__party__name")
    def look(self, appeal: StarAppeal) -> str:
        url = reverse("admin:tiers_starappeal_answer", args=[appeal.pk])
        name, quarter = appeal.review.party.name, appeal.review.of_quarter
        return format_html('<a href="{}">{} · {}</a>', url, name, quarter)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer)
        return [
            path("<uuid:pk>/answer/", view, name="tiers_starappeal_answer"),
            *super().get_urls(),
        ]

    def answer(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """The result, what is wrong with it, and the second person's answer."""
        if not request.user.has_perm("tiers.decide_starappeal"):
            raise PermissionDenied
        appeal = get_object_or_404(self.get_queryset(request).whole(), pk=pk)
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if submit(form, lambda: _decide(request, appeal, form)) is not None:
            messages.success(request, _("Done."))
            return redirect("admin:tiers_starappeal_answer", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": f"{appeal.review.party.name} · {appeal.review.of_quarter}",
            "appeal": appeal,
            "review": appeal.review,
            "bars": selectors.bars_to_next(appeal.review, appeal.review.before),
            "reasons": selectors.reasons_of(appeal.review),
            "files": appeal.evidence.all(),
            "form": form,
            "verdict": rules.can_decide_appeal(request.actor, appeal),
            "trail": trail(appeal).select_related("user"),
            "opts": StarAppeal._meta,
        }
        return TemplateResponse(request, "admin/tiers/appeal.html", context)


def _decide(request: HttpRequest, appeal: StarAppeal, form: DecisionForm) -> object:
    return services.decide_star_appeal(
        request.actor,
        appeal=appeal,
        grants=form.cleaned_data["decision"] == "grant",
        sentence=form.cleaned_data["reason"],
        accepted=form.accepted(),
    )


@register_queue
def star_applications_to_answer(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("tiers.review_starapplication"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = StarApplication.objects.waiting().filter(review__party__in=mine)
    return Queue(
        title=_("Applications for stars"),
        url=reverse("admin:tiers_starapplication_changelist") + "?status__exact=submitted",
        **waiting_since(waiting, "submitted_at", due="due_on"),
    )


@register_queue
def star_appeals_to_decide(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("tiers.decide_starappeal"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = StarAppeal.objects.waiting().filter(review__party__in=mine)
    return Queue(
        title=_("Objections to star results"),
        url=reverse("admin:tiers_starappeal_changelist") + "?status__exact=filed",
        **waiting_since(waiting, "filed_at", due="due_on"),
    )
