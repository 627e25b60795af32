"""Saved searches over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.directory import selectors, services
from portal.directory.api.directory import ListedSerializer
from portal.directory.doors import DOORS, KIND_BY_PATH
from portal.directory.models import SavedSearch
from portal.directory.models.searches import LONGEST_NAME


class NewSearchSerializer(serializers.Serializer[Any]):
    """`filters`: lists of codes by the names of the directory's parameters, and the words as `q`.
    What the directory does not know is left out."""

    directory = serializers.ChoiceField(list(KIND_BY_PATH))
    name = serializers.CharField(max_length=LONGEST_NAME)
    filters = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=80), max_length=100),
        required=False,
        default=dict,
    )


class NoticesSerializer(serializers.Serializer[Any]):
    is_told = serializers.BooleanField()


class SearchSerializer(serializers.Serializer[Any]):
    """`newcomers`: how many came in since `seen_at`, of the last 30 days. `is_told`: new ones are
    told of once a day."""

    id = serializers.UUIDField()
    directory = serializers.SerializerMethodField()
    name = serializers.CharField()
    filters = serializers.SerializerMethodField()
    is_told = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    newcomers = serializers.SerializerMethodField()

    def get_directory(self, search: SavedSearch) -> str:
        return DOORS[search.kind].path

    @extend_schema_field(
        serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    )
    def get_filters(self, search: SavedSearch) -> dict[str, list[str]]:
        return search.lists

    def get_newcomers(self, search: SavedSearch) -> int:
        return selectors.number_of_newcomers(search)


class SavedSearchViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SavedSearch]
):
    """One's own saved searches, for the acting party."""

    queryset = SavedSearch.objects.none()
    serializer_class = SearchSerializer
    lookup_value_converter = "uuid"
    pagination_class = None

    def get_queryset(self) -> QuerySet[SavedSearch]:
        return SavedSearch.objects.visible_to(self.request.actor).order_by("-created_at", "pk")

    @writes(SearchSerializer, status=201, request=NewSearchSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        form = NewSearchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        search = services.save_search(
            request.actor,
            kind=KIND_BY_PATH[asked["directory"]],
            name=asked["name"],
            data=asked["filters"],
        )
        return Response(SearchSerializer(search).data, status=201)

    @writes(SearchSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a search; the answer is what it was."""
        search = self.get_object()
        answer = dict(SearchSerializer(search).data)
        services.delete_search(request.actor, search=search)
        return Response(answer)

    @reads(ListedSerializer(many=True))
    @action(detail=True)
    def newcomers(self, request: Request, pk: str) -> Response:
        """Who came in since the last look, the latest first; 50 at most."""
        found = selectors.newcomers_of(self.get_object())
        return Response(ListedSerializer(found, many=True).data)

    @writes(SearchSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def look(self, request: Request, pk: str) -> Response:
        """Everybody in it is known now."""
        search = services.look_at_search(request.actor, search=self.get_object())
        return Response(SearchSerializer(search).data)

    @writes(SearchSerializer, request=NoticesSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def notices(self, request: Request, pk: str) -> Response:
        """Begin or stop the daily notice."""
        search = self.get_object()
        form = NoticesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        is_told = form.validated_data["is_told"]
        search = services.tell_of_search(request.actor, search=search, is_told=is_told)
        return Response(SearchSerializer(search).data)
