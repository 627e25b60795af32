"""Operators: suspending a party, and lifting it."""

from __future__ import annotations

from datetime import datetime, time

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

from portal.core import clock
from portal.core.admin import ReadOnlyAdmin
from portal.core.forms import DateField
from portal.core.web import submit
from portal.parties import services
from portal.parties.models import Party, Suspension
from portal.parties.states import PartyStatus


class SuspensionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this sentence."),
    )
    last_day = DateField(
        label=_("Last day"), required=False, help_text=_("None: until somebody lifts it.")
    )

    def until(self) -> datetime | None:
        """The end of the last day, in Shanghai."""
        day = self.cleaned_data.get("last_day")
        return datetime.combine(day, time.max, clock.SHANGHAI) if day else None


@admin.register(Suspension)
class SuspensionAdmin(ReadOnlyAdmin):
    """Every suspension; a party's page here suspends it or lifts it."""

    list_display = ("act", "reason", "at", "until", "by", "lifted_at")
    list_display_links = None
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("party", "by")
    search_fields = ("party__name", "reason")
    ordering = ("-at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suspension]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("party"), ordering="party")
    def act(self, suspension: Suspension) -> str:
        url = reverse("admin:parties_suspension_of", args=[suspension.party_id])
        return format_html('<a href="{}">{}</a>', url, suspension.party)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.suspension_of)
        return [path("of/<int:pk>/", view, name="parties_suspension_of"), *super().get_urls()]

    def suspension_of(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Suspend the party, or lift its suspension."""
        if not request.user.has_perm("parties.suspend_party"):
            raise PermissionDenied
        mine = Party.objects.in_scope_of(request.user).select_related("city")
        party = get_object_or_404(mine, pk=pk)
        is_suspended = party.status == PartyStatus.SUSPENDED
        form = SuspensionForm(request.POST if request.method == "POST" else None)
        if is_suspended:
            del form.fields["last_day"]
        act = _lift if is_suspended else _suspend
        if submit(form, lambda: act(request, party, form)) is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:parties_suspension_changelist")
        title = _("Lift the suspension of %(name)s") if is_suspended else _("Suspend %(name)s")
        context = self.admin_site.each_context(request) | {
            "title": title % {"name": party.name},
            "form": form,
            "opts": Suspension._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)


def _suspend(request: HttpRequest, party: Party, form: SuspensionForm) -> Suspension:
    reason = form.cleaned_data["reason"]
    return services.suspend_party(request.actor, party=party, reason=reason, until=form.until())


def _lift(request: HttpRequest, party: Party, form: SuspensionForm) -> Suspension:
    return services.lift_suspension(request.actor, party=party, reason=form.cleaned_data["reason"])
