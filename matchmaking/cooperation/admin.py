"""Cooperations for operators: who agreed to what, what is late, what was said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import selectors, services
from matchmaking.cooperation.fields import DutyFields, TemplateFields
from matchmaking.cooperation.models import (
    AgreementTemplate,
    Amendment,
    Closing,
    Cooperation,
    Dispute,
    Ending,
    Obligation,
    Pause,
    Review,
    Statement,
    Version,
)
from matchmaking.cooperation.rules import flaws_of_template
from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.forms import show_flaws
from portal.core.operators import Queue, register_queue, waiting_since


class Inline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("cooperation.view_cooperation")


class ObligationInline(Inline):
    model = Obligation
    fields = ("title", "owed_by", "due_on", "status", "done_at", "settled_at")


class PauseInline(Inline):
    model = Pause
    fields = ("party", "reason", "at", "until", "withdrawn_at")


class EndingInline(Inline):
    model = Ending
    fields = ("party", "reason", "note", "at", "effective_on", "withdrawn_at")


class AmendmentInline(Inline):
    model = Amendment
    fields = ("number", "party", "note", "changed", "status", "at", "answered_at")
    readonly_fields = ("changed",)

    @admin.display(description=_("Changes"))
    def changed(self, amendment: Amendment) -> str:
        """The texts by their names only."""
        return format_html_join(
            "",
            "<div>{}: {}</div>",
            (
                (change.label, "…" if change.is_long else f"{change.old} → {change.new}")
                for change in selectors.changes_between(
                    amendment.before, amendment.after, is_once=amendment.cooperation.is_once
                )
            ),
        )


class VersionInline(Inline):
    model = Version
    fields = ("number", "accepted_side", "at", "digest")


class ReviewInline(Inline):
    model = Review
    fk_name = "cooperation"
    fields = ("by", "result", "communication", "reliability", "text", "published_at", "answer")


@admin.register(Cooperation)
class CooperationAdmin(ReadOnlyAdmin):
    list_display = ("title", "merchant", "provider", "door", "status", "starts_on", "ends_on")
    list_filter = ("status", "door")
    list_select_related = ("merchant", "provider")
    search_fields = ("title", "merchant__name", "provider__name")
    ordering = ("-pk",)
    inlines = (
        ObligationInline,
        VersionInline,
        AmendmentInline,
        PauseInline,
        EndingInline,
        ReviewInline,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cooperation]:
        return super().get_queryset(request).in_scope_of(request.user)


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    """The latest first: where a cooperation may be stuck."""

    list_display = ("due_on", "title", "owed_by", "cooperation", "status", "done_at")
    list_filter = ("status", "due_on")
    list_select_related = ("owed_by", "cooperation__merchant", "cooperation__provider")
    search_fields = ("title", "owed_by__name")
    exclude = ("evidence",)
    ordering = ("due_on",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Obligation]:
        seen = Cooperation.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(cooperation__in=seen)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "about", "result", "communication", "reliability", "published_at")
    list_filter = ("text_held", "answer_held", ("published_at", admin.EmptyFieldListFilter))
    list_select_related = ("by", "about")
    search_fields = ("by__name", "about__name")
    ordering = ("-at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        seen = Cooperation.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(cooperation__in=seen)


class HouseTemplateForm(forms.ModelForm):
    """Obligations as the house writes them: a row each of title, by and days."""

    class Meta:
        model = AgreementTemplate
        fields = ("name", "scope", "service_level", "notice_days", "payment_day", "duties")

    def clean_duties(self) -> Any:
        given = self.cleaned_data["duties"] or []
        try:
            self.rows = [DutyFields(**row) for row in given]
            is_shaped = all(isinstance(r.title, str) and isinstance(r.days, int) for r in self.rows)
        except TypeError:
            is_shaped = False
        if not is_shaped:
            raise forms.ValidationError(_('A row each: {"title": …, "by": …, "days": …}.'))
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, flaws_of_template(self.template_fields()), {})
        return data

    def template_fields(self) -> TemplateFields:
        data = {k: v for k, v in self.cleaned_data.items() if k in TemplateFields.__slots__}
        return TemplateFields(**data | {"duties": self.rows})


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(ReferenceAdmin):
    """The house's templates; a party's own are its own."""

    form = HouseTemplateForm
    list_display = ("name", "is_shown", "notice_days", "payment_day", "version", "changed_at")
    list_filter = ("is_shown",)
    fields = (*HouseTemplateForm.Meta.fields, "is_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgreementTemplate]:
        return super().get_queryset(request).filter(party=None)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        done = services.save_house_template(
            request.actor,
            template=AgreementTemplate.objects.get(pk=obj.pk) if change else None,
            fields=form.template_fields(),
            is_shown=form.cleaned_data["is_shown"],
        )
        obj.pk = done.pk


class StatementInline(Inline):
    model = Statement
    fields = ("party", "text", "at")


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """The earliest deadline first. It is decided on its page."""

    list_display = ("link", "opened_by", "reason", "status", "due_at", "returned_bp")
    list_display_links = None
    list_filter = ("status", "reason")
    list_select_related = ("cooperation__merchant", "cooperation__provider", "opened_by")
    search_fields = ("cooperation__title", "opened_by__name")
    ordering = ("due_at",)
    inlines = (StatementInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        return super().get_queryset(request).in_scope_of(request.user)

    @admin.display(description=_("Dispute"), ordering="cooperation__title")
    def link(self, row: Dispute) -> str:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.cooperation.title)


@admin.register(Closing)
class ClosingAdmin(ReadOnlyAdmin):
    list_display = ("cooperation", "at", "lines", "net_fen", "by_lines_fen", "priced_fen")
    list_select_related = ("cooperation__merchant", "cooperation__provider")
    ordering = ("-at",)


@register_queue
def waiting_disputes(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("cooperation.decide_dispute"):
        return None
    waiting = Dispute.objects.to_decide().in_scope_of(request.user)
    return Queue(
        title=_("Disputes to decide"),
        url=f"{reverse('dispute_register')}?status=answered",
        **waiting_since(waiting, "opened_at", due="due_at"),
    )
