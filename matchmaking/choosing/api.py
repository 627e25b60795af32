"""Opinions and the confidential part over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matchmaking.choosing import rules, selectors, services
from matchmaking.choosing.fields import OpinionFields
from matchmaking.needs.models import Proposal
from matchmaking.needs.selectors import whole_needs
from portal.core.api.idempotency import idempotent
from portal.core.api.negotiation import OneAnswer
from portal.core.api.schema import reads, reads_file, writes
from portal.core.documents import pdf_file, render_pdf


class OpinionSerializer(serializers.Serializer[Any]):
    """One to five stars each."""

    plan = serializers.IntegerField(min_value=1, max_value=5)
    price = serializers.IntegerField(min_value=1, max_value=5)
    team = serializers.IntegerField(min_value=1, max_value=5)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    person = serializers.CharField(source="person.name", read_only=True)
    at = serializers.DateTimeField(read_only=True)


class ConfidentialSerializer(serializers.Serializer[Any]):
    """What the bidder promised to keep to itself."""

    text = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    written_at = serializers.DateTimeField(read_only=True)


class OpinionListView(APIView):
    """What the merchant's people think of a proposal; the bidder never sees it."""

    @reads(OpinionSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        proposal = _proposal(request, pk)
        rules.may_read_opinions(request.actor, proposal).require()
        return Response(OpinionSerializer(selectors.opinions_of(proposal), many=True).data)

    @writes(OpinionSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Say what one thinks; said again, it replaces what one said."""
        proposal = _proposal(request, pk)
        rules.can_give_opinion(request.actor, proposal).require()
        form = OpinionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        opinion = services.give_opinion(
            request.actor, proposal=proposal, fields=OpinionFields(**form.validated_data)
        )
        return Response(OpinionSerializer(opinion).data, status=201)


class ConfidentialView(APIView):
    """The confidential part of the brief that a proposal answers."""

    @reads(ConfidentialSerializer)
    def get(self, request: Request, pk: int) -> Response:
        proposal = _proposal(request, pk)
        rules.may_read_confidential(request.actor, proposal).require()
        return Response(ConfidentialSerializer(rules.brief_of(proposal.need)).data)

    @writes(ConfidentialSerializer, status=201, request=None)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Promise to keep it to oneself."""
        promise = services.open_confidential(request.actor, proposal=_proposal(request, pk))
        return Response(ConfidentialSerializer(promise.brief).data, status=201)


class ComparisonView(APIView):
    """The proposals of a need side by side, as a PDF."""

    content_negotiation_class = OneAnswer

    @reads_file("application/pdf")
    def get(self, request: Request, pk: int) -> HttpResponse:
        """In the language of the request; its footer holds the SHA-256 of what it says."""
        own = whole_needs(request.actor).owned_by(request.actor)
        need = get_object_or_404(own, pk=pk)
        rules.can_compare_proposals(request.actor, need).require()
        data = selectors.comparison_of(request.actor, need)
        return pdf_file(render_pdf("needs/comparison.typ", data), f"{need.number}-comparison")


def _proposal(request: Request, pk: int) -> Proposal:
    seen = Proposal.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("need__merchant", "provider"), pk=pk)
