"""The year's targets over the API, for operators' own machines and pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.pagination import KeysetPagination
from portal.core.api.schema import reads
from portal.goals import rules, selectors
from portal.goals.models import YearSum
from portal.goals.states import Goal, Reach, Subject
from portal.parties.models import Party


class GoalSerializer(serializers.Serializer[Any]):
    """One number of the UP plan. `reached`: past the threshold by `day`; `projected`: how many
    would be at the end of the year; `due`: what the calendar asks for by that day."""

    goal = serializers.ChoiceField(Goal.choices)
    threshold_fen = serializers.IntegerField()
    target = serializers.IntegerField()
    day = serializers.DateField()
    reached = serializers.IntegerField()
    projected = serializers.IntegerField()
    due = serializers.IntegerField()
    change = serializers.IntegerField(allow_null=True)


class FairGoalSerializer(serializers.Serializer[Any]):
    """One number of the year's fairs: `fairs`, `sessions`, `merchant`, `agency`, `creator` or
    `categories`. `projected` is null where a straight line says nothing."""

    code = serializers.CharField()
    reached = serializers.IntegerField()
    target = serializers.IntegerField()
    projected = serializers.IntegerField(allow_null=True)


class GoalBoardSerializer(serializers.Serializer[Any]):
    """`goals` of the regions one looks after, `fairs` of the whole country."""

    goals = GoalSerializer(many=True)
    fairs = FairGoalSerializer(many=True)


class YearSumSerializer(serializers.Serializer[Any]):
    """`threshold_share` is in percent; `product` is its number in the order file, of products
    only."""

    party = serializers.IntegerField(source="party_id")
    name = serializers.CharField(source="party.name")
    subject = serializers.ChoiceField(Subject.choices)
    product = serializers.CharField()
    region = serializers.CharField(source="region_id")
    year = serializers.IntegerField()
    net_fen = serializers.IntegerField()
    threshold_fen = serializers.IntegerField(source="threshold")
    threshold_share = serializers.SerializerMethodField()
    reach = serializers.SerializerMethodField()
    first_on = serializers.DateField(allow_null=True)

    def get_threshold_share(self, row: Any) -> float:
        return selectors.share_of(row)

    def get_reach(self, row: Any) -> str:
        return str(selectors.reach_of(row).value)


class SeatedSerializer(serializers.Serializer[Any]):
    """`seats`: at how many fairs of this year."""

    party = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    city = serializers.CharField(source="city.code")
    region = serializers.CharField(source="city.region.code")
    seats = serializers.IntegerField()


class MostSeatsFirst(KeysetPagination):
    ordering = ("-seats", "-pk")  # type: ignore[assignment] # DRF takes several


class LargestFirst(KeysetPagination):
    ordering = ("-net_fen", "-pk")  # type: ignore[assignment] # DRF takes several


class GoalBoardView(generics.GenericAPIView[Any]):
    serializer_class = GoalBoardSerializer
    pagination_class = None

    @reads(GoalBoardSerializer)
    def get(self, request: Request) -> Response:
        """The targets of the year, what is reached and where today's pace leads."""
        rules.can_see_goals(request.actor).require()
        board = selectors.goals_of(request.actor)
        told = {"goals": board.lines, "fairs": selectors.fair_goals(clock.today())}
        return Response(GoalBoardSerializer(told).data)


class GoalSumsView(generics.ListAPIView[YearSum]):
    serializer_class = YearSumSerializer
    pagination_class = LargestFirst
    queryset = YearSum.objects.none()

    def get_queryset(self) -> QuerySet[YearSum]:
        rules.can_see_goals(self.request.actor).require()
        if self.kwargs["code"] not in Goal.values:
            raise Http404
        rows = selectors.sums_of(self.request.actor, Goal(self.kwargs["code"]))
        return selectors.of_reach(rows, self.request.query_params.get("reach", ""))

    @reads(
        YearSumSerializer(many=True),
        OpenApiParameter("reach", str, enum=Reach.values, description="only these"),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everybody one number looks at, the largest first."""
        return super().get(request, *args, **kwargs)


class GoalSeatsView(generics.ListAPIView[Party]):
    serializer_class = SeatedSerializer
    pagination_class = MostSeatsFirst
    queryset = Party.objects.none()

    def get_queryset(self) -> QuerySet[Party]:
        rules.can_see_goals(self.request.actor).require()
        if self.kwargs["code"] not in selectors.SEATED:
            raise Http404
        return selectors.seated_of(self.kwargs["code"], clock.today())

    @reads(SeatedSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everybody of a kind (`merchant`, `agency`, `creator`) with a seat at a fair of this year,
        who has most first."""
        return super().get(request, *args, **kwargs)
