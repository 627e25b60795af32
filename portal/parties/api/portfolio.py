"""A provider's team and cases over the API. Upload evidence first, then name its ids here."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.forms import MAX_FEN
from portal.parties import rules, selectors, services
from portal.parties.api.documents import OwnPartyView
from portal.parties.fields import CertificateFields, ClientCaseFields, StaffFields
from portal.parties.models import Category, ClientCase, StaffMember
from portal.parties.profile_states import StaffRole


class CertificateSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=60)
    issuer = serializers.CharField(max_length=60)
    number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)


class StaffSerializer(serializers.Serializer[Any]):
    """Somebody of the team. Names and numbers are read by your own party only. `certificates` are
    your word; `issued` are those of this site's courses, which nobody writes here."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=40)
    role = serializers.CharField(max_length=10, help_text=", ".join(StaffRole.values))
    years = serializers.IntegerField(min_value=0, max_value=rules.MOST_YEARS)
    certificates = CertificateSerializer(many=True, required=False)
    issued = CertificateSerializer(many=True, read_only=True, source="issued_certificates")

    def to_representation(self, instance: StaffMember) -> dict[str, Any]:
        told = super().to_representation(instance)
        own = CertificateSerializer(instance.own_certificates, many=True)
        return told | {"certificates": own.data}

    def staff_fields(self) -> StaffFields:
        data = self.validated_data
        return StaffFields(
            name=data["name"],
            role=data["role"],
            years=data["years"],
            certificates=[CertificateFields(**row) for row in data.get("certificates", [])],
        )


class StaffView(OwnPartyView):
    """The team of your provider."""

    serializer_class = StaffSerializer
    pagination_class = None

    @reads(StaffSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        team = selectors.team_of(self.party(request, pk))
        return Response(StaffSerializer(team, many=True).data)

    @writes(StaffSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_add_staff(request.actor, party).require()
        form = StaffSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        member = services.add_staff(request.actor, party=party, fields=form.staff_fields())
        return Response(StaffSerializer(member).data, status=201)


class StaffMemberView(generics.GenericAPIView[Any]):
    """One of your team."""

    serializer_class = StaffSerializer
    queryset = StaffMember.objects.none()

    @writes(StaffSerializer)
    @idempotent
    def put(self, request: Request, pk: uuid.UUID) -> Response:
        member = self._member(request, pk)
        rules.can_change_staff(request.actor, member).require()
        form = StaffSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        changed = services.change_staff(request.actor, member=member, fields=form.staff_fields())
        return Response(StaffSerializer(changed).data)

    @writes(StaffSerializer, request=None)
    @idempotent
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """They left the team: their name and certificates go."""
        gone = services.remove_staff(request.actor, member=self._member(request, pk))
        return Response(StaffSerializer(gone).data)

    def _member(self, request: Request, pk: uuid.UUID) -> StaffMember:
        mine = StaffMember.objects.visible_to(request.actor).select_related("party__city")
        return get_object_or_404(mine, pk=pk)


class ShownCaseSerializer(serializers.Serializer[Any]):
    """A case as everybody reads it. `gmv_fen` is the provider's claim; `settled_fen` stands only
    on verified cases and is the platform's own figure."""

    id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(max_length=60)
    client = serializers.CharField(max_length=60)
    category = serializers.PrimaryKeyRelatedField(queryset=Category.objects.filter(parent=None))
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    gmv_fen = serializers.IntegerField(min_value=1, max_value=MAX_FEN)
    summary = serializers.CharField(max_length=1000)
    status = serializers.CharField(
        read_only=True, help_text="claimed, checking, verified, refused or withdrawn."
    )
    settled_fen = serializers.IntegerField(read_only=True, allow_null=True)
    checked_at = serializers.DateTimeField(read_only=True, allow_null=True)


class ClientCaseSerializer(ShownCaseSerializer):
    """One's own case."""

    reason = serializers.CharField(read_only=True)
    is_held = serializers.BooleanField(read_only=True)
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=rules.MOST_EVIDENCE,
        required=False,
        write_only=True,
        help_text="Uploads of yours for the purpose case-evidence; added to those handed in.",
    )

    def case_fields(self) -> ClientCaseFields:
        data = self.validated_data
        names = ("title", "client", "starts_on", "ends_on", "gmv_fen", "summary")
        return ClientCaseFields(
            **{name: data[name] for name in names}, category_id=data["category"].pk
        )

    @property
    def pieces(self) -> list[uuid.UUID]:
        return list(self.validated_data.get("evidence", []))


class ClientCasesView(OwnPartyView):
    """The cases of your provider."""

    serializer_class = ClientCaseSerializer
    pagination_class = None

    @reads(ClientCaseSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        cases = selectors.cases_of(self.party(request, pk))
        return Response(ClientCaseSerializer(cases, many=True).data)

    @writes(ClientCaseSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_write_case(request.actor, party).require()
        form = ClientCaseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        case = services.write_case(
            request.actor, party=party, fields=form.case_fields(), evidence=form.pieces
        )
        return Response(ClientCaseSerializer(case).data, status=201)


class OwnCaseView(generics.GenericAPIView[Any]):
    serializer_class = ClientCaseSerializer
    queryset = ClientCase.objects.none()

    def case(self, request: Request, pk: uuid.UUID) -> ClientCase:
        mine = ClientCase.objects.visible_to(request.actor)
        return get_object_or_404(mine.select_related("party__city"), pk=pk)


class ClientCaseView(OwnCaseView):
    """One of your cases."""

    @reads(ClientCaseSerializer)
    def get(self, request: Request, pk: uuid.UUID) -> Response:
        return Response(ClientCaseSerializer(self.case(request, pk)).data)

    @writes(ClientCaseSerializer)
    @idempotent
    def put(self, request: Request, pk: uuid.UUID) -> Response:
        case = self.case(request, pk)
        rules.can_change_case(request.actor, case).require()
        form = ClientCaseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        changed = services.change_case(
            request.actor, case=case, fields=form.case_fields(), evidence=form.pieces
        )
        return Response(ClientCaseSerializer(changed).data)


class ClientCaseCheckView(OwnCaseView):
    """Ask for the mark: an operator compares the claim with the settlements."""

    @writes(ClientCaseSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        case = services.ask_check(request.actor, case=self.case(request, pk))
        return Response(ClientCaseSerializer(case).data)


class ClientCaseRecallView(OwnCaseView):
    """Take it back from the check, to change it."""

    @writes(ClientCaseSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        case = services.recall_case(request.actor, case=self.case(request, pk))
        return Response(ClientCaseSerializer(case).data)


class ClientCaseWithdrawalView(OwnCaseView):
    """Take the case down."""

    @writes(ClientCaseSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        case = services.withdraw_case(request.actor, case=self.case(request, pk))
        return Response(ClientCaseSerializer(case).data)
