"""Operators: the cases that wait, and the list of words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ModelAdmin, ReadOnlyAdmin
from portal.core.audit import trail
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.moderation import rules, services
from portal.moderation.engine.matching import folded
from portal.moderation.forms import DecisionForm
from portal.moderation.models import Case, Word
from portal.moderation.states import CaseState


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """The oldest first."""

    list_display = ("link", "kind", "field", "excerpt", "listed", "state", "opened_at")
    list_display_links = None
    list_filter = ("state", "kind", "object_type", "field")
    search_fields = ("excerpt", "object_id")
    ordering = ("opened_at", "pk")
    actions = ("pass_all",)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("moderation.decide_case")

    @admin.display(description=_("Case"), ordering="pk")
    def link(self, case: Case) -> str:
        url = reverse("admin:moderation_case_decision", args=[case.pk])
        return format_html('<a href="{}">{}</a>', url, case.pk)

    @admin.display(description=_("words"))
    def listed(self, case: Case) -> str:
        return " ".join(case.words)

    @admin.action(description=_("Pass"), permissions=["decide"])
    def pass_all(self, request: HttpRequest, rows: QuerySet[Case]) -> HttpResponse | None:
        """Asks once, then passes each through the service."""
        return self.ask_first(
            request, rows, _("Pass"), lambda case: services.pass_case(request.actor, case=case)
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.decision)
        return [
            path("<int:pk>/decision/", view, name="moderation_case_decision"),
            *super().get_urls(),
        ]

    def decision(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One case with its words, and the decision; an appeal is decided by somebody else."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        case = get_object_or_404(Case, pk=pk)
        is_appeal = case.state == CaseState.APPEALED
        form = DecisionForm(request.POST if request.method == "POST" else None, is_appeal=is_appeal)
        if submit(form, lambda: _decide(request, case, form.cleaned_data)) is not None:
            messages.success(request, _("Decided; the author was told."))
            return redirect("admin:index")
        may = rules.can_decide_appeal if is_appeal else rules.can_decide_case
        context = self.admin_site.each_context(request) | {
            "title": str(case),
            "case": case,
            "form": form,
            "verdict": may(request.actor, case),
            "trail": trail(case).select_related("user"),
            "opts": Case._meta,
        }
        return TemplateResponse(request, "admin/moderation/decision.html", context)


def _decide(request: HttpRequest, case: Case, data: dict[str, Any]) -> Case:
    actor, is_refusal = request.actor, data["decision"] == "refuse"
    if case.state == CaseState.APPEALED:
        return services.decide_appeal(actor, case=case, is_upheld=is_refusal, reason=data["reason"])
    if is_refusal:
        return services.refuse_case(actor, case=case, reason=data["reason"])
    return services.pass_case(actor, case=case)


class WordForm(ModelForm):
    """The same word twice, however written, is said at the field."""

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        key = folded(text)
        if not key:
            self.add_error("text", _("A word has letters or numbers."))
        elif Word.objects.exclude(pk=self.instance.pk).filter(folded=key).exists():
            self.add_error("text", _("This word is listed already."))
        return text


@admin.register(Word)
class WordAdmin(ModelAdmin):
    form = WordForm
    list_display = ("text", "category", "level", "changed_at")
    list_filter = ("category", "level")
    search_fields = ("text",)
    list_per_page = 100
    fields = ("text", "category", "level")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # an exception of the same text switches a word off, and leaves its trail

    def save_model(self, request: HttpRequest, obj: Word, form: Any, change: bool) -> None:
        services.save_word(request.actor, word=obj, changed=form.changed_data)


@register_queue
def waiting_cases(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("moderation.decide_case"):
        return None
    waiting = Case.objects.waiting()
    return Queue(
        title=_("Texts and pictures to look at"),
        url=reverse("admin:moderation_case_changelist") + "?state__in=open,appealed",
        **waiting_since(waiting, "opened_at"),
    )
