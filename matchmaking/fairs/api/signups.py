"""Sign-ups over the API: the seat, the wishes, the agenda, and what came of each meeting."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.api.goods import FairMatchSerializer
from matchmaking.fairs.api.people import DecisionSerializer, SignUpSerializer
from matchmaking.fairs.models import SignUp
from matchmaking.fairs.states import Mark, MeetingResult
from matchmaking.fairs.tokens import agenda_address
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.web import whole_number
from portal.seats.selectors import standings_of
from portal.seats.states import ClaimStatus

NARROWED = (
    OpenApiParameter("fair", int, description="Of this fair only."),
    OpenApiParameter("status", str, enum=ClaimStatus.values),
)


class WishSerializer(serializers.Serializer[Any]):
    """`sign_up`: of the other side; `mark`: must, maybe, no, or empty to take it back."""

    sign_up = serializers.UUIDField()
    mark = serializers.ChoiceField(Mark.choices, allow_blank=True)


class WishesSerializer(serializers.Serializer[Any]):
    wishes = serializers.ListField(child=WishSerializer(), max_length=500)


class OppositeSerializer(serializers.Serializer[Any]):
    """Somebody of the other side with a seat, and what one wishes of them."""

    sign_up = serializers.UUIDField(source="sign_up.pk")
    party = serializers.IntegerField(source="sign_up.party_id")
    name = serializers.CharField(source="sign_up.party.name")
    mark = serializers.CharField()
    wants_you = serializers.BooleanField()
    match = FairMatchSerializer(source="suit", allow_null=True)


class MeetingSerializer(serializers.Serializer[Any]):
    """One meeting of the published plan; `said`: what this side said came of it."""

    id = serializers.IntegerField(source="meeting.pk")
    other = serializers.IntegerField(source="other.party_id")
    name = serializers.CharField(source="other.party.name")
    starts_at = serializers.DateTimeField(source="meeting.starts_at")
    table = serializers.IntegerField(source="meeting.table_number")
    said = serializers.CharField()


class MeetingAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=300)


class OutcomeSerializer(serializers.Serializer[Any]):
    meeting = serializers.IntegerField(min_value=1, max_value=2**53)
    result = serializers.ChoiceField(MeetingResult.choices)


class AgendaFeedSerializer(serializers.Serializer[Any]):
    """On: a new address, and the one before opens nothing any more. Off: none."""

    is_on = serializers.BooleanField()


class AgendaAddressSerializer(serializers.Serializer[Any]):
    """For a calendar that subscribes; empty where there is none."""

    address = serializers.CharField()


class SignUpViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SignUp]
):
    """The sign-ups of the acting party, and those it brought."""

    queryset = SignUp.objects.none()
    serializer_class = SignUpSerializer

    def get_queryset(self) -> QuerySet[SignUp]:
        return SignUp.objects.visible_to(self.request.actor).whole()

    @reads(SignUpSerializer(many=True), *NARROWED)
    def list(self, request: Request) -> Response:
        """The newest first; of one fair, of one state."""
        rows, asked = self.get_queryset(), request.query_params
        if "fair" in asked:
            rows = rows.filter(fair=whole_number(asked["fair"]))
        if status := asked.get("status"):
            rows = rows.filter(claim__status=status)
        page = self.paginate_queryset(rows) or []
        kept = {"standings": standings_of(row.claim for row in page)}
        shown = SignUpSerializer(page, many=True, context=kept)
        return self.get_paginated_response(shown.data)

    @writes(SignUpSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def seat(self, request: Request, pk: str) -> Response:
        """Take up the seat that is kept."""
        done = services.take_up_offer(request.actor, sign_up=self.get_object())
        return Response(SignUpSerializer(done).data)

    @writes(SignUpSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """For the organiser: a seat, or a place in line where none is free."""
        done = services.accept_sign_up(request.actor, sign_up=self.get_object())
        return Response(SignUpSerializer(done).data)

    @writes(SignUpSerializer, request=DecisionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """For the organiser: not accepted; they are told why."""
        form = DecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.reject_sign_up(
            request.actor, sign_up=self.get_object(), why=form.validated_data["reason"]
        )
        return Response(SignUpSerializer(done).data)

    @writes(SignUpSerializer, request=DecisionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def question(self, request: Request, pk: str) -> Response:
        """For the organiser: say what is missing before it is decided."""
        form = DecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.ask_sign_up(
            request.actor, sign_up=self.get_object(), why=form.validated_data["reason"]
        )
        return Response(SignUpSerializer(done).data)

    @writes(SignUpSerializer, request=MeetingAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: str) -> Response:
        """Answer what the organiser asked; it is looked at again."""
        form = MeetingAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.answer_sign_up(
            request.actor, sign_up=self.get_object(), answer=form.validated_data["answer"]
        )
        return Response(SignUpSerializer(done).data)

    @writes(SignUpSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Give back the seat, the offer or the place in line."""
        done = services.withdraw_sign_up(request.actor, sign_up=self.get_object())
        return Response(SignUpSerializer(done).data)

    @reads(OppositeSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def wishes(self, request: Request, pk: str) -> Response:
        """Everybody one may meet; those who want it first."""
        sign_up = self.get_object()
        rules.can_act_on_sign_up(request.actor, sign_up).require()
        found = selectors.candidates_of(sign_up)
        return Response(OppositeSerializer(found, many=True).data)

    @writes(OppositeSerializer(many=True), request=WishesSerializer)
    @wishes.mapping.post
    @idempotent
    def make_wishes(self, request: Request, pk: str) -> Response:
        """Say must, maybe or no of several at once."""
        sign_up = self.get_object()
        form = WishesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        marks = {row["sign_up"]: row["mark"] for row in form.validated_data["wishes"]}
        services.make_wishes(request.actor, sign_up=sign_up, marks=marks)
        found = selectors.candidates_of(sign_up)
        return Response(OppositeSerializer(found, many=True).data)

    @reads(MeetingSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def agenda(self, request: Request, pk: str) -> Response:
        """The meetings of the published plan, in order."""
        found = selectors.agenda_of(self.get_object())
        return Response(MeetingSerializer(found, many=True).data)

    @writes(MeetingSerializer(many=True), request=OutcomeSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def outcome(self, request: Request, pk: str) -> Response:
        """What came of one meeting."""
        sign_up = self.get_object()
        form = OutcomeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        meeting = get_object_or_404(
            selectors.meetings_of(sign_up), pk=form.validated_data["meeting"]
        )
        services.tell_outcome(
            request.actor,
            sign_up=sign_up,
            meeting=meeting,
            result=MeetingResult(form.validated_data["result"]),
        )
        found = selectors.agenda_of(sign_up)
        return Response(MeetingSerializer(found, many=True).data)

    @writes(AgendaAddressSerializer, request=AgendaFeedSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def feed(self, request: Request, pk: str) -> Response:
        """An address of the agenda for calendars, another one, or none."""
        form = AgendaFeedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        is_on = form.validated_data["is_on"]
        done = services.change_feed(request.actor, sign_up=self.get_object(), is_on=is_on)
        return Response(AgendaAddressSerializer({"address": agenda_address(request, done)}).data)
