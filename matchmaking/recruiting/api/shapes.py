"""Posts, applications and matches as the API writes and reads them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from matchmaking.engine.matching import PART_CODES
from matchmaking.recruiting import rules
from matchmaking.recruiting.fields import ApplicationFields, OfferFields, PostFields
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import (
    LOSS_REASONS,
    REJECT_CHOICES,
    Carrier,
    Decision,
    WithdrawReason,
)
from portal.core.api.fields import MOST, IdsField
from portal.core.forms import MAX_FEN
from portal.parties.models import Category
from portal.policies.states import ProductSource

WHOLE_BP = 10_000


class PostFieldsSerializer(serializers.Serializer[Any]):
    """Which products are wanted. Money in fen, rates in basis points."""

    title = serializers.CharField(max_length=60)
    brief = serializers.CharField(max_length=2000)
    categories = IdsField(queryset=Category.objects.filter(parent=None), allow_empty=False)
    price_low_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    price_high_fen = serializers.IntegerField(min_value=1, max_value=MAX_FEN)
    commission_least_bp = serializers.IntegerField(min_value=0, max_value=WHOLE_BP)
    carrier = serializers.ChoiceField(Carrier.choices, default=Carrier.LIVE)
    sources = serializers.ListField(
        child=serializers.ChoiceField(ProductSource.choices), allow_empty=False, max_length=20
    )
    samples_wanted = serializers.IntegerField(min_value=0, max_value=rules.MOST_SAMPLES, default=0)
    is_exclusive = serializers.BooleanField(default=False)
    live_on = serializers.DateField()
    closes_on = serializers.DateField()
    term_months = serializers.IntegerField(min_value=1, max_value=rules.MOST_MONTHS, default=3)

    def post_fields(self) -> PostFields:
        data = dict(self.validated_data)
        return PostFields(category_ids=data.pop("categories"), **data)


class PostSerializer(PostFieldsSerializer):
    """A post. Who speaks for no verified party gets an empty brief."""

    id = serializers.IntegerField(read_only=True)
    number = serializers.CharField(read_only=True)
    poster = serializers.IntegerField(source="poster_id", read_only=True)
    poster_name = serializers.CharField(source="poster.name", read_only=True)
    status = serializers.CharField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True, allow_null=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def to_representation(self, post: Post) -> dict[str, Any]:
        shown = super().to_representation(post)
        if not rules.can_read_brief(self.context["request"].actor, post):
            shown["brief"] = ""
        return shown


class PostDaysSerializer(serializers.Serializer[Any]):
    closes_on = serializers.DateField()
    live_on = serializers.DateField(required=False)


class TermsSerializer(serializers.Serializer[Any]):
    commission_bp = serializers.IntegerField(min_value=0, max_value=WHOLE_BP)
    samples = serializers.IntegerField(min_value=0, max_value=rules.MOST_SAMPLES, default=0)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PostApplicationFieldsSerializer(TermsSerializer):
    """A product of the acting merchant, offered to a post."""

    post = serializers.IntegerField(min_value=1, max_value=MOST)
    product = serializers.IntegerField(min_value=1, max_value=MOST)
    is_exclusive = serializers.BooleanField(default=False)

    def application_fields(self) -> ApplicationFields:
        names = ("commission_bp", "samples", "note", "is_exclusive")
        return ApplicationFields(**{name: self.validated_data[name] for name in names})


class PostOfferFieldsSerializer(TermsSerializer):
    """Other terms, in answer to `version`."""

    version = serializers.IntegerField(min_value=1, max_value=MOST)

    def offer_fields(self) -> OfferFields:
        names = ("commission_bp", "samples", "note")
        return OfferFields(**{name: self.validated_data[name] for name in names})


class PostOfferSerializer(serializers.Serializer[Any]):
    """A version of the terms, by one side; `agrees_to`: the version whose terms these are."""

    number = serializers.IntegerField()
    side = serializers.CharField()
    agrees_to = serializers.IntegerField(allow_null=True)
    commission_bp = serializers.IntegerField()
    samples = serializers.IntegerField()
    note = serializers.CharField()
    at = serializers.DateTimeField()


class PostApplicationSerializer(serializers.Serializer[Any]):
    """An application. `match_bp`: its points when it was handed in, in hundredths; `certainty`: the
    percentage of them that was measured."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    post = serializers.IntegerField(source="post_id")
    product = serializers.IntegerField(source="product_id")
    product_name = serializers.CharField(source="product.name")
    merchant = serializers.IntegerField(source="merchant_id")
    merchant_name = serializers.CharField(source="merchant.name")
    status = serializers.CharField()
    price_fen = serializers.IntegerField()
    commission_bp = serializers.IntegerField()
    samples = serializers.IntegerField()
    is_exclusive = serializers.BooleanField()
    note = serializers.CharField()
    match_bp = serializers.IntegerField()
    certainty = serializers.IntegerField()
    parts = serializers.SerializerMethodField(
        help_text="Of the match on that day, in thousandths of a point; empty of older ones."
    )
    version = serializers.IntegerField()
    offered_by = serializers.CharField()
    reason = serializers.ChoiceField(LOSS_REASONS, allow_blank=True)
    reason_note = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    lapses_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    cooperation = serializers.IntegerField(source="cooperation_id", allow_null=True)

    def get_parts(self, application: Application) -> dict[str, int]:
        return dict(zip(PART_CODES, application.parts, strict=False))


class SeenTermsSerializer(serializers.Serializer[Any]):
    """The version of the terms one has read."""

    version = serializers.IntegerField(min_value=1, max_value=MOST)


class PostRejectionSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(REJECT_CHOICES)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PostWithdrawalSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(WithdrawReason.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PickedApplicationSerializer(SeenTermsSerializer):
    application = serializers.IntegerField(min_value=1, max_value=MOST)


class PostDecisionsSerializer(serializers.Serializer[Any]):
    """Each application with the version one has read; a rejection carries its reason."""

    picked = serializers.ListField(
        child=PickedApplicationSerializer(), allow_empty=False, max_length=rules.MOST_AT_ONCE
    )
    decision = serializers.ChoiceField(Decision.choices)
    reason = serializers.ChoiceField(REJECT_CHOICES, required=False, default="")
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class DecisionOutcomeSerializer(serializers.Serializer[Any]):
    """`refused`: why nothing became of it; empty where it was decided."""

    application = serializers.IntegerField(source="application_id")
    refused = serializers.CharField()


class MatchPartSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    points = serializers.FloatField()
    weight = serializers.FloatField()
    is_measured = serializers.BooleanField()


class MatchGapSerializer(serializers.Serializer[Any]):
    """`is_hard`: an application that lacks this is refused."""

    code = serializers.CharField()
    text = serializers.CharField()
    is_hard = serializers.BooleanField()


class MatchSerializer(serializers.Serializer[Any]):
    """How a product suits a post: points in hundredths, part by part, and what is missing."""

    post = serializers.IntegerField(source="post.pk")
    product = serializers.IntegerField(source="product.pk")
    fits = serializers.BooleanField()
    match_bp = serializers.IntegerField()
    certainty = serializers.IntegerField()
    parts = MatchPartSerializer(many=True)
    gaps = MatchGapSerializer(many=True)
