"""Bookings of advisers' hours over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import writes
from training.advice import rules, services
from training.advice.api.advisers import AdviceReasonSerializer, SlotSerializer, given_by
from training.advice.fields import QuestionFields
from training.advice.models import Booking, Slot
from training.advice.states import AdviceTopic, Side


class NewestBooked(NewestFirst):
    ordering = "-booked_at"


class BookingSerializer(serializers.Serializer[Any]):
    """An hour a party took. `place`: while it is to take place, for who meets there. `absent`: who
    did not come, the party or the adviser."""

    id = serializers.UUIDField(source="pk")
    slot = SlotSerializer()
    party = serializers.IntegerField(source="party_id")
    question = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    status = serializers.CharField()
    place = serializers.SerializerMethodField()
    booked_at = serializers.DateTimeField()
    cancelled_by = serializers.CharField()
    reason = serializers.CharField()
    absent = serializers.CharField()
    notes = serializers.CharField()
    noted_at = serializers.DateTimeField(allow_null=True)
    rating = serializers.IntegerField(allow_null=True)
    rating_note = serializers.CharField()

    def get_place(self, booking: Booking) -> str:
        actor = self.context["request"].actor
        return booking.slot.place if rules.knows_place(actor, booking) else ""


class NewBookingSerializer(serializers.Serializer[Any]):
    slot = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    question = serializers.CharField(max_length=rules.MOST_QUESTION)
    topics = serializers.ListField(
        child=serializers.ChoiceField(AdviceTopic.choices), required=False, default=list
    )


class BookingAbsenceSerializer(serializers.Serializer[Any]):
    absent = serializers.ChoiceField([Side.PARTY.value, Side.ADVISER.value])


class BookingNotesSerializer(serializers.Serializer[Any]):
    """In Markdown."""

    notes = serializers.CharField(max_length=rules.MOST_NOTES)


class BookingRatingSerializer(serializers.Serializer[Any]):
    stars = serializers.IntegerField(min_value=1, max_value=5)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class BookingViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Booking]
):
    """The acting party's hours, an adviser's own, and all of them for who runs the group."""

    queryset = Booking.objects.none()
    serializer_class = BookingSerializer
    pagination_class = NewestBooked
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Booking]:
        return Booking.objects.visible_to(self.request.actor).whole()

    @writes(BookingSerializer, status=201, request=NewBookingSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Take a free hour. Who comes too late is told which ones are still free."""
        rules.may_ask_for_advice(request.actor).require()
        given = given_by(NewBookingSerializer, request)
        slot = get_object_or_404(Slot.objects.select_related("adviser"), pk=given["slot"])
        fields = QuestionFields(given["question"], tuple(given["topics"]))
        made = services.book_slot(request.actor, slot=slot, fields=fields)
        return Response(self._shown(made), status=201)

    @writes(BookingSerializer, request=AdviceReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def cancellation(self, request: Request, pk: str) -> Response:
        """The hour is free again."""
        return self._step(services.cancel_booking, **given_by(AdviceReasonSerializer, request))

    @writes(BookingSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def holding(self, request: Request, pk: str) -> Response:
        """It took place."""
        return self._step(services.say_done)

    @writes(BookingSerializer, request=BookingAbsenceSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def absence(self, request: Request, pk: str) -> Response:
        """Somebody did not come."""
        return self._step(services.say_absent, **given_by(BookingAbsenceSerializer, request))

    @writes(BookingSerializer, request=BookingNotesSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def notes(self, request: Request, pk: str) -> Response:
        """What was advised, for the party."""
        return self._step(services.note_booking, **given_by(BookingNotesSerializer, request))

    @writes(BookingSerializer, request=BookingRatingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def rating(self, request: Request, pk: str) -> Response:
        """The party's feedback, once."""
        return self._step(services.rate_booking, **given_by(BookingRatingSerializer, request))

    def _step(self, service: Callable[..., Booking], **given: Any) -> Response:
        return Response(
            self._shown(service(self.request.actor, booking=self.get_object(), **given))
        )

    def _shown(self, booking: Booking) -> dict[str, Any]:
        return dict(BookingSerializer(booking, context=self.get_serializer_context()).data)
