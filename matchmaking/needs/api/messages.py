"""Messages, blocks and reports over the API."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import rules, services
from matchmaking.needs.models import Block, Message
from matchmaking.needs.states import ReportReason
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes


class MessageFieldsSerializer(serializers.Serializer[Any]):
    """`file_ids`: of uploads for the purpose `needs.message`, up to three."""

    value_names: ClassVar = {"files": "file_ids"}
    text = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    file_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=3
    )


class MessageFileSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()


class ProposalMessageSerializer(serializers.Serializer[Any]):
    """`is_masked`: contacts in it were masked, because nothing is agreed yet."""

    id = serializers.UUIDField()
    proposal = serializers.IntegerField(source="proposal_id")
    number = serializers.IntegerField()
    side = serializers.CharField()
    text = serializers.CharField()
    is_masked = serializers.BooleanField()
    files = MessageFileSerializer(many=True)
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    removed_at = serializers.DateTimeField(allow_null=True)


class ReportFieldsSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(ReportReason.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ReportSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    message = serializers.UUIDField(source="message_id")
    reason = serializers.CharField()
    status = serializers.CharField()


class BlockSerializer(serializers.Serializer[Any]):
    """`blocked` is null where the acting party may not know whom it met; `proposal` says where."""

    id = serializers.IntegerField()
    blocked = serializers.SerializerMethodField()
    proposal = serializers.IntegerField(source="proposal_id", allow_null=True)
    at = serializers.DateTimeField()
    lifted_at = serializers.DateTimeField(allow_null=True)

    def get_blocked(self, block: Block) -> int | None:
        return block.blocked_id if block.tells_name else None


class MessageViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Message]
):
    """What was written about the acting party's proposals, newest first. Reading by a key marks
    nothing as read; `proposals/<id>/reading/` does."""

    queryset = Message.objects.none()
    serializer_class = ProposalMessageSerializer
    pagination_field = "at"

    def get_queryset(self) -> QuerySet[Message]:
        seen = Message.objects.visible_to(self.request.actor)
        return seen.select_related(
            "proposal__need__merchant", "proposal__provider"
        ).prefetch_related("files")

    @writes(ReportSerializer, status=201, request=ReportFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def report(self, request: Request, pk: str) -> Response:
        """Ask an operator to look at it."""
        message = self.get_object()
        rules.can_report_message(request.actor, message).require()
        form = ReportFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.report_message(request.actor, message=message, **form.validated_data)
        return Response(ReportSerializer(made).data, status=201)


class BlockViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Block]):
    """Whom the acting party does not want to hear from. Nobody is told."""

    queryset = Block.objects.none()
    serializer_class = BlockSerializer

    def get_queryset(self) -> QuerySet[Block]:
        return Block.objects.owned_by(self.request.actor).select_related(
            "blocker", "proposal__need"
        )

    @writes(BlockSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def lifting(self, request: Request, pk: str) -> Response:
        """Hear from it again."""
        done = services.lift_block(request.actor, block=self.get_object())
        return Response(BlockSerializer(done).data)
