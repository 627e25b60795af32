"""Balances below zero over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.schema import PARTY_HEADER
from portal.settlement import rules, selectors
from portal.settlement.models import Statement, StatementQuerySet


class BelowZeroSerializer(serializers.Serializer[Any]):
    """A balance below zero. `statement`: the last that ends below zero; `set_off_in`: the month
    whose statement set it off, null while it is open."""

    party = serializers.IntegerField(source="party_id")
    statement = serializers.CharField(source="number")
    since = serializers.DateField(source="negative_since")
    months = serializers.SerializerMethodField()
    began_fen = serializers.IntegerField()
    set_off_fen = serializers.SerializerMethodField()
    open_fen = serializers.SerializerMethodField()
    set_off_in = serializers.SerializerMethodField()

    def get_months(self, row: Any) -> int:
        return selectors.months_below(row)

    def get_set_off_fen(self, row: Any) -> int:
        return selectors.set_off_of(row)

    def get_open_fen(self, row: Any) -> int:
        return selectors.owed_by(row)

    def get_set_off_in(self, row: Any) -> date | None:
        return selectors.ended_in(row)


class BelowZeroViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Statement]):
    """Balances below zero: the acting party's own, all of them for the platform's finance."""

    queryset = Statement.objects.none()
    serializer_class = BelowZeroSerializer

    def get_queryset(self) -> QuerySet[Statement]:
        return selectors.runs_below_zero(statements_read_by(self.request))

    @extend_schema(parameters=[PARTY_HEADER])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first; those that were set off, too."""
        return super().list(request, *args, **kwargs)


def statements_read_by(request: Request) -> StatementQuerySet:
    actor = request.actor
    if not actor.has_perm("settlement.view_statement"):
        rules.can_list_statements(actor).require()
    return Statement.objects.visible_to(actor)
