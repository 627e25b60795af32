"""Operators: reading facts and correcting them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.web import submit
from portal.evaluation import rules, selectors, services
from portal.evaluation.forms import CorrectionForm
from portal.evaluation.forms.facts import CONFIRM, TAKE_BACK
from portal.evaluation.models import Fact


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    """What is known of parties, with what was taken out and what was corrected."""

    list_display = (
        *("ends_on", "party", "measure", "value", "sample", "service"),
        *("grade", "door", "strike", "standing", "correct"),
    )
    list_filter = ("measure", "grade", "door", "strike", "is_void")
    list_select_related = ("party", "service", "correction")
    search_fields = ("party__name", "ref_id")
    ordering = ("-id",)

    @admin.display(description=_("standing"))
    def standing(self, fact: Fact) -> str:
        return str(selectors.standing_of(fact).label)

    @admin.display(description=_("correct"))
    def correct(self, fact: Fact) -> str:
        if fact.is_void or selectors.later_of(fact) is not None:
            return "—"
        url = reverse("admin:evaluation_fact_correct", args=[fact.pk])
        return format_html('<a href="{}">{}</a>', url, _("Correct"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.correction)
        return [
            path("<int:pk>/correct/", view, name="evaluation_fact_correct"),
            *super().get_urls(),
        ]

    def correction(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Correct a fact, take it back, or confirm a party's own word."""
        rules.can_feed_facts(request.actor).require()
        fact = get_object_or_404(Fact.objects.select_related("party"), pk=pk)
        rules.can_correct_fact(request.actor, fact).require()
        form = CorrectionForm(request.POST if request.method == "POST" else None)
        if submit(form, lambda: _correct(request, fact, form.cleaned_data)) is not None:
            messages.success(request, _("Done."))
            return redirect("admin:evaluation_fact_changelist")
        context = self.admin_site.each_context(request) | {
            "title": f"{fact.party} · {selectors.title_of(fact)} · {selectors.written_value(fact)}",
            "form": form,
            "opts": Fact._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)


def _correct(request: HttpRequest, fact: Fact, said: dict[str, Any]) -> Fact:
    if said["step"] == CONFIRM:
        return services.confirm_fact(request.actor, fact=fact, why=said["why"])
    is_void = said["step"] == TAKE_BACK
    value = None if is_void else said["value"]
    return services.correct_fact(
        request.actor, fact=fact, value=value, is_void=is_void, why=said["why"]
    )
