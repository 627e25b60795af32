"""What is being written, and what needs begin from, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.models import Need, NeedDraft, NeedTemplate, ProposalDraft
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.drafts.api import (
    DraftSerializer,
    DraftViews,
    TypedAgainSerializer,
    TypedSerializer,
)


class NeedTypedSerializer(TypedSerializer):
    """`need`: the one that is written anew, if it is one already."""

    need = serializers.IntegerField(required=False, allow_null=True, default=None)


class NeedDraftSerializer(DraftSerializer):
    need = serializers.IntegerField(source="need_id", allow_null=True)


class NeedDraftViewSet(DraftViews):
    """What the acting merchant has not finished writing."""

    queryset = NeedDraft.objects.none()
    serializer_class = NeedDraftSerializer
    drafting, form = services.DRAFTING, forms.NeedForm

    @writes(NeedDraftSerializer, status=201, request=NeedTypedSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        return self.begin(request, NeedTypedSerializer)

    @writes(NeedDraftSerializer, request=TypedAgainSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Keep the next version; 409 where somebody kept another one meanwhile."""
        return self.keep_again(request, TypedAgainSerializer)

    @writes(NeedDraftSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        return self.discard(request)

    def subject_of(self, request: Request, pk: int) -> Need:
        return _own_need(request, pk)


def _own_need(request: Request, pk: int) -> Need:
    own = Need.objects.owned_by(request.actor).select_related("merchant")
    return get_object_or_404(own, pk=pk)


class ProposalTypedSerializer(TypedSerializer):
    """`need`: the one that is answered."""

    need = serializers.IntegerField()


class ProposalDraftSerializer(DraftSerializer):
    need = serializers.IntegerField(source="need_id")


class ProposalDraftViewSet(DraftViews):
    """Answers the acting bidder has not finished writing, one a need."""

    queryset = ProposalDraft.objects.none()
    serializer_class = ProposalDraftSerializer
    drafting, form = services.ANSWERING, forms.ProposalForm

    @writes(ProposalDraftSerializer, status=201, request=ProposalTypedSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """409 where one of this need is kept already."""
        return self.begin(request, ProposalTypedSerializer)

    @writes(ProposalDraftSerializer, request=TypedAgainSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Keep the next version; 409 where somebody kept another one meanwhile."""
        return self.keep_again(request, TypedAgainSerializer)

    @writes(ProposalDraftSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        return self.discard(request)

    def subject_of(self, request: Request, pk: int) -> Need:
        seen = selectors.whole_needs(request.actor).visible_to(request.actor)
        return get_object_or_404(seen, pk=pk)


class TemplateFieldsSerializer(serializers.Serializer[Any]):
    need = serializers.IntegerField()
    name = serializers.CharField(max_length=40)


class NeedTemplateSerializer(serializers.Serializer[Any]):
    """`is_own`: the acting party's; otherwise the house's. `values` as in a need, without days."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    is_own = serializers.SerializerMethodField()
    values = serializers.DictField()

    def get_is_own(self, template: NeedTemplate) -> bool:
        return template.merchant_id is not None


class NeedTemplateViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[NeedTemplate]
):
    """What a need may begin from: one's own and the house's."""

    queryset = NeedTemplate.objects.none()
    serializer_class = NeedTemplateSerializer

    def get_queryset(self) -> QuerySet[NeedTemplate]:
        return NeedTemplate.objects.usable_by(self.request.actor).select_related("merchant")

    @writes(NeedTemplateSerializer, status=201, request=TemplateFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Keep one of one's own needs as a template."""
        rules.can_create_need(request.actor).require()
        form = TemplateFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        need = _own_need(request, form.validated_data["need"])
        template = services.save_template(
            request.actor, need=need, name=form.validated_data["name"]
        )
        return Response(NeedTemplateSerializer(template).data, status=201)

    @writes(NeedTemplateSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        template = self.get_object()
        answer = NeedTemplateSerializer(template).data
        services.remove_template(request.actor, template=template)
        return Response(answer)
