"""Figures and distributions of creators for machines."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.activity import rules, services
from portal.activity.api.days import SOURCES, RecordedSerializer
from portal.activity.fields import FIGURES, DistributionFields, FiguresFields
from portal.activity.models import Distribution, Figures
from portal.activity.states import DistributionKind, Source
from portal.core.api.fields import MOST as MOST_KEY
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes

MOST_ROWS = 1_000
SHOWN = 100
HELP = {
    "videos": "Published in all.",
    "average_views": "Of a video, last 30 days.",
    "average_viewers": "In a live room, last 30 days.",
    "live_minutes": "Last 30 days.",
    "gpm_fen": "Sales for a thousand views, in fen.",
    "average_price_fen": "Of a thing sold, in fen.",
    "commission_bp": "Average commission in basis points.",
    "promised": "Videos and live sessions agreed on in 90 days.",
    "kept": "Of these delivered in time.",
    "deposit_fen": "Paid, in fen.",
}


class _OfParty(serializers.Serializer[Any]):
    party = serializers.IntegerField(
        min_value=1, max_value=MOST_KEY, required=False, source="party_id"
    )
    day = serializers.DateField(help_text="As of.")


class FiguresSerializer(_OfParty):
    """Figures of a creator; null is not known. Your own party if none is named."""

    def get_fields(self) -> dict[str, Any]:
        figures = {
            name: serializers.IntegerField(
                min_value=0, max_value=most, required=False, allow_null=True, help_text=HELP[name]
            )
            for name, most in FIGURES.items()
        }
        return super().get_fields() | figures


class DistributionSerializer(_OfParty):
    """Parts by code in basis points, 10,000 together. Your own party if none is named."""

    kind = serializers.CharField(max_length=9, help_text=", ".join(DistributionKind.values))
    parts = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=10_000))


class _Known(serializers.Serializer[Any]):
    # A field of this name hides `Field.source`, which a serializer never reads.
    source = serializers.SerializerMethodField()  # type: ignore[assignment]

    def get_source(self, row: Any) -> str:
        return Source(row.source).name.lower()


class KnownFiguresSerializer(FiguresSerializer, _Known):
    pass


class KnownDistributionSerializer(DistributionSerializer, _Known):
    pass


class NewFiguresSerializer(serializers.Serializer[Any]):
    """`source`: self_reported for your own party; operators may say platform, operator_file or
    estimated."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # as above
        sorted(SOURCES), default="self_reported"
    )
    figures = serializers.ListSerializer(
        child=FiguresSerializer(), allow_empty=False, max_length=MOST_ROWS
    )


class NewDistributionsSerializer(serializers.Serializer[Any]):
    """As for figures."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # as above
        sorted(SOURCES), default="self_reported"
    )
    distributions = serializers.ListSerializer(
        child=DistributionSerializer(), allow_empty=False, max_length=MOST_ROWS
    )


class FiguresView(generics.GenericAPIView[Any]):
    """Figures of creators."""

    serializer_class = KnownFiguresSerializer
    queryset: QuerySet[Any] = Figures.objects.none()
    pagination_class = None

    @reads(KnownFiguresSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was said of your creator, the newest first."""
        own = Figures.objects.visible_to(request.actor).order_by("-day", "-source", "-id")
        return Response(KnownFiguresSerializer(own[:SHOWN], many=True).data)

    @writes(RecordedSerializer, request=NewFiguresSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record up to 1,000 rows. What was said in the same words is not recorded again."""
        form = _bound(request, NewFiguresSerializer)
        rows = _named(request, form.validated_data["figures"])
        recorded = services.record_figures(
            request.actor,
            figures=[FiguresFields(**row) for row in rows],
            source=SOURCES[form.validated_data["source"]],
        )
        return Response({"recorded": recorded})


class DistributionsView(generics.GenericAPIView[Any]):
    """How the audience and the sales of creators fall into parts."""

    serializer_class = KnownDistributionSerializer
    queryset: QuerySet[Any] = Distribution.objects.none()
    pagination_class = None

    @reads(KnownDistributionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was said of your creator, the newest first."""
        own = Distribution.objects.visible_to(request.actor).order_by("-day", "-source", "-id")
        return Response(KnownDistributionSerializer(own[:SHOWN], many=True).data)

    @writes(RecordedSerializer, request=NewDistributionsSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record up to 1,000 rows. What was said in the same words is not recorded again."""
        form = _bound(request, NewDistributionsSerializer)
        rows = _named(request, form.validated_data["distributions"])
        recorded = services.record_distributions(
            request.actor,
            distributions=[DistributionFields(**row) for row in rows],
            source=SOURCES[form.validated_data["source"]],
        )
        return Response({"recorded": recorded})


def _bound(request: Request, serializer: type[serializers.Serializer[Any]]) -> Any:
    """Who may record nothing at all is told so before the body is read."""
    form = serializer(data=request.data)
    if not rules.can_feed_days(request.actor):
        rules.can_report_figures(request.actor, request.actor.party).require()
    form.is_valid(raise_exception=True)
    return form


def _named(request: Request, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    own: int | None = request.actor.party_id
    named = [{"party_id": own} | row for row in rows]
    if any(row["party_id"] is None for row in named):
        raise serializers.ValidationError({"party": _("Name the party of each row.")})
    return named
