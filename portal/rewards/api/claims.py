"""Claims: one's own; all, for operators, who decide them. And objections to what was decided."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.models import StoredFile
from portal.rewards import services
from portal.rewards.api.paging import ByClaim, ByFiling
from portal.rewards.api.serializers import (
    TaskAppealAnswerSerializer,
    TaskAppealSerializer,
    TaskClaimSerializer,
    TaskObjectingSerializer,
    TaskRevokingSerializer,
    TaskSubmissionSerializer,
    TaskVerdictSerializer,
)
from portal.rewards.fields import RevocationFields
from portal.rewards.models import Claim, ClaimAppeal
from portal.rewards.states import ClaimStatus

STATUS = OpenApiParameter("task_claim_status", str, enum=ClaimStatus.values)


class ClaimViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Claim]
):
    """Of the party one speaks for; of all, for operators."""

    queryset = Claim.objects.none()
    serializer_class = TaskClaimSerializer
    pagination_class = ByClaim
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Claim]:
        rows = Claim.objects.visible_to(self.request.actor).whole()
        return rows.prefetch_related("revocations")

    @reads(TaskClaimSerializer(many=True), STATUS)
    def list(self, request: Request) -> Response:
        """All, or those of one status; the newest first."""
        rows = self.get_queryset()
        if (status := request.query_params.get("task_claim_status")) is not None:
            rows = rows.filter(status=status)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(TaskClaimSerializer(page, many=True).data)

    @writes(TaskClaimSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Give it up; the place goes to somebody else."""
        return self._answer(services.withdraw_claim(request.actor, claim=self.get_object()))

    @writes(TaskClaimSerializer, request=TaskSubmissionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def submission(self, request: Request, pk: str) -> Response:
        """Hand it in, where an operator looks at it."""
        claim, given = self.get_object(), _given(TaskSubmissionSerializer, request)
        return self._answer(services.submit_claim(request.actor, claim=claim, **given))

    @writes(TaskClaimSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def taking(self, request: Request, pk: str) -> Response:
        """An operator looks at it now."""
        return self._answer(services.take_up_claim(request.actor, claim=self.get_object()))

    @writes(TaskClaimSerializer, request=TaskVerdictSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def verdict(self, request: Request, pk: str) -> Response:
        """Passed, and rewarded at once; or not, and why."""
        claim, given = self.get_object(), _given(TaskVerdictSerializer, request)
        decide = services.pass_claim if given["passes"] else services.fail_claim
        return self._answer(decide(request.actor, claim=claim, reason=given["reason"]))

    @writes(TaskClaimSerializer, request=TaskRevokingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def revocation(self, request: Request, pk: str) -> Response:
        """Take back what had passed, with its reason and what follows."""
        claim = self.get_object()
        fields = RevocationFields(**_given(TaskRevokingSerializer, request))
        return self._answer(services.revoke_claim(request.actor, claim=claim, fields=fields))

    @writes(TaskAppealSerializer, status=201, request=TaskObjectingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def appeals(self, request: Request, pk: str) -> Response:
        """Object to what was decided."""
        claim, given = self.get_object(), _given(TaskObjectingSerializer, request)
        appeal = services.appeal_claim(request.actor, claim=claim, **given)
        return Response(TaskAppealSerializer(appeal).data, status=201)

    def _answer(self, claim: Claim) -> Response:
        found = Claim.objects.whole().prefetch_related("revocations").get(pk=claim.pk)
        return Response(TaskClaimSerializer(found).data)


class ClaimAppealViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ClaimAppeal]
):
    """One's own; all, for operators."""

    queryset = ClaimAppeal.objects.none()
    serializer_class = TaskAppealSerializer
    pagination_class = ByFiling
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[ClaimAppeal]:
        rows = ClaimAppeal.objects.visible_to(self.request.actor).select_related("claim__party")
        return rows.prefetch_related(
            Prefetch("evidence", StoredFile.objects.order_by("created_at", "pk"))
        )

    @writes(TaskAppealSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        appeal = services.withdraw_appeal(request.actor, appeal=self.get_object())
        return Response(TaskAppealSerializer(appeal).data)

    @writes(TaskAppealSerializer, request=TaskAppealAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: str) -> Response:
        """Decide, as the second person."""
        appeal, given = self.get_object(), _given(TaskAppealAnswerSerializer, request)
        decided = services.decide_appeal(request.actor, appeal=appeal, **given)
        return Response(TaskAppealSerializer(decided).data)


def _given(form_class: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    form = form_class(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
