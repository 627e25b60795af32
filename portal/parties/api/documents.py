"""What a party must show, over the API. Upload the file first, then name its id here."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, selectors, services
from portal.parties.api.parties import PartySerializer
from portal.parties.fields import CONTACT_PHONE, DocumentFields, GuardianFields, RealNameFields
from portal.parties.models import Document, DocumentKind, Party, RealName


class DocumentSerializer(serializers.Serializer[Any]):
    """A document as it was handed in."""

    id = serializers.UUIDField()
    kind = serializers.CharField(source="kind.code")
    link = serializers.IntegerField(help_text="Its place in a chain, from 1; 0 outside of one.")
    status = serializers.CharField()
    reason = serializers.CharField()
    number = serializers.CharField()
    granted_by = serializers.CharField()
    granted_to = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    uploaded_at = serializers.DateTimeField()
    file = serializers.UUIDField(source="file_id", allow_null=True)


class AskedSerializer(serializers.Serializer[Any]):
    """A kind of document the party is or may be asked for."""

    code = serializers.CharField(source="kind.code")
    name_zh = serializers.CharField(source="kind.name_zh")
    name_en = serializers.CharField(source="kind.name_en")
    why = serializers.CharField(source="kind.why")
    is_required = serializers.BooleanField()
    instead = serializers.SerializerMethodField(help_text="Codes; one of them is enough as well.")
    state = serializers.ChoiceField(["missing", "uploaded", "accepted", "returned", "expired"])
    documents = DocumentSerializer(many=True)

    def get_instead(self, item: rules.Item) -> list[str]:
        return [kind.code for kind in item.instead]


class HandInSerializer(serializers.Serializer[Any]):
    kind = serializers.SlugField()
    file = serializers.UUIDField(help_text="An upload of yours for the purpose party-document.")
    number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    granted_by = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    granted_to = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)
    link = serializers.IntegerField(
        min_value=1, max_value=rules.MOST_LINKS, required=False, allow_null=True, default=None
    )


class RealNameInSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    number = serializers.CharField(min_length=18, max_length=18)
    consents = serializers.BooleanField(help_text="To keeping the name and the number.")
    guardian_name = serializers.CharField(max_length=40, required=False, default="")
    guardian_phone = serializers.RegexField(CONTACT_PHONE, required=False, default="")
    guardian_agrees = serializers.BooleanField(required=False, default=False)

    def real_name_fields(self) -> RealNameFields:
        data = self.validated_data
        guardian = GuardianFields(
            data["guardian_name"], data["guardian_phone"], data["guardian_agrees"]
        )
        return RealNameFields(
            name=data["name"],
            number=data["number"],
            consents=data["consents"],
            guardian=guardian if data["guardian_name"] else None,
        )


class RealNameSerializer(serializers.Serializer[Any]):
    """Masked: nobody reads the number back."""

    name = serializers.CharField()
    masked_number = serializers.CharField()
    is_verified = serializers.SerializerMethodField()

    def get_is_verified(self, real_name: RealName) -> bool:
        return real_name.verified_at is not None


class OwnPartyView(generics.GenericAPIView[Any]):
    """Something of one's own party."""

    queryset = Party.objects.none()
    pagination_class = None

    def party(self, request: Request, pk: int) -> Party:
        return get_object_or_404(selectors.whole_parties().visible_to(request.actor), pk=pk)


class DocumentListView(OwnPartyView):
    """What the party is asked for, and what it has handed in."""

    serializer_class = AskedSerializer

    @reads(AskedSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        return Response(AskedSerializer(rules.checklist(self.party(request, pk)), many=True).data)

    @writes(DocumentSerializer, status=201, request=HandInSerializer)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Hand a document in; it replaces the one of its kind that is not accepted."""
        party = self.party(request, pk)
        rules.can_upload_document(request.actor, party).require()
        form = HandInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        document = services.hand_in_document(
            request.actor,
            party=party,
            kind=get_object_or_404(DocumentKind, code=data["kind"]),
            source=data["file"],
            fields=DocumentFields(
                data["number"], data["granted_by"], data["granted_to"], data["expires_on"]
            ),
            link=data["link"],
        )
        return Response(DocumentSerializer(document).data, status=201)


class DocumentWithdrawalView(generics.GenericAPIView[Any]):
    """Take back what nobody has accepted yet."""

    serializer_class = DocumentSerializer
    queryset = Document.objects.none()

    @writes(DocumentSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        mine = Document.objects.visible_to(request.actor).select_related("kind", "party")
        document = services.withdraw_document(
            request.actor, document=get_object_or_404(mine, pk=pk)
        )
        return Response(DocumentSerializer(document).data)


class RealNameView(OwnPartyView):
    """Who a creator without a business licence is."""

    serializer_class = RealNameSerializer

    @writes(RealNameSerializer, request=RealNameInSerializer)
    @idempotent
    def put(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_give_real_name(request.actor, party).require()
        form = RealNameInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        real_name = services.give_real_name(
            request.actor, party=party, fields=form.real_name_fields()
        )
        return Response(RealNameSerializer(real_name).data)


class RecallView(OwnPartyView):
    """Take an application back while nobody has answered it."""

    serializer_class = PartySerializer

    @writes(PartySerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        services.recall_party(request.actor, party=self.party(request, pk))
        return Response(PartySerializer(self.party(request, pk)).data)


class RestartView(OwnPartyView):
    """Begin a refused application anew."""

    serializer_class = PartySerializer

    @writes(PartySerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        services.restart_party(request.actor, party=self.party(request, pk))
        return Response(PartySerializer(self.party(request, pk)).data)
