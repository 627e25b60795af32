"""The feed for machines: many days in one request, each said once however often it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.activity import rules, services
from portal.activity.fields import MOST, DayFields
from portal.activity.models import ActivityDay
from portal.activity.states import Source
from portal.core import clock
from portal.core.api.fields import MOST as MOST_KEY
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes

MOST_DAYS = 1_000
SHOWN_DAYS = 366
SOURCES = {source.name.lower(): source for source in Source}


class DaySerializer(serializers.Serializer[Any]):
    """One day of one party; your own party if none is named."""

    party = serializers.IntegerField(
        min_value=1, max_value=MOST_KEY, required=False, source="party_id"
    )
    day = serializers.DateField()
    followers = serializers.IntegerField(min_value=0, max_value=MOST["followers"])
    shopping_followers = serializers.IntegerField(
        min_value=0, max_value=MOST["shopping_followers"], required=False, allow_null=True
    )
    videos = serializers.IntegerField(min_value=0, max_value=MOST["videos"])
    lives = serializers.IntegerField(min_value=0, max_value=MOST["lives"])
    has_sold = serializers.BooleanField()


class KnownDaySerializer(DaySerializer):
    # A field of this name hides `Field.source`, which a serializer never reads.
    source = serializers.SerializerMethodField()  # type: ignore[assignment]

    def get_source(self, row: ActivityDay) -> str:
        return Source(row.source).name.lower()


class NewDaysSerializer(serializers.Serializer[Any]):
    """`source`: self_reported for your own party; operators may say platform, operator_file or
    estimated."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # as above
        sorted(SOURCES), default="self_reported"
    )
    days = serializers.ListSerializer(
        child=DaySerializer(), allow_empty=False, max_length=MOST_DAYS
    )


class RecordedSerializer(serializers.Serializer[Any]):
    recorded = serializers.IntegerField(help_text="Rows that said something new")


class ActivityView(generics.GenericAPIView[Any]):
    """Daily figures of shops and creators."""

    serializer_class = KnownDaySerializer
    pagination_class = None

    @reads(
        KnownDaySerializer(many=True),
        OpenApiParameter("days", int, description="How many days back, up to 366; 30 by default."),
    )
    def get(self, request: Request) -> Response:
        """Your party's latest days, the best source's word of each."""
        asked = request.query_params.get("days", "")
        span = min(int(asked), SHOWN_DAYS) if asked.isdecimal() and len(asked) < 5 else 30
        last = clock.today()
        own = ActivityDay.objects.visible_to(request.actor)
        found = own.within(last - timedelta(days=max(span, 1) - 1), last).best()
        return Response(KnownDaySerializer(found, many=True).data)

    @writes(RecordedSerializer, request=NewDaysSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record up to 1,000 days. A day said in the same words again is not recorded again."""
        form = NewDaysSerializer(data=request.data)
        if not rules.can_feed_days(request.actor):
            rules.can_report_days(request.actor, request.actor.party).require()
        form.is_valid(raise_exception=True)
        own = request.actor.party_id
        rows = [{"party_id": own} | row for row in form.validated_data["days"]]
        if any(row["party_id"] is None for row in rows):
            raise serializers.ValidationError({"days": _("Name the party of each day.")})
        recorded = services.record_days(
            request.actor,
            days=[DayFields(**row) for row in rows],
            source=SOURCES[form.validated_data["source"]],
        )
        return Response({"recorded": recorded})
