"""The mark in administration: rounds and methods are written here, the rest is opened from here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties.models import Party
from portal.policies.admin.proposed import ProposedAdmin, register_proposals
from portal.tiers import rules, selectors, services
from portal.tiers.forms import MethodForm, RoundForm, initial_of_round
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationMark,
    CertificationMethod,
    CertificationRound,
)


@admin.register(CertificationRound)
class CertificationRoundAdmin(ReadOnlyAdmin):
    list_display = (
        *("look", "opens_on", "closes_on", "publishes_on", "valid_until", "places", "granted"),
        *("least_stars", "method", "scored_at", "published_at", "published_by"),
    )
    list_display_links = None
    list_select_related = ("method", "published_by")
    ordering = ("-year",)
    change_list_template = "admin/tiers/certification_round_list.html"
    actions = ("score", "publish")

    @admin.display(description=_("year"), ordering="year")
    def look(self, round_: CertificationRound) -> str:
        url = reverse("admin:tiers_certificationround_edit", args=[round_.pk])
        return format_html('<a href="{}">{}</a>', url, round_)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write)
        return [
            path("write/", view, name="tiers_certificationround_write"),
            path("<int:pk>/write/", view, name="tiers_certificationround_edit"),
            *super().get_urls(),
        ]

    def write(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """A new round, or one that has not opened yet."""
        rules.can_manage_certification(request.actor).require()
        round_ = get_object_or_404(CertificationRound, pk=pk) if pk else None
        if round_ is not None and request.method == "POST":
            rules.can_change_certification_round(request.actor, round_).require()
        form = RoundForm(
            request.POST if request.method == "POST" else None, initial=initial_of_round(round_)
        )
        if submit(form, lambda: _save(request, round_, form)) is not None:
            messages.success(request, _("Saved."))
            return redirect("admin:tiers_certificationround_changelist")
        context = self.admin_site.each_context(request) | {
            "title": round_ or _("Open a round"),
            "form": form,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)

    @admin.action(description=_("Score who is checked"), permissions=["manage"])
    def score(self, request: HttpRequest, rows: QuerySet[CertificationRound]) -> None:
        score = services.score_certification_round
        self.run(request, rows, lambda row: score(request.actor, round_=row))

    @admin.action(description=_("Publish the results"), permissions=["manage"])
    def publish(self, request: HttpRequest, rows: QuerySet[CertificationRound]) -> None:
        publish = services.publish_certification_round
        self.run(request, rows, lambda row: publish(request.actor, round_=row))

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tiers.manage_certificationround")


def _save(
    request: HttpRequest, round_: CertificationRound | None, form: RoundForm
) -> CertificationRound:
    fields = form.round_fields()
    if round_ is None:
        return services.open_certification_round(request.actor, fields=fields)
    return services.update_certification_round(request.actor, round_=round_, fields=fields)


@admin.register(CertificationMethod)
class CertificationMethodAdmin(ProposedAdmin):
    list_display = ("version", "status", "proposed_by", "decided_by", "decided_at", "source")
    ordering = ("-pk",)
    proposal = _("Propose a method of the mark")

    def proposal_form(self, data: Any) -> MethodForm:
        """The newest document is filled in, to be changed."""
        newest = selectors.newest_certification_method()
        initial = {"document": selectors.written(newest.document)} if newest else None
        return MethodForm(data, initial=initial)

    def propose_by(self, actor: Actor, form: MethodForm) -> CertificationMethod:
        return services.propose_certification_method(actor, fields=form.method_fields())

    def approve_row(self, actor: Actor, row: CertificationMethod) -> CertificationMethod:
        return services.approve_certification_method(actor, method=row)

    def refuse_row(self, actor: Actor, row: CertificationMethod) -> CertificationMethod:
        return services.refuse_certification_method(actor, method=row)


register_proposals(
    CertificationMethod, _("Methods of the top-100 mark that wait for a second person")
)


@admin.register(CertificationApplication)
class CertificationApplicationAdmin(ReadOnlyAdmin):
    """Each opens on the page where it is checked and reviewed."""

    list_display = ("look", "round", "status", "rank", "points", "due_on", "submitted_at")
    list_display_links = None
    list_filter = ("status", "round__year", "is_tied")
    list_select_related = ("party", "round")
    search_fields = ("party__name",)
    ordering = ("due_on", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertificationApplication]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).exclude(status="draft").filter(party__in=mine)

    @admin.display(description=_("agency"), ordering="party__name")
    def look(self, application: CertificationApplication) -> str:
        url = application.get_absolute_url()
        return format_html('<a href="{}">{}</a>', url, application.party.name)

    @admin.display(description=_("score"), ordering="score_micro")
    def points(self, application: CertificationApplication) -> str:
        return "" if application.score is None else f"{application.score:.2f}"


@admin.register(CertificationMark)
class CertificationMarkAdmin(ReadOnlyAdmin):
    list_display = ("party", "round", "rank", "number", "granted_at", "ended_at", "end")
    list_filter = ("round__year", "end")
    list_select_related = ("party", "round")
    search_fields = ("party__name", "number")
    ordering = ("-round__year", "rank", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertificationMark]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)


@admin.register(CertificationAppeal)
class CertificationAppealAdmin(ReadOnlyAdmin):
    list_display = ("look", "status", "due_on", "filed_at", "decider", "decided_at")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("application__party", "decider")
    search_fields = ("application__party__name",)
    ordering = ("due_on", "pk")
    exclude = ("evidence",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertificationAppeal]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(application__party__in=mine)

    @admin.display(description=_("agency"), ordering="application__party__name")
    def look(self, appeal: CertificationAppeal) -> str:
        url = appeal.get_absolute_url()
        return format_html('<a href="{}">{}</a>', url, appeal.application.party.name)


@register_queue
def certification_papers_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("tiers.check_certificationapplication"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = CertificationApplication.objects.to_check().filter(party__in=mine)
    return Queue(
        title=_("Documents for the top-100 mark"),
        url=reverse("certification_desk") + "?status=submitted&sort=due",
        **waiting_since(waiting, "submitted_at", due="due_on"),
    )


@register_queue
def certifications_to_review(request: HttpRequest) -> Queue | None:
    """Those this person has not reviewed yet."""
    if not request.user.has_perm("tiers.review_certificationapplication"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    rows = CertificationApplication.objects.to_review().filter(party__in=mine)
    waiting = rows.exclude(reviews__reviewer=request.user.pk)
    return Queue(
        title=_("Applications for the top-100 mark to review"),
        url=reverse("certification_desk") + "?sort=due",
        **waiting_since(waiting, "scored_at", due="due_on"),
    )


@register_queue
def certification_appeals_to_decide(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("tiers.decide_certificationappeal"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = CertificationAppeal.objects.waiting().filter(application__party__in=mine)
    return Queue(
        title=_("Objections to refused marks"),
        url=reverse("certification_desk"),
        **waiting_since(waiting, "filed_at", due="due_on"),
    )
