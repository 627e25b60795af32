"""Gates, weekly boards and their prizes: operators set, lift and hand over."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import forms, services
from matchmaking.catalogue.admin.acting import Acting, sent
from matchmaking.catalogue.models import Board, BoardPlace, Gate, Prize
from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin


@admin.register(Gate)
class GateAdmin(Acting):
    """Set here with the reason that is shown, and lifted."""

    change_list_template = "admin/catalogue/gate_list.html"
    actions = ("lift",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.set)
        return [path("new/", view, name="catalogue_gate_set"), *super().get_urls()]

    def set(self, request: HttpRequest) -> HttpResponse:
        form = forms.GateForm(sent(request))
        return self.act(
            request,
            "catalogue.set_gate",
            _("Set a gate"),
            form,
            lambda: services.set_gate(request.actor, fields=form.gate_fields()),
        )

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalogue.set_gate")

    @admin.action(description=_("Lift"), permissions=["lift"])
    def lift(self, request: HttpRequest, rows: QuerySet[Gate]) -> None:
        self.run(request, rows, lambda row: services.lift_gate(request.actor, gate=row, why=""))

    list_display = ("effect", "product", "least_score", "starts_on", "ends_on", "reason", "set_by")
    list_filter = ("effect",)
    list_select_related = ("product", "set_by")
    ordering = ("-pk",)


@admin.register(Board)
class BoardAdmin(ReadOnlyAdmin):
    list_display = ("week", "category", "made_at", "least_score", "least_orders")
    list_filter = ("category",)
    list_select_related = ("category",)
    ordering = ("-week", "category")


@admin.register(BoardPlace)
class BoardPlaceAdmin(Acting):
    row_act = ("catalogue.give_prize", "catalogue_boardplace_give", _("Hand the prize over"))

    def is_for_act(self, row: BoardPlace) -> bool:
        return row.prize_id is not None and not hasattr(row, "given")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.give)
        return [
            path("<int:pk>/prize/", view, name="catalogue_boardplace_give"),
            *super().get_urls(),
        ]

    def give(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand its prize over, and say how."""
        place = get_object_or_404(BoardPlace.objects.select_related("product__merchant"), pk=pk)
        form = forms.NoteForm(sent(request))
        return self.act(
            request,
            "catalogue.give_prize",
            _("Hand the prize over"),
            form,
            lambda: services.give_prize(request.actor, place=place, note=form.cleaned_data["note"]),
        )

    list_display = ("board", "rank", "product", "sales_fen", "orders", "score", "points", "prize")
    list_select_related = ("board__category", "product", "prize", "given")
    ordering = ("-board__week", "board", "rank")


@admin.register(Prize)
class PrizeAdmin(ReferenceAdmin):
    list_display = ("rank_from", "rank_to", "name_zh", "name_en", "starts_on", "ends_on")
