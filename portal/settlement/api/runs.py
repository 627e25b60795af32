"""Settlement runs over the API, for the platform's finance people: the same steps as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.settlement import rules, services
from portal.settlement.models import Run
from portal.settlement.states import RunKind, RunStatus


class SettlementSerializer(serializers.Serializer[Any]):
    """`done`, `total`, `step`: of the work under way, or of the last; null before the first."""

    id = serializers.IntegerField()
    month = serializers.DateField(help_text="Its first day.")
    settlement_kind = serializers.ChoiceField(RunKind.choices, source="kind")
    settlement_status = serializers.ChoiceField(RunStatus.choices, source="status")
    prepared_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    calculated_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    statements = serializers.SerializerMethodField()
    done = serializers.SerializerMethodField()
    total = serializers.SerializerMethodField()

    def get_statements(self, run: Run) -> int:
        return run.statements.count()

    def get_done(self, run: Run) -> int | None:
        job = services.job_of(run)
        return job.done if job else None

    def get_total(self, run: Run) -> int | None:
        job = services.job_of(run)
        return job.total if job else None


class NewSettlementSerializer(serializers.Serializer[Any]):
    """A month that is over; or `parties`, for what these have in months that are open."""

    month = serializers.DateField(required=False, help_text="Its first day.")
    parties = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=1_000
    )

    def validate_month(self, month: date) -> date:
        if month.day != 1:
            raise serializers.ValidationError(_("A month is named by its first day."))
        return month

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("month")) == bool(attrs.get("parties")):
            raise serializers.ValidationError({"month": [_("Name a month, or parties; not both.")]})
        return attrs


class RunViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Run]):
    """Month's ends and runs in between."""

    queryset = Run.objects.none()
    serializer_class = SettlementSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Run]:
        rules.can_see_settlements(self.request.actor).require()
        return Run.objects.visible_to(self.request.actor)

    @writes(SettlementSerializer, status=201, request=NewSettlementSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Prepare one in the background. A month's run closes its books."""
        rules.can_see_settlements(request.actor).require()
        form = NewSettlementSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        if parties := said.get("parties"):
            run = services.prepare_in_between(request.actor, parties=parties)
        else:
            run = services.prepare_run(request.actor, month=said["month"])
        return Response(SettlementSerializer(run).data, status=201)

    @writes(SettlementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def stop(self, request: Request, pk: int) -> Response:
        """After the parties it is at."""
        return self._shown(services.stop_run(request.actor, run=self.get_object()))

    @writes(SettlementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def resume(self, request: Request, pk: int) -> Response:
        """Go on where it stopped."""
        return self._shown(services.resume_run(request.actor, run=self.get_object()))

    @writes(SettlementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def sending(self, request: Request, pk: int) -> Response:
        """Send its statements, in the background."""
        run = self.get_object()
        services.start_sending(request.actor, run=run)
        return self._shown(run)

    @writes(SettlementSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def approval(self, request: Request, pk: int) -> Response:
        """Approve every statement that is agreed, in the background; not by who prepared it."""
        run = self.get_object()
        services.start_approving(request.actor, run=run)
        return self._shown(run)

    def _shown(self, run: Run) -> Response:
        run.refresh_from_db()
        return Response(SettlementSerializer(run).data)
