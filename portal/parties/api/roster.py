"""Rosters over the API: the same services and sentences as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.actor import Actor
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import audited_read, writes
from portal.parties import rules, services
from portal.parties.fields import CONTACT_PHONE, RosterFields
from portal.parties.models import Departure, DepartureStatement, Party, RosterEntry
from portal.parties.states import PartyKind

WITH_BOTH = ("agency", "creator")


class RosterFieldsSerializer(serializers.Serializer[Any]):
    """What the acting agency offers: a listed creator by id, or anybody by name and phone."""

    creator = serializers.PrimaryKeyRelatedField(
        queryset=Party.objects.listed().filter(kind=PartyKind.CREATOR),
        required=False,
        allow_null=True,
        default=None,
    )
    name = serializers.CharField(max_length=40, required=False, default="")
    account = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    phone = serializers.RegexField(CONTACT_PHONE, required=False, default="")
    starts_on = serializers.DateField()
    last_day = serializers.DateField()
    terms = serializers.CharField(max_length=2000)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["creator"] is None and not data["name"]:
            raise serializers.ValidationError({"name": _("Please fill this in.")})
        return data

    def roster_fields(self) -> RosterFields:
        data = dict(self.validated_data)
        creator = data.pop("creator")
        if creator is not None:
            data |= {"creator_id": creator.pk, "name": creator.name}
        return RosterFields(**data)


class RosterSerializer(serializers.Serializer[Any]):
    """A creator's place in an agency. The phone is masked, the link the agency's alone."""

    id = serializers.IntegerField()
    status = serializers.CharField()
    agency = serializers.IntegerField(source="agency_id")
    agency_name = serializers.CharField(source="agency.name")
    creator = serializers.IntegerField(source="creator_id", allow_null=True)
    name = serializers.CharField(source="title")
    account = serializers.CharField()
    phone = serializers.CharField(source="masked_phone")
    starts_on = serializers.DateField()
    last_day = serializers.DateField()
    terms = serializers.CharField()
    invited_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    reminders = serializers.IntegerField()
    is_shown = serializers.BooleanField()
    key = serializers.SerializerMethodField()

    def get_key(self, entry: RosterEntry) -> str | None:
        actor: Actor = self.context["request"].actor
        return str(entry.key) if actor.party_id in (entry.agency_id, entry.creator_id) else None

    def to_representation(self, entry: RosterEntry) -> dict[str, Any]:
        shown = super().to_representation(entry)
        actor: Actor = self.context["request"].actor
        if not actor.speaks_for(entry.agency_id):
            shown |= {"phone": "", "reminders": 0}
        return shown


class PhoneSerializer(serializers.Serializer[Any]):
    phone = serializers.CharField()


class ShowingSerializer(serializers.Serializer[Any]):
    is_shown = serializers.BooleanField()


class DepartureFieldsSerializer(serializers.Serializer[Any]):
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=1000)


class DepartureStatementSerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(source="party_id", read_only=True)
    said_at = serializers.DateTimeField(read_only=True)
    statement = serializers.CharField(source="text", max_length=3000)
    files = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_DEPARTURE_FILES,
        default=list,
        help_text="Uploads of yours for the purpose departure-evidence.",
    )

    def to_representation(self, said: DepartureStatement) -> dict[str, Any]:
        return {
            "party": said.party_id,
            "said_at": serializers.DateTimeField().to_representation(said.said_at),
            "statement": said.text,
            "files": [str(file.pk) for file in said.files.all()],
        }


class DepartureSerializer(serializers.Serializer[Any]):
    """A wish to leave before the contract ends."""

    id = serializers.IntegerField()
    entry = serializers.IntegerField(source="entry_id")
    status = serializers.CharField()
    asked_by = serializers.IntegerField(source="asked_by_id")
    last_day = serializers.DateField()
    reason = serializers.CharField()
    answer_by = serializers.DateTimeField()
    decide_by = serializers.DateTimeField(allow_null=True)
    decided_last_day = serializers.DateField(allow_null=True)
    reasons = serializers.CharField()
    statements = DepartureStatementSerializer(many=True)


class RosterViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[RosterEntry]
):
    """The entries of one's own agencies and creators."""

    queryset = RosterEntry.objects.none()
    serializer_class = RosterSerializer

    def get_queryset(self) -> QuerySet[RosterEntry]:
        seen = RosterEntry.objects.visible_to(self.request.actor)
        return seen.select_related(*WITH_BOTH)

    @writes(RosterSerializer, status=201, request=RosterFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Invite a creator to the acting agency's roster."""
        agency = get_object_or_404(Party, pk=request.actor.party_id or 0)
        rules.can_invite_creator(request.actor, agency).require()
        form = RosterFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        entry = services.invite_creator(request.actor, agency=agency, fields=form.roster_fields())
        return Response(self._shown(entry), status=201)

    @writes(RosterSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def reminder(self, request: Request, pk: str) -> Response:
        """Remind a creator who has not answered."""
        entry = services.remind_creator(request.actor, entry=self.get_object())
        return Response(self._shown(entry))

    @writes(RosterSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take an unanswered invitation back."""
        entry = services.withdraw_roster(request.actor, entry=self.get_object())
        return Response(self._shown(entry))

    @writes(RosterSerializer, request=ShowingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def showing(self, request: Request, pk: str) -> Response:
        """Whether the agency's public page names the acting creator."""
        entry = self.get_object()
        rules.can_show_entry(request.actor, entry).require()
        form = ShowingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(
            self._shown(services.show_entry(request.actor, entry=entry, **form.validated_data))
        )

    @audited_read(PhoneSerializer)
    @action(detail=True, methods=["post"])
    def phone(self, request: Request, pk: str) -> Response:
        """The invited creator's phone in full; each look is written down."""
        phone = services.reveal_phone(request.actor, entry=self.get_object())
        return Response(PhoneSerializer({"phone": phone}).data)

    @writes(DepartureSerializer, status=201, request=DepartureFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def departure(self, request: Request, pk: str) -> Response:
        """Ask to part before the contract ends."""
        entry = self.get_object()
        rules.can_ask_departure(request.actor, entry).require()
        form = DepartureFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        departure = services.ask_departure(request.actor, entry=entry, **form.validated_data)
        return Response(DepartureSerializer(departure).data, status=201)

    def _shown(self, entry: RosterEntry) -> dict[str, Any]:
        return dict(RosterSerializer(entry, context=self.get_serializer_context()).data)


class RosterInvitationViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[RosterEntry]):
    """By the link an agency passes on: read the terms, accept or decline as a creator."""

    queryset = RosterEntry.objects.none()
    serializer_class = RosterSerializer
    lookup_field = "key"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[RosterEntry]:
        return RosterEntry.objects.open_by_link(self.request.actor).select_related(*WITH_BOTH)

    @writes(RosterSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, key: str) -> Response:
        entry = services.join_roster(request.actor, entry=self.get_object())
        return Response(RosterSerializer(entry, context=self.get_serializer_context()).data)

    @writes(RosterSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, key: str) -> Response:
        entry = services.decline_roster(request.actor, entry=self.get_object())
        return Response(RosterSerializer(entry, context=self.get_serializer_context()).data)


class DepartureViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Departure]
):
    """Departures of one's own agencies and creators."""

    queryset = Departure.objects.none()
    serializer_class = DepartureSerializer

    def get_queryset(self) -> QuerySet[Departure]:
        seen = RosterEntry.objects.visible_to(self.request.actor)
        both = Departure.objects.select_related("entry__agency", "entry__creator", "asked_by")
        return both.filter(entry__in=seen).prefetch_related("statements__files")

    @writes(DepartureSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def agreement(self, request: Request, pk: str) -> Response:
        services.agree_departure(request.actor, departure=self.get_object())
        return self._shown()

    @writes(DepartureSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        services.withdraw_departure(request.actor, departure=self.get_object())
        return self._shown()

    @writes(DepartureSerializer, request=DepartureStatementSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def objection(self, request: Request, pk: str) -> Response:
        """Object: an operator decides within fifteen days."""
        departure = self.get_object()
        rules.can_contest_departure(request.actor, departure).require()
        services.contest_departure(request.actor, departure=departure, **self._statement(request))
        return self._shown()

    @writes(DepartureSerializer, request=DepartureStatementSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def statement(self, request: Request, pk: str) -> Response:
        """Add what one's own side has to say to a contested departure."""
        departure = self.get_object()
        rules.can_state_departure(request.actor, departure).require()
        services.state_departure(request.actor, departure=departure, **self._statement(request))
        return self._shown()

    def _statement(self, request: Request) -> dict[str, Any]:
        form = DepartureStatementSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return {"statement": form.validated_data["text"], "files": form.validated_data["files"]}

    def _shown(self) -> Response:
        return Response(DepartureSerializer(self.get_object()).data)
