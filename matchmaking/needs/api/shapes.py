"""Needs as the API writes and reads them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from matchmaking.engine.pricing import WHOLE_BP
from matchmaking.needs import rules
from matchmaking.needs.fields import MOST, NEUTRAL, PRIORITIES, NeedFields
from matchmaking.needs.models import Need
from matchmaking.needs.states import BudgetForm, CreatorLevel, Seeks
from portal.core.api.fields import IdsField
from portal.core.forms import MAX_FEN
from portal.parties.models import Category, City, Party, ServiceType
from portal.parties.profile_states import FactPart

HIDDEN_WITH_THE_BRIEF = (
    *("gmv_target_fen", "gmv_low_fen", "gmv_high_fen", "starts_on", "term_months"),
    *PRIORITIES,
)


def least(name: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1,
        max_value=rules.MOST_OF[name],
        allow_null=True,
        required=False,
        default=None,
    )


def amount(at_least: int) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=at_least, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )


class NeedFieldsSerializer(serializers.Serializer[Any]):
    """What a merchant writes of a need. Money in fen a month; the price of goods a piece.
    Followers, goods, sessions, videos and samples are asked of creators alone; roster, level and
    number of creators of agencies alone. For both, the share is the commission."""

    title = serializers.CharField(max_length=60)
    brief = serializers.CharField(max_length=3000)
    seeks = serializers.ChoiceField(Seeks.choices, default=Seeks.PROVIDER)
    services = IdsField(queryset=ServiceType.objects.all(), required=False, default=list)
    categories = IdsField(queryset=Category.objects.filter(parent=None), allow_empty=False)
    facts = serializers.ListField(
        child=serializers.ChoiceField(FactPart.choices), required=False, default=list
    )
    city = serializers.PrimaryKeyRelatedField(
        queryset=City.objects.all(), allow_null=True, required=False, default=None
    )
    only_for = serializers.PrimaryKeyRelatedField(
        queryset=Party.objects.listed(), allow_null=True, required=False, default=None
    )
    accepts_remote = serializers.BooleanField(default=True)
    price_form = serializers.ChoiceField(BudgetForm.choices, default=BudgetForm.ANY)
    share_low_bp = serializers.IntegerField(
        min_value=0, max_value=WHOLE_BP, allow_null=True, required=False, default=None
    )
    share_high_bp = serializers.IntegerField(
        min_value=0, max_value=WHOLE_BP, allow_null=True, required=False, default=None
    )
    budget_low_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    budget_high_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    gmv_target_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )
    starts_on = serializers.DateField()
    term_months = serializers.IntegerField(min_value=1, max_value=36)
    closes_on = serializers.DateField()
    gmv_low_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )
    gmv_high_fen = serializers.IntegerField(
        min_value=1, max_value=MAX_FEN, allow_null=True, required=False, default=None
    )
    followers_least = least("followers_least")
    shopping_least = least("shopping_least")
    goods_low_fen = amount(0)
    goods_high_fen = amount(1)
    lives_wanted = least("lives_wanted")
    videos_wanted = least("videos_wanted")
    gives_samples = serializers.BooleanField(default=False)
    roster_least = least("roster_least")
    creator_level = serializers.ChoiceField(
        CreatorLevel.choices, required=False, allow_blank=True, default=""
    )
    creators_wanted = least("creators_wanted")
    priority_price = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_experience = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_score = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_speed = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_connection = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_growth = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_talent = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_improvement = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)
    priority_health = serializers.IntegerField(min_value=0, max_value=MOST, default=NEUTRAL)

    def need_fields(self) -> NeedFields:
        data = dict(self.validated_data)
        city, only_for = data.pop("city"), data.pop("only_for")
        return NeedFields(
            service_ids=data.pop("services"),
            category_ids=data.pop("categories"),
            city_id=city.pk if city else None,
            only_for_id=only_for.pk if only_for else None,
            **data,
        )


class NeedSerializer(NeedFieldsSerializer):
    """A brief. Money in fen a month. A reader who may not know the merchant gets null for it; one
    who speaks for no verified party an empty brief, and null for the GMV figures, the start, the
    length and the priorities."""

    id = serializers.IntegerField(read_only=True)
    number = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    service_offer = serializers.IntegerField(source="service_offer_id", read_only=True)
    answer_by = serializers.DateTimeField(read_only=True)
    merchant = serializers.SerializerMethodField()
    starts_on = serializers.DateField(allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    priority_price = serializers.IntegerField(allow_null=True)
    priority_experience = serializers.IntegerField(allow_null=True)
    priority_score = serializers.IntegerField(allow_null=True)
    priority_speed = serializers.IntegerField(allow_null=True)
    priority_connection = serializers.IntegerField(allow_null=True)
    priority_growth = serializers.IntegerField(allow_null=True)
    priority_talent = serializers.IntegerField(allow_null=True)
    priority_improvement = serializers.IntegerField(allow_null=True)
    priority_health = serializers.IntegerField(allow_null=True)

    def get_merchant(self, need: Need) -> int | None:
        return need.merchant_id if need.knows_merchant else None

    def to_representation(self, need: Need) -> dict[str, Any]:
        shown = super().to_representation(need)
        if not rules.may_read_brief(self.context["request"].actor, need):
            shown |= {"brief": ""} | dict.fromkeys(HIDDEN_WITH_THE_BRIEF)
        return shown


class ExtensionSerializer(serializers.Serializer[Any]):
    closes_on = serializers.DateField()


class DaysSerializer(ExtensionSerializer):
    starts_on = serializers.DateField()


class PartScoreSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    points = serializers.FloatField()
    weight = serializers.FloatField()
    is_measured = serializers.BooleanField()


class CandidateShareSerializer(serializers.Serializer[Any]):
    category = serializers.CharField()
    percent = serializers.IntegerField()


class CandidateSizeSerializer(serializers.Serializer[Any]):
    """Of creators and agencies; null is not known."""

    followers = serializers.IntegerField(allow_null=True)
    shopping_followers = serializers.IntegerField(allow_null=True)
    average_price_fen = serializers.IntegerField(allow_null=True)
    roster = serializers.IntegerField(allow_null=True)
    categories = CandidateShareSerializer(many=True)


class CandidateSerializer(serializers.Serializer[Any]):
    """A place in the order, with the parts that made it."""

    place = serializers.IntegerField()
    is_newcomer_place = serializers.BooleanField()
    provider = serializers.IntegerField(source="provider.pk")
    provider_name = serializers.CharField(source="provider.name")
    total = serializers.FloatField()
    confidence = serializers.FloatField()
    parts = PartScoreSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    size = CandidateSizeSerializer()
    results = serializers.ListField(child=serializers.CharField())
    free = serializers.CharField()


class FitLineSerializer(serializers.Serializer[Any]):
    """One thing asked for. `is_hard`: who lacks it stands outside the merchant's order."""

    code = serializers.CharField()
    text = serializers.CharField()
    is_met = serializers.BooleanField()
    is_hard = serializers.BooleanField()


class FitSerializer(serializers.Serializer[Any]):
    is_in_order = serializers.BooleanField()
    lines = FitLineSerializer(many=True)


class CandidatesSerializer(serializers.Serializer[Any]):
    method = serializers.CharField()
    count = serializers.IntegerField()
    measurable = serializers.FloatField()
    results = CandidateSerializer(many=True)


class InvitationSerializer(serializers.Serializer[Any]):
    provider = serializers.PrimaryKeyRelatedField(queryset=Party.objects.listed())
