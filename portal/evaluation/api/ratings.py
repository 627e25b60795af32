"""Ratings over the API: official ones of everybody, one's own also as previews and opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.schema import reads
from portal.core.verdict import Flaw, Refused, flawless, forbidden
from portal.core.web import whole_number
from portal.evaluation import selectors
from portal.evaluation.models import Rating
from portal.evaluation.selectors import Board
from portal.evaluation.states import SnapshotKind

PARTY = OpenApiParameter("party", OpenApiTypes.INT64, description="Only this party's.")
VALUES = OpenApiParameter(
    "value",
    str,
    many=True,
    description="An indicator and the value it would have, such as `T1:45`.",
)


class DimensionScoreSerializer(serializers.Serializer[Any]):
    dimension = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    coverage = serializers.FloatField()
    rank = serializers.IntegerField(allow_null=True)
    median = serializers.FloatField(allow_null=True, help_text="Of the segment, from eight on.")


class PartyRatingSerializer(serializers.Serializer[Any]):
    """One party in one snapshot, for one service type. Empty scores: not rated."""

    id = serializers.IntegerField()
    party = serializers.IntegerField(source="party_id")
    service = serializers.CharField(source="service.code", allow_null=True, default=None)
    method = serializers.CharField(source="snapshot.method.version")
    kind = serializers.ChoiceField(SnapshotKind.values, source="snapshot.kind")
    period = serializers.CharField(source="snapshot.period")
    revision = serializers.IntegerField(source="snapshot.revision")
    is_home = serializers.BooleanField()
    segment = serializers.CharField()
    segment_rated = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    coverage = serializers.FloatField()
    rank = serializers.IntegerField(allow_null=True)
    rank_best = serializers.IntegerField(allow_null=True)
    rank_worst = serializers.IntegerField(allow_null=True)
    is_tied = serializers.BooleanField()
    dimensions = DimensionScoreSerializer(many=True, source="parts")


class IndicatorSerializer(serializers.Serializer[Any]):
    """One indicator's path: raw → shrunk → capped → winsorised → score on the scale."""

    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    raw = serializers.FloatField(source="steps.raw", allow_null=True)
    sample = serializers.FloatField(source="steps.sample", allow_null=True)
    prior = serializers.FloatField(source="steps.prior", allow_null=True)
    shrunk = serializers.FloatField(source="steps.shrunk", allow_null=True)
    capped = serializers.FloatField(source="steps.capped", allow_null=True)
    winsorised = serializers.FloatField(source="steps.winsorised", allow_null=True)
    score = serializers.FloatField(source="steps.score", allow_null=True)
    share = serializers.FloatField(source="steps.share", help_text="Of its dimension's weight.")
    percentile = serializers.FloatField(source="row.percentile", allow_null=True, default=None)
    facts = serializers.IntegerField(source="row.facts", default=0)
    struck = serializers.IntegerField(source="row.struck", default=0)
    ungraded = serializers.IntegerField(source="row.ungraded", default=0)
    lack = serializers.CharField(help_text="Why it has no score, and how much more it takes.")


class ChangeSerializer(serializers.Serializer[Any]):
    """What moved the composite since the official snapshot before; the points add up to it."""

    code = serializers.CharField()
    name = serializers.CharField()
    points = serializers.FloatField()
    was = serializers.FloatField(allow_null=True)
    now = serializers.FloatField(allow_null=True)


class LeverSerializer(serializers.Serializer[Any]):
    """One step of improvement, and what it adds to the composite."""

    indicator = serializers.CharField(source="line.code")
    value = serializers.FloatField(source="line.steps.raw")
    target = serializers.FloatField()
    gain = serializers.FloatField()
    remedies = serializers.ListField(child=serializers.CharField(), source="urls")


class ExplanationSerializer(serializers.Serializer[Any]):
    """A rating of one's own, opened."""

    indicators = IndicatorSerializer(many=True)
    changes = ChangeSerializer(many=True)
    levers = LeverSerializer(many=True)


class TrialSerializer(serializers.Serializer[Any]):
    """What would be: reckoned by the engine, stored nowhere."""

    now = serializers.FloatField(allow_null=True)
    score = serializers.FloatField(allow_null=True)
    gain = serializers.FloatField(allow_null=True)
    scores = serializers.DictField(child=serializers.FloatField(allow_null=True))
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    place = serializers.IntegerField(allow_null=True)
    best = serializers.IntegerField(allow_null=True)
    worst = serializers.IntegerField(allow_null=True)


class RatingViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Rating]
):
    """Published ratings, the newest first: official ones of everybody, previews of one's own."""

    queryset = Rating.objects.none()
    serializer_class = PartyRatingSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Rating]:
        rows = selectors.visible_ratings(self.request.actor)
        party = whole_number(self.request.query_params.get("party", ""))
        return (rows.filter(party=party) if party else rows).order_by("-pk")

    @reads(PartyRatingSerializer(many=True), PARTY)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @reads(ExplanationSerializer)
    @action(detail=True, methods=["get"])
    def explanation(self, request: Request, pk: str) -> Response:
        """Each indicator's path, what changed, and the three best steps; one's own rating only."""
        board = self._board(request)
        levers = [
            {**_plain(lever), "urls": [remedy.url for remedy in lever.remedies]}
            for lever in selectors.levers_of(board)
        ]
        found = {
            "indicators": list(board.lines.values()),
            "changes": selectors.changes_of(board),
            "levers": levers,
        }
        return Response(ExplanationSerializer(found).data)

    @reads(TrialSerializer, VALUES)
    @action(detail=True, methods=["get"], url_path="what-if")
    def what_if(self, request: Request, pk: str) -> Response:
        """The composite if some values were others; one's own rating only."""
        board = self._board(request)
        values = _values(board, request.query_params.getlist("value"))
        return Response(TrialSerializer(selectors.trial_of(board, values)).data)

    def _board(self, request: Request) -> Board:
        rating = self.get_object()
        if not request.actor.speaks_for(rating.party_id):
            raise Refused(forbidden(_("Only the party itself opens its rating.")))
        before = selectors.official_before(rating.snapshot)
        old = selectors.ratings_in(before, rating.party) if before else []
        same = next((one for one in old if one.service_id == rating.service_id), None)
        if same is not None and before is not None:
            same.snapshot = before
        return selectors.board_of(rating, same)


def _plain(lever: selectors.Lever) -> dict[str, Any]:
    return {"line": lever.line, "target": lever.target, "gain": lever.gain}


def _values(board: Board, asked: Sequence[str]) -> dict[str, float]:
    found = {}
    for one in asked:
        code, _colon, text = one.partition(":")
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if code not in board.lines or not abs(value) <= selectors.FARTHEST:
            sentence = _("An indicator and a number, such as T1:45.")
            raise Refused(flawless([Flaw("value", sentence)]))
        found[code] = value
    return found
