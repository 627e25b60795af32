"""Operators: answering appeals against ratings over the API; one examines, another one decides."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import reads, writes
from portal.evaluation import rules, selectors, services
from portal.evaluation.api.appeals import RatingAppealSerializer
from portal.evaluation.api.facts import FactSerializer
from portal.evaluation.fields import Correction
from portal.evaluation.models import Appeal
from portal.evaluation.states import AppealOutcome, AppealStatus
from portal.parties.models import Party

STATUS = OpenApiParameter("status", str, enum=AppealStatus.values)


class OwnLine(NewestFirst):
    ordering = "-filed_at"


class FiledAppealSerializer(RatingAppealSerializer):
    """An appeal in the operators' list."""

    party = serializers.IntegerField(source="party_id")
    finding = serializers.CharField(help_text="Of the first person; the party does not read it.")
    proposed = serializers.ChoiceField([*AppealOutcome.values, ""])


class WeighedAppealSerializer(FiledAppealSerializer):
    """The same with the rows behind the number, and what keeps you from answering it."""

    rows = serializers.SerializerMethodField()
    cannot_examine = serializers.SerializerMethodField()
    cannot_decide = serializers.SerializerMethodField()

    def get_rows(self, appeal: Appeal) -> list[dict[str, Any]]:
        return [dict(FactSerializer(row).data) for row in selectors.rows_behind(appeal)]

    def get_cannot_examine(self, appeal: Appeal) -> str:
        return str(rules.can_examine_appeal(self.context["actor"], appeal).reason)

    def get_cannot_decide(self, appeal: Appeal) -> str:
        return str(rules.can_decide_appeal(self.context["actor"], appeal).reason)


class AppealFindingSerializer(serializers.Serializer[Any]):
    finding = serializers.CharField(max_length=2000)
    proposed = serializers.ChoiceField(AppealOutcome.values)


class CorrectionSerializer(serializers.Serializer[Any]):
    fact = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    value = serializers.FloatField(allow_null=True, help_text="null takes the row back.")


class AppealDecisionSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(AppealOutcome.values)
    sentence = serializers.CharField(max_length=600, help_text="The party reads it.")
    correction = CorrectionSerializer(
        default=None, allow_null=True, help_text="The row to correct, with corrected data."
    )


class FiledAppealViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Appeal]
):
    """Appeals of the operator's regions, the newest first."""

    queryset = Appeal.objects.none()
    serializer_class = FiledAppealSerializer
    pagination_class = OwnLine

    def get_queryset(self) -> QuerySet[Appeal]:
        rules.may_decide_appeals(self.request.actor).require()
        mine = Party.objects.in_scope_of(self.request.user)
        return Appeal.objects.filter(party__in=mine).select_related("party__city", "rating")

    @reads(FiledAppealSerializer(many=True), STATUS)
    def list(self, request: Request) -> Response:
        """All appeals, or those of one status."""
        rows = self.get_queryset()
        if (status := request.query_params.get("status")) is not None:
            rows = rows.filter(status=status)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(FiledAppealSerializer(page, many=True).data)

    @reads(WeighedAppealSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One appeal with the rows behind its number."""
        return self._shown(self.get_object())

    @writes(WeighedAppealSerializer, request=AppealFindingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def finding(self, request: Request, pk: str) -> Response:
        """The first person: what the rows say, and what to do."""
        appeal, data = self.get_object(), self._data(AppealFindingSerializer)
        appeal = services.examine_rating_appeal(
            request.actor,
            appeal=appeal,
            finding=data["finding"],
            proposed=AppealOutcome(data["proposed"]),
        )
        return self._shown(appeal)

    @writes(WeighedAppealSerializer, request=AppealDecisionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def decision(self, request: Request, pk: str) -> Response:
        """The second person: the answer, and the row that stands in for a wrong one."""
        appeal, data = self.get_object(), self._data(AppealDecisionSerializer)
        correction = data["correction"]
        appeal = services.decide_rating_appeal(
            request.actor,
            appeal=appeal,
            outcome=AppealOutcome(data["outcome"]),
            sentence=data["sentence"],
            correction=correction and Correction(correction["fact"], correction["value"]),
        )
        return self._shown(appeal)

    def _data(self, kind: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        form = kind(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _shown(self, appeal: Appeal) -> Response:
        form = WeighedAppealSerializer(appeal, context={"actor": self.request.actor})
        return Response(form.data)
