"""Sign-ups that are being prepared, over the API."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.fairs import forms, services
from matchmaking.fairs.models import Fair, SignUpDraft
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.drafts.api import (
    DraftSerializer,
    DraftViews,
    TypedAgainSerializer,
    TypedSerializer,
)


class SignUpTypedSerializer(TypedSerializer):
    """`fair`: the one that is signed up for."""

    fair = serializers.IntegerField()


class SignUpDraftSerializer(DraftSerializer):
    fair = serializers.IntegerField(source="fair_id")


class SignUpDraftViewSet(DraftViews):
    """Sign-ups the acting party has prepared, one a fair."""

    queryset = SignUpDraft.objects.none()
    serializer_class = SignUpDraftSerializer
    drafting, form = services.PREPARING, forms.SignUpForm

    @writes(SignUpDraftSerializer, status=201, request=SignUpTypedSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """409 where one of this fair is kept already."""
        return self.begin(request, SignUpTypedSerializer)

    @writes(SignUpDraftSerializer, request=TypedAgainSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Keep the next version; 409 where somebody kept another one meanwhile."""
        return self.keep_again(request, TypedAgainSerializer)

    @writes(SignUpDraftSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        return self.discard(request)

    def subject_of(self, request: Request, pk: int) -> Fair:
        return get_object_or_404(Fair.objects.visible_to(request.actor), pk=pk)
