"""Operators: seeing the site as a person does. The look is their session's, as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import generics, mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import NewestFirst
from portal.core.api.schema import reads, writes
from portal.core.verdict import Refused, conflict
from portal.parties import rules, services
from portal.parties.models import User, Viewing
from portal.parties.services.viewing import MOST_WORDS
from portal.parties.viewing import VIEWING


class BeginViewingSerializer(serializers.Serializer[Any]):
    person = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=MOST_WORDS, help_text="The person reads it.")


class ViewingSerializer(serializers.Serializer[Any]):
    """Half an hour in which one operator sees the site as one person, read-only."""

    id = serializers.UUIDField()
    operator = serializers.CharField()
    person = serializers.IntegerField(source="person_id")
    reason = serializers.CharField()
    begun_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    pages = serializers.IntegerField()


class LastBegun(NewestFirst):
    ordering = "-begun_at"


class ViewingsView(mixins.ListModelMixin, generics.GenericAPIView[Viewing]):
    serializer_class = ViewingSerializer
    pagination_class = LastBegun
    queryset = Viewing.objects.none()

    def get_queryset(self) -> QuerySet[Viewing]:
        rules.may_see_viewings(self.request.actor).require()
        return Viewing.objects.select_related("operator")

    @reads(ViewingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Who looked as whom, why, and at how many pages; the last look first."""
        return self.list(request)

    @writes(ViewingSerializer, status=201, request=BeginViewingSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Begin a look: from now on this session sees what the person sees, and changes nothing."""
        rules.may_view(request.actor).require()
        form = BeginViewingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        person = get_object_or_404(User, pk=form.validated_data["person"])
        viewing = services.begin_viewing(
            request.actor, person=person, reason=form.validated_data["reason"]
        )
        request.session[VIEWING] = str(viewing.pk)
        return Response(ViewingSerializer(viewing).data, status=201)


class ViewingEndView(generics.GenericAPIView[Viewing]):
    serializer_class = ViewingSerializer
    queryset = Viewing.objects.none()

    @writes(ViewingSerializer, request=None)
    def post(self, request: Request) -> Response:
        """End the look that this session runs."""
        viewing = getattr(request._request, "viewing", None)
        if viewing is None:
            raise Refused(conflict(_("No look is running.")))
        services.end_viewing(viewing)
        request.session.pop(VIEWING, None)
        viewing.refresh_from_db()
        return Response(ViewingSerializer(viewing).data)
