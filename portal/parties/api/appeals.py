"""Appeals of one's own party, over the API. Upload the evidence first, then name its ids here."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.verdict import Refused, conflict
from portal.parties import rules, selectors, services
from portal.parties.api.documents import OwnPartyView
from portal.parties.models import Party, PartyAppeal
from portal.parties.states import AppealEffect, AppealOutcome, AppealStatus

ABOUT = ("refusal", "suspension", "document")


class PartyAppealDecisionSerializer(serializers.Serializer[Any]):
    """Who judged is not told."""

    outcome = serializers.ChoiceField(AppealOutcome.values)
    effect = serializers.ChoiceField(AppealEffect.values)
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class PartyAppealSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    about = serializers.SerializerMethodField()
    document = serializers.UUIDField(source="document_id", allow_null=True)
    status = serializers.ChoiceField(AppealStatus.values)
    first_reason = serializers.CharField(help_text="Of the decision it is about.")
    text = serializers.CharField()
    evidence = serializers.SerializerMethodField()
    filed_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    decision = serializers.SerializerMethodField()

    def get_about(self, appeal: PartyAppeal) -> str:
        if appeal.answer_id:
            return "refusal"
        return "suspension" if appeal.suspension_id else "document"

    def get_evidence(self, appeal: PartyAppeal) -> list[uuid.UUID]:
        return [file.pk for file in appeal.evidence.all()]

    def get_decision(self, appeal: PartyAppeal) -> dict[str, Any] | None:
        decision = getattr(appeal, "decision", None)
        return PartyAppealDecisionSerializer(decision).data if decision else None


class FileAppealSerializer(serializers.Serializer[Any]):
    about = serializers.ChoiceField(ABOUT)
    document = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The returned one."
    )
    text = serializers.CharField(max_length=2000)
    evidence = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=3,
        default=list,
        help_text="Uploads of yours for the purpose appeal-evidence.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["about"] == "document" and attrs["document"] is None:
            raise serializers.ValidationError({"document": _("Name the returned document.")})
        return attrs


class PartyAppealsView(OwnPartyView):
    """Appeals against a refusal, a suspension or a returned document."""

    serializer_class = PartyAppealSerializer

    @reads(PartyAppealSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        party = self.party(request, pk)
        rules.can_manage_party(request.actor, party).require()
        appeals = _whole(selectors.appeals_of(party))
        return Response(PartyAppealSerializer(appeals, many=True).data)

    @writes(PartyAppealSerializer, status=201, request=FileAppealSerializer)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Object to the decision that stands; somebody else answers within 15 working days."""
        party = self.party(request, pk)
        rules.can_manage_party(request.actor, party).require()
        form = FileAppealSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        appeal = services.file_appeal(
            request.actor,
            party=party,
            subject=_subject(party, data["about"], data["document"]),
            text=data["text"],
            evidence=data["evidence"],
        )
        return Response(PartyAppealSerializer(appeal).data, status=201)


class PartyAppealWithdrawalView(generics.GenericAPIView[Any]):
    """Take an appeal back before it is answered."""

    serializer_class = PartyAppealSerializer
    queryset = PartyAppeal.objects.none()

    @writes(PartyAppealSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        mine = PartyAppeal.objects.visible_to(request.actor).select_related("party")
        appeal = services.withdraw_appeal(request.actor, appeal=get_object_or_404(mine, pk=pk))
        return Response(PartyAppealSerializer(appeal).data)


def _subject(party: Party, about: str, document: uuid.UUID | None) -> rules.Appealed:
    """The document named, or what keeps the party from working now."""
    if about == "document":
        return selectors.appealable(party, about, str(document))
    standing = selectors.standing_decision(party)
    if standing is None or standing[0] != about:
        sentence = _("This decision does not stand any more; there is nothing to appeal.")
        raise Refused(conflict(sentence))
    return standing[1]


def _whole(appeals: QuerySet[PartyAppeal]) -> QuerySet[PartyAppeal]:
    return appeals.select_related("decision").prefetch_related("evidence")
