from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

DOORS = {
    "schema": "schema",
    "reference": "api-reference",
    "parties": "api-party-list",
    "needs": "api-need-list",
    "proposals": "api-proposal-list",
    "cooperations": "api-cooperation-list",
    "methods": "api-method-list",
    "activity": "api-activity",
    "notices": "api-notice-list",
    "imports": "api-import-list",
    "exports": "api-export-list",
    "tickets": "api-ticket-list",
    "moderation_cases": "api-case-list",
    "documents": "api-documents",
    "consents": "api-consent-list",
    "webhooks": "api-webhook-list",
    "webhook_events": "api-webhook-events",
}


@extend_schema(
    responses={200: {"type": "object", "additionalProperties": {"type": "string"}}}, auth=[]
)
@api_view(["GET"])
@permission_classes([AllowAny])
def api_root(request: Request) -> Response:
    """Where things are."""
    return Response({door: reverse(name, request=request) for door, name in DOORS.items()})
