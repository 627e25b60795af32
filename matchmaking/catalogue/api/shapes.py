"""Products, plans and certificates as machines read and write them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from matchmaking.catalogue.fields import CertificateFields, PlanFields, ProductFields
from matchmaking.catalogue.models import Plan, Product, ProductPicture
from matchmaking.catalogue.states import CertificateKind, Channel, PlanKind
from portal.core.api.fields import MOST
from portal.core.forms import MAX_FEN
from portal.policies.states import ProductSource


class ProductFieldsSerializer(serializers.Serializer[Any]):
    """A product. Amounts in fen, rates in basis points; `upstream_id` is its number in the order
    file."""

    name = serializers.CharField(max_length=60)
    category = serializers.IntegerField(source="category_id", min_value=1, max_value=MOST)
    price_fen = serializers.IntegerField(min_value=1, max_value=MAX_FEN)
    commission_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    stock = serializers.IntegerField(min_value=0, max_value=99_999_999, default=0)
    product_source = serializers.ChoiceField(
        ProductSource.choices, source="source", default=ProductSource.SHOP
    )
    channel = serializers.ChoiceField(Channel.choices, default=Channel.BRAND)
    upstream_id = serializers.CharField(max_length=60, allow_blank=True, default="")
    intro = serializers.CharField(max_length=600, allow_blank=True, default="")
    link = serializers.URLField(max_length=300, allow_blank=True, default="")
    belts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST),
        source="belt_ids",
        default=list,
        max_length=5,
    )
    sends_samples = serializers.BooleanField(default=False)

    def product_fields(self) -> ProductFields:
        return ProductFields(**self.validated_data)


class ProductPlanSerializer(serializers.Serializer[Any]):
    """A commission from `starts_on` to `last_day` (null: open). `creators` of a plan for chosen
    ones; who is not named reads plans for everybody only."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(PlanKind.choices)
    commission_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    starts_on = serializers.DateField()
    last_day = serializers.DateField(allow_null=True, default=None)
    creators = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST), write_only=True, default=list
    )
    note = serializers.CharField(max_length=200, allow_blank=True, default="", write_only=True)

    def plan_fields(self) -> PlanFields:
        data = self.validated_data
        last = data["last_day"]
        return PlanFields(
            kind=data["kind"],
            commission_bp=data["commission_bp"],
            starts_on=data["starts_on"],
            ends_on=last + timedelta(days=1) if last else None,
            creator_ids=data["creators"],
            note=data["note"],
        )


class ProductCertificateSerializer(serializers.Serializer[Any]):
    """A certificate. `number` is read by the merchant alone."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(CertificateKind.choices)
    number = serializers.CharField(max_length=60, allow_blank=True, default="", write_only=True)
    issuer = serializers.CharField(max_length=60, allow_blank=True, default="")
    expires_on = serializers.DateField(allow_null=True, default=None)
    file = serializers.UUIDField(
        write_only=True,
        allow_null=True,
        default=None,
        help_text="An upload of yours for the purpose product-certificate.",
    )

    def certificate_fields(self) -> CertificateFields:
        data = {name: value for name, value in self.validated_data.items() if name != "file"}
        return CertificateFields(**data)


class ProductPictureSerializer(serializers.Serializer[Any]):
    """A picture of a product; `url` is for everybody once its status is shown."""

    id = serializers.UUIDField(read_only=True)
    status = serializers.CharField(
        read_only=True, help_text="waiting, shown, refused, replaced or removed."
    )
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    small_url = serializers.SerializerMethodField()
    file = serializers.UUIDField(
        write_only=True, help_text="An upload of yours for the purpose product-picture."
    )

    def get_small_url(self, picture: ProductPicture) -> str:
        return reverse("product_picture", args=[picture.pk, "small"])


class ProductSerializer(ProductFieldsSerializer):
    """`reputation` from 0 to 5, null: not rated yet. `my_commission_bp`: what you get of a sale
    today; null where an exclusive plan of others holds or nothing is offered."""

    id = serializers.IntegerField()
    merchant = serializers.IntegerField(source="merchant_id")
    merchant_name = serializers.CharField(source="merchant.name")
    status = serializers.CharField()
    belts = serializers.SerializerMethodField()  # type: ignore[assignment]  # keys, as sent
    reputation = serializers.FloatField(source="stars", allow_null=True)
    my_commission_bp = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_belts(self, product: Product) -> list[int]:
        return [belt.pk for belt in product.belts.all()]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_my_commission_bp(self, product: Product) -> int | None:
        held = self.context.get("held", {}).get(product.pk)
        return held.commission_bp if held else None


class ProductDetailSerializer(ProductSerializer):
    """`pictures` as you may see them: others those that are shown."""

    plans = serializers.SerializerMethodField()
    certificates = serializers.SerializerMethodField()
    pictures = serializers.SerializerMethodField()

    @extend_schema_field(ProductPictureSerializer(many=True))
    def get_pictures(self, product: Product) -> Any:
        return ProductPictureSerializer(self.context.get("pictures", []), many=True).data

    @extend_schema_field(ProductPlanSerializer(many=True))
    def get_plans(self, product: Product) -> Any:
        shown: list[Plan] = self.context.get("plans", [])
        return ProductPlanSerializer(shown, many=True).data

    @extend_schema_field(ProductCertificateSerializer(many=True))
    def get_certificates(self, product: Product) -> Any:
        return ProductCertificateSerializer(self.context.get("certificates", []), many=True).data


class ProductDaySerializer(serializers.Serializer[Any]):
    """What was counted of a product (by its id) on one day."""

    product = serializers.IntegerField(source="product_id", min_value=1, max_value=MOST)
    day = serializers.DateField()
    delivered = serializers.IntegerField(min_value=0, max_value=10_000_000)
    good_reviews = serializers.IntegerField(min_value=0, max_value=10_000_000, default=0)
    bad_reviews = serializers.IntegerField(min_value=0, max_value=10_000_000, default=0)
    quality_returns = serializers.IntegerField(min_value=0, max_value=10_000_000, default=0)
    late = serializers.IntegerField(min_value=0, max_value=10_000_000, default=0)
    complaints = serializers.IntegerField(min_value=0, max_value=10_000_000, default=0)


class NewProductDaysSerializer(serializers.Serializer[Any]):
    days = serializers.ListSerializer(
        child=ProductDaySerializer(), allow_empty=False, max_length=2_000
    )


class ProductDaysRecordedSerializer(serializers.Serializer[Any]):
    recorded = serializers.IntegerField(help_text="Rows that said something new")
