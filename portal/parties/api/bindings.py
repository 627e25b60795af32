"""Chat apps that open one's own account, over the API. Binding one leads through the app itself."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties import services
from portal.parties.social import app_names


class BindingSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    app = serializers.CharField()
    bound_at = serializers.DateTimeField()


class BindingsView(generics.GenericAPIView[SocialAccount]):
    serializer_class = BindingSerializer
    queryset = SocialAccount.objects.none()
    pagination_class = None

    @reads(BindingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What opens the account beside the password and codes."""
        names = app_names(request)
        shown = [_shown(account, names) for account in _mine(request)]
        return Response(BindingSerializer(shown, many=True).data)


class BindingEndView(generics.GenericAPIView[SocialAccount]):
    serializer_class = BindingSerializer
    queryset = SocialAccount.objects.none()

    @writes(BindingSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Unbind an app: it opens the account no more."""
        account = get_object_or_404(_mine(request), pk=pk)
        shown = _shown(account, app_names(request))
        services.unbind_app(request.actor, account=account, name=shown["app"])
        return Response(BindingSerializer(shown).data)


def _mine(request: Request) -> QuerySet[SocialAccount]:
    return SocialAccount.objects.filter(user=request.actor.user_id).order_by("pk")


def _shown(account: SocialAccount, names: dict[str, str]) -> dict[str, Any]:
    name = names.get(account.provider, account.provider)
    return {"id": account.pk, "app": name, "bound_at": account.date_joined}
