"""Fairs over the API: who may come, and one's own sign-ups."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.fairs import selectors, services
from matchmaking.fairs.api.goods import FairGoodsViewSet
from matchmaking.fairs.fields import SignUpFields
from matchmaking.fairs.models import Fair, SignUp
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.verdict import Refused, forbidden
from portal.parties.models import Party
from portal.seats.selectors import standing_of


class SeatsSerializer(serializers.Serializer[Any]):
    """Seats of one role and category. `id` is what a sign-up names as its pool."""

    id = serializers.IntegerField(source="pool.pk")
    role = serializers.CharField(source="pool.role")
    category = serializers.CharField(source="pool.category.code")
    capacity = serializers.IntegerField(source="pool.pool.capacity")
    free = serializers.IntegerField(source="pool.pool.free")
    waiting = serializers.IntegerField()


class ThresholdSerializer(serializers.Serializer[Any]):
    """The least that is asked: hundredths of a reputation, basis points, people or fen."""

    role = serializers.CharField()
    measure = serializers.CharField()
    least = serializers.IntegerField()


class FairSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField()
    city = serializers.IntegerField(source="city_id")
    tier = serializers.CharField()
    venue = serializers.CharField()
    is_online = serializers.BooleanField()
    status = serializers.CharField()
    admission = serializers.CharField(source="occasion.admission")
    opens_at = serializers.DateTimeField(source="occasion.opens_at")
    closes_at = serializers.DateTimeField(source="occasion.closes_at")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class WholeFairSerializer(FairSerializer):
    seats = serializers.SerializerMethodField()
    thresholds = ThresholdSerializer(many=True, source="thresholds.all")

    def get_seats(self, fair: Fair) -> list[dict[str, Any]]:
        return [dict(SeatsSerializer(row).data) for row in selectors.seats_of(fair)]


class SignUpSerializer(serializers.Serializer[Any]):
    """`position`: in line, from 1; `due_at`: until when an offered seat is kept."""

    id = serializers.UUIDField(source="pk")
    fair = serializers.IntegerField(source="fair_id")
    pool = serializers.IntegerField(source="fair_pool_id")
    party = serializers.IntegerField(source="party_id")
    brought_by = serializers.IntegerField(source="brought_by_id", allow_null=True)
    status = serializers.CharField()
    position = serializers.SerializerMethodField()
    reason = serializers.CharField(source="claim.reason")
    submitted_at = serializers.DateTimeField(source="claim.submitted_at")
    due_at = serializers.DateTimeField(source="claim.due_at", allow_null=True)
    checks = serializers.JSONField()

    def get_position(self, row: SignUp) -> int | None:
        known = self.context.get("standings")
        standing = standing_of(row.claim) if known is None else known.get(row.claim_id)
        return standing.position if standing else None


class NewSignUpSerializer(serializers.Serializer[Any]):
    """`party`: a creator that the acting agency brings; else the acting party itself. `key` of the
    wish: the same again finds what it made."""

    pool = serializers.IntegerField(min_value=1, max_value=2**31)
    key = serializers.CharField(max_length=40)
    party = serializers.IntegerField(min_value=1, max_value=2**31, required=False)
    products = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**53), max_length=20, default=list
    )
    code = serializers.CharField(max_length=16, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class DecisionSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class FairViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, FairGoodsViewSet):
    """What is published; its page says who may come and how many seats are free."""

    queryset = Fair.objects.none()

    def get_queryset(self) -> QuerySet[Fair]:
        seen = Fair.objects.visible_to(self.request.actor).select_related("occasion", "city")
        return seen.prefetch_related("thresholds")

    def get_serializer_class(self) -> type[FairSerializer]:
        return FairSerializer if self.action == "list" else WholeFairSerializer

    @writes(SignUpSerializer, status=201, request=NewSignUpSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def signups(self, request: Request, pk: str) -> Response:
        """A seat, a place in line, or the reason why not."""
        fair = self.get_object()
        form = NewSignUpSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        made = services.sign_up(
            request.actor,
            fair=fair,
            party=_party(request, given.get("party")),
            fields=SignUpFields(
                pool_id=given["pool"],
                key=given["key"],
                product_ids=given["products"],
                code=given["code"],
                note=given["note"],
            ),
        )
        if request.actor.party is not None:  # what it prepared has done its work
            services.forget_prepared(fair, request.actor.party)
        return Response(SignUpSerializer(made).data, status=201)


def _party(request: Request, key: int | None) -> Party:
    if key is not None:
        return get_object_or_404(Party, pk=key)
    if request.actor.party is None:
        raise Refused(forbidden(_("Register a party first.")))
    return request.actor.party
