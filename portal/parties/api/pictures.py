"""Pictures over the API. Upload the file first, then name its id here."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import rules, services
from portal.parties.api.documents import OwnPartyView
from portal.parties.models import ClientCase, PartyPicture
from portal.parties.profile_states import PictureSlot


class PictureSerializer(serializers.Serializer[Any]):
    """A picture of your party; `url` is for everybody once its status is shown."""

    id = serializers.UUIDField(read_only=True)
    slot = serializers.ChoiceField(PictureSlot.choices)
    case = serializers.UUIDField(source="case_id", required=False, allow_null=True, default=None)
    status = serializers.CharField(
        read_only=True, help_text="waiting, shown, refused, replaced or removed."
    )
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    small_url = serializers.SerializerMethodField()
    file = serializers.UUIDField(
        write_only=True, help_text="An upload of yours for the purpose party-picture."
    )

    def get_small_url(self, picture: PartyPicture) -> str:
        return reverse("picture_read", args=[picture.pk, "small"])


class PicturesView(OwnPartyView):
    """The pictures of your party: logo or portrait, cover, and of your cases."""

    serializer_class = PictureSerializer

    @reads(PictureSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        standing = PartyPicture.objects.standing().filter(party=self.party(request, pk))
        return Response(PictureSerializer(standing.order_by("set_at"), many=True).data)

    @writes(PictureSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Set a picture. Others see it once an operator has looked at it."""
        party = self.party(request, pk)
        rules.can_edit_party(request.actor, party).require()
        form = PictureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        cases = ClientCase.objects.visible_to(request.actor)
        case = get_object_or_404(cases, pk=data["case_id"]) if data["case_id"] else None
        picture = services.set_picture(
            request.actor,
            party=party,
            slot=PictureSlot(data["slot"]),
            source=data["file"],
            case=case,
        )
        return Response(PictureSerializer(picture).data, status=201)


class PictureView(generics.GenericAPIView[Any]):
    """One of your pictures."""

    serializer_class = PictureSerializer
    queryset = PartyPicture.objects.none()

    @writes(PictureSerializer, request=None)
    @idempotent
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Take it off."""
        mine = PartyPicture.objects.visible_to(request.actor).select_related("party")
        picture = services.remove_picture(request.actor, picture=get_object_or_404(mine, pk=pk))
        return Response(PictureSerializer(picture).data)
