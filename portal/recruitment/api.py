"""Rounds and applications over the API. Upload papers first, then name their ids here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.fields import IdsField
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.models import Category, ServiceType
from portal.recruitment import rules, selectors, services
from portal.recruitment.fields import ApplicationFields
from portal.recruitment.models import Application, Round
from portal.recruitment.states import ApplicationStatus, RoundStatus


class RoundSerializer(serializers.Serializer[Any]):
    """A round in which providers are recruited."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    brief = serializers.CharField()
    status = serializers.ChoiceField(RoundStatus.values)
    is_taking = serializers.BooleanField(help_text="Whether applications are taken now.")
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    services = IdsField(queryset=ServiceType.objects.all())
    categories = IdsField(queryset=Category.objects.all())
    least_share = serializers.IntegerField(help_text="Percent of these categories together.")
    price_most_fen = serializers.IntegerField(allow_null=True)
    places = serializers.IntegerField(allow_null=True)
    questions = serializers.ListField(child=serializers.CharField())
    applied = serializers.IntegerField()
    accepted = serializers.IntegerField()


class RoundConditionSerializer(serializers.Serializer[Any]):
    """What a round asks, answered for the provider one speaks for."""

    sentence = serializers.CharField()
    is_met = serializers.BooleanField()
    lack = serializers.CharField()


class ApplyingSerializer(serializers.Serializer[Any]):
    pitch = serializers.CharField(max_length=2000)
    answers = serializers.ListField(
        child=serializers.CharField(max_length=600), max_length=rules.MOST_QUESTIONS, default=list
    )
    papers = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_PAPERS,
        default=list,
        help_text="Uploads of yours for the purpose recruitment-paper.",
    )


class ApplicationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    round = serializers.IntegerField(source="round_id")
    status = serializers.ChoiceField(ApplicationStatus.values)
    reason = serializers.CharField()
    pitch = serializers.CharField()
    answers = serializers.ListField(child=serializers.CharField())
    ticket = serializers.UUIDField(
        source="ticket.public_id", help_text="The conversation about it, among the tickets."
    )
    submitted_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class RoundViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Round]
):
    """Published rounds, the newest first."""

    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Round]:
        return selectors.whole_rounds(self.request.actor).order_by("-pk")

    @reads(RoundConditionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def conditions(self, request: Request, pk: str) -> Response:
        """What the round asks; each is answered for the provider one speaks for."""
        party = request.actor.party
        asked = party if party is not None and party.kind == "provider" else None
        found = rules.conditions_of(self.get_object(), asked)
        return Response(RoundConditionSerializer(found, many=True).data)

    @writes(ApplicationSerializer, status=201, request=ApplyingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def applications(self, request: Request, pk: str) -> Response:
        """Apply for the provider one speaks for."""
        round_ = self.get_object()
        rules.can_apply(request.actor, round_).require()
        form = ApplyingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        application = services.apply_to_round(
            request.actor, round_=round_, fields=ApplicationFields(**form.validated_data)
        )
        return Response(ApplicationSerializer(application).data, status=201)


class ApplicationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]
):
    """One's own applications."""

    queryset = Application.objects.none()
    serializer_class = ApplicationSerializer

    def get_queryset(self) -> QuerySet[Application]:
        mine = Application.objects.visible_to(self.request.actor)
        return mine.select_related("ticket", "party", "round").order_by("-pk")

    @writes(ApplicationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Withdraw it before it is answered."""
        application = get_object_or_404(self.get_queryset(), pk=pk)
        services.withdraw_application(request.actor, application=application)
        return Response(ApplicationSerializer(self.get_object()).data)
