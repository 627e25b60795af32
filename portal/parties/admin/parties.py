"""Operators: the review queue, and reference data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.audit import trail
from portal.core.contacts import masked_phone
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties import rules, selectors, services
from portal.parties.admin.merging import merge_party
from portal.parties.admin.personal import reveal_contact
from portal.parties.models import (
    Belt,
    Category,
    CategoryMapping,
    City,
    CityYear,
    Membership,
    Party,
    Region,
    ServiceType,
)

SHOWN = 20  # of the newest changes


class ReviewForm(forms.Form):
    """The answer to an application."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("approve", _("Approve and list")),
            ("return", _("Ask for more")),
            ("refuse", _("Refuse")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What is missing, or why it is refused"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this sentence."),
    )
    wanted = forms.CharField(
        label=_("What exactly is asked for"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing a line."),
    )
    guardian_confirmed = forms.BooleanField(
        label=_("I have spoken to the guardian, who agrees"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") in {"return", "refuse"} and not (data.get("note") or "").strip():
            self.add_error("note", _("Say what is missing; the applicant reads this sentence."))
        return data


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    can_delete = False
    fields = ("user", "role", "created_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin):
    """Parties; the oldest waiting application first."""

    list_display = ("link", "kind", "status", "city", "submitted_at", "verified_at")
    list_display_links = None
    list_filter = ("status", "kind", "city__region")
    list_select_related = ("city",)
    search_fields = ("name", "legal_name", "uscc")
    ordering = ("submitted_at", "pk")
    actions = ("approve",)
    inlines = (MembershipInline,)
    exclude = ("contact_name", "contact_phone")  # personal data: masked, shown when asked for
    readonly_fields = ("contact", "happened")
    fieldsets = (
        (None, {"fields": ("kind", "name", "legal_name", "uscc", "city", "contact", "intro")}),
        (
            _("State"),
            {"fields": ("status", "status_note", "submitted_at", "verified_at", "merged_into")},
        ),
        (
            _("Origin"),
            {
                "classes": ("collapse",),
                "fields": ("created_at", "updated_at", "taken_from", "sandbox_of", "wanted_name"),
            },
        ),
        (_("History"), {"fields": ("happened",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        return super().get_queryset(request).in_scope_of(request.user)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("parties.review_party")

    @admin.display(description=_("Short name"), ordering="name")
    def link(self, party: Party) -> str:
        """To the review of who waits for one, else to what is known."""
        page = "change" if party.waiting_since is None else "review"
        url = reverse(f"admin:parties_party_{page}", args=[party.pk])
        return format_html('<a href="{}">{}</a>', url, party.name)

    @admin.display(description=_("Contact"))
    def contact(self, party: Party) -> str:
        """Half of it; the whole behind a reason."""
        url = reverse("admin:parties_party_contact", args=[party.pk])
        half = f"{party.contact_name[:1]}** {masked_phone(party.contact_phone)}"
        return format_html('{} <a href="{}">{}</a>', half, url, _("Show the contact"))

    @admin.display(description=_("The last changes"))
    def happened(self, party: Party) -> str:
        """The newest of its audit entries; all of them behind a link above."""
        newest = trail(party).select_related("user").reverse()[:SHOWN]
        return render_to_string("admin/trail.html", {"trail": newest})

    @admin.action(description=_("Approve and list"), permissions=["review"])
    def approve(self, request: HttpRequest, rows: QuerySet[Party]) -> HttpResponse | None:
        """Asks once, then approves each through the service."""
        return self.ask_first(
            request,
            rows.order_by("submitted_at"),
            _("Approve and list"),
            lambda party: services.approve_party(request.actor, party=party),
        )

    def get_urls(self) -> list[URLPattern]:
        review = self.admin_site.admin_view(self.review)
        return [
            path("<int:pk>/review/", review, name="parties_party_review"),
            path(
                "<int:pk>/merge/",
                self.admin_site.admin_view(merge_party),
                name="parties_party_merge",
            ),
            path(
                "<int:pk>/contact/",
                self.admin_site.admin_view(reveal_contact),
                name="parties_party_contact",
            ),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One application with everything it says, and the answer."""
        if not self.has_review_permission(request):
            raise PermissionDenied
        mine = selectors.whole_parties().in_scope_of(request.user)
        party = get_object_or_404(mine, pk=pk)
        form = ReviewForm(request.POST if request.method == "POST" else None)
        if not rules.is_minor(rules.real_name_of(party)):
            form.fields["guardian_confirmed"].widget = forms.HiddenInput()
        done = submit(form, lambda: self._answer(request, party, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Review %(name)s") % {"name": party.name},
            "party": party,
            "form": form,
            "verdict": rules.can_review_party(request.actor, party),
            "items": rules.checklist(party),
            "real_name": rules.real_name_of(party),
            "answers": party.answers.select_related("by").order_by("-at"),
            "trail": trail(party).select_related("user"),
            "opts": Party._meta,
        }
        return TemplateResponse(request, "admin/parties/party/review.html", context)

    def _answer(self, request: HttpRequest, party: Party, data: dict[str, Any]) -> Party:
        if data["decision"] == "approve":
            return services.approve_party(
                request.actor, party=party, guardian_confirmed=data["guardian_confirmed"]
            )
        if data["decision"] == "refuse":
            return services.refuse_party(request.actor, party=party, reason=data["note"])
        wanted = data["wanted"].splitlines()
        return services.return_party(request.actor, party=party, note=data["note"], wanted=wanted)


@register_queue
def waiting_applications(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.review_party"):
        return None
    waiting = Party.objects.awaiting_review().in_scope_of(request.user)
    return Queue(
        title=_("Applications to review"),
        url=reverse("admin:parties_party_changelist") + "?status__exact=submitted",
        **waiting_since(waiting, "submitted_at"),
    )


@admin.register(Category)
class CategoryAdmin(ReferenceAdmin):
    list_display = ("position", "code", "name_zh", "name_en", "parent")
    list_display_links = ("code",)
    list_select_related = ("parent",)


@admin.register(ServiceType)
class ServiceTypeAdmin(ReferenceAdmin):
    list_display = ("position", "code", "name_zh", "name_en")
    list_display_links = ("code",)


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ("position", "code", "name_zh", "name_en")
    list_display_links = ("code",)


@admin.register(City)
class CityAdmin(ReferenceAdmin):
    list_display = ("position", "code", "name_zh", "name_en", "region")
    list_display_links = ("code",)
    list_filter = ("region",)
    list_select_related = ("region",)


@admin.register(Belt)
class BeltAdmin(ReferenceAdmin):
    list_display = ("position", "code", "name_zh", "name_en", "region", "city", "category")
    list_display_links = ("code",)
    list_filter = ("region", "category")
    list_select_related = ("city", "category", "region")


@admin.register(CategoryMapping)
class CategoryMappingAdmin(ReferenceAdmin):
    """Where a category of an older version went."""

    list_display = ("version", "old_code", "new_code")
    list_display_links = ("old_code",)
    list_filter = ("version",)


@admin.register(CityYear)
class CityYearAdmin(ReferenceAdmin):
    list_display = ("year", "city", "tier")
    list_filter = ("year", "tier")
    list_select_related = ("city",)
