"""A party's shortlist over the API."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.directory import services
from portal.directory.models import ShortlistEntry
from portal.parties.models import Party


class NoteSerializer(serializers.ModelSerializer[ShortlistEntry]):
    class Meta:
        model = ShortlistEntry
        fields = ("note",)
        extra_kwargs: ClassVar = {"note": {"required": True}}


class NewEntrySerializer(serializers.ModelSerializer[ShortlistEntry]):
    party = serializers.PrimaryKeyRelatedField(queryset=Party.objects.listed())

    class Meta:
        model = ShortlistEntry
        fields = ("party", "note")


class ShortlistEntrySerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(source="party_id")
    kind = serializers.CharField(source="party.kind")
    name = serializers.CharField(source="party.name")
    note = serializers.CharField()
    added_at = serializers.DateTimeField()


class ShortlistViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ShortlistEntry]):
    """Whom the acting party keeps in mind, the last added first; whoever hides is left out."""

    queryset = ShortlistEntry.objects.none()
    serializer_class = ShortlistEntrySerializer
    lookup_field = "party"
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[ShortlistEntry]:
        kept = ShortlistEntry.objects.visible_to(self.request.actor)
        return kept.filter(party__in=Party.objects.listed()).select_related("party")

    @reads(ShortlistEntrySerializer)
    def retrieve(self, request: Request, party: int) -> Response:
        return Response(ShortlistEntrySerializer(self.get_object()).data)

    @writes(ShortlistEntrySerializer, status=201, request=NewEntrySerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a listed party. One that was taken off lately has its note again."""
        form = NewEntrySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        entry = services.add_shortlist_entry(request.actor, **form.validated_data)
        return Response(ShortlistEntrySerializer(entry).data, status=201)

    @writes(ShortlistEntrySerializer, request=NoteSerializer)
    @idempotent
    def update(self, request: Request, party: int) -> Response:
        """Write the note."""
        entry = self.get_object()
        form = NoteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        note = form.validated_data["note"]
        entry = services.note_shortlist_entry(request.actor, entry=entry, note=note)
        return Response(ShortlistEntrySerializer(entry).data)

    @writes(ShortlistEntrySerializer, request=None)
    @idempotent
    def destroy(self, request: Request, party: int) -> Response:
        """Take a party off; the answer is what was there. Adding it again undoes this."""
        entry = self.get_object()
        services.remove_shortlist_entry(request.actor, party=entry.party)
        return Response(ShortlistEntrySerializer(entry).data)
