"""The home of a party, and what changed, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.operators import can_see_queues, queues
from portal.notices.services import last_seen, see_changes
from portal.pages.changes import REMEMBERED, changes_of
from portal.pages.homes import home_of, next_step
from portal.pages.trends import figures_for
from portal.parties.onboarding import checklist_of


class HomeFigureSerializer(serializers.Serializer[Any]):
    """One number as the page writes it; `trend` is its course, month by month, the oldest first."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, not the own label
    value = serializers.CharField()
    unit = serializers.CharField(default="")
    note = serializers.CharField(default="")
    trend = serializers.ListField(child=serializers.FloatField(), default=list)
    url = serializers.CharField(default="")


class HomeRowSerializer(serializers.Serializer[Any]):
    """`percent` is the length of its bar; `tone` is ok, warn, bad or empty; `trend` is its course,
    month by month, the oldest first."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, not the own label
    value = serializers.CharField()
    note = serializers.CharField()
    url = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True)
    tone = serializers.CharField()
    trend = serializers.ListField(child=serializers.FloatField())


class HomeCardSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    url = serializers.CharField()
    rows = HomeRowSerializer(many=True)


class HomeStepSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class HomeSerializer(serializers.Serializer[Any]):
    """What the party one speaks for reads on its home. `next` is the one thing to do next: before
    it is verified, of its first steps; null for staff, who have queues."""

    figures = HomeFigureSerializer(many=True)
    cards = HomeCardSerializer(many=True)
    next = HomeStepSerializer(allow_null=True)


class WorkbenchView(generics.GenericAPIView[Any]):
    serializer_class = HomeSerializer
    pagination_class = None

    @reads(HomeSerializer)
    def get(self, request: Request) -> Response:
        """The numbers of the home with their course, its cards, the next step."""
        actor = request.actor
        home = home_of(actor)
        figures = [*figures_for(actor), *home.figures]
        step = next_step(actor, home, checklist_of(actor))
        told = {"figures": figures, "cards": home.cards, "next": step}
        return Response(HomeSerializer(told).data)


class QueueSerializer(serializers.Serializer[Any]):
    """Work that waits for an operator. `due` is the nearest last day for an answer; `oldest`, since
    when the one that waits longest does. Both are null where there is none."""

    title = serializers.CharField()
    url = serializers.CharField()
    count = serializers.IntegerField()
    oldest = serializers.DateTimeField(allow_null=True)
    due = serializers.DateField(allow_null=True)


class QueuesView(generics.GenericAPIView[Any]):
    serializer_class = QueueSerializer
    pagination_class = None

    @reads(QueueSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The queues one may work on: the nearest deadline first, then the longest wait, those with
        nothing in them last."""
        can_see_queues(request.actor).require()
        return Response(QueueSerializer(queues(request._request), many=True).data)


class RecentChangeSerializer(serializers.Serializer[Any]):
    """What happened of one kind: the newest of it in a sentence, and how many there are. `kind` is
    a topic of notices, `work` (what colleagues did) or `announced`."""

    kind = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    count = serializers.IntegerField()
    url = serializers.CharField()


class RecentChangesSerializer(serializers.Serializer[Any]):
    since = serializers.DateTimeField()
    changes = RecentChangeSerializer(many=True)


SINCE = OpenApiParameter(
    "since",
    OpenApiTypes.DATETIME,
    description="By default when you last looked; at most 30 days ago.",
)


class ChangesView(generics.GenericAPIView[Any]):
    serializer_class = RecentChangesSerializer
    pagination_class = None

    @reads(RecentChangesSerializer, SINCE)
    def get(self, request: Request) -> Response:
        """What changed for this person and the party they speak for. Asking is no visit: the
        workbench shows the same again."""
        since = _since(request) or last_seen(request.actor)
        since = max(since, clock.now() - REMEMBERED)
        told = {"since": since, "changes": changes_of(request.actor, since)}
        return Response(RecentChangesSerializer(told).data)


def _since(request: Request) -> datetime | None:
    asked = request.query_params.get("since")
    if not asked:
        return None
    found: datetime = serializers.DateTimeField().run_validation(asked)
    return found


class SeenView(generics.GenericAPIView[Any]):
    serializer_class = RecentChangesSerializer
    pagination_class = None

    @writes(RecentChangesSerializer, request=None)
    @idempotent
    def post(self, request: Request) -> Response:
        """All of it is seen: from now on only what comes after is new."""
        since = see_changes(request.actor)
        return Response(RecentChangesSerializer({"since": since, "changes": []}).data)
