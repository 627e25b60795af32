"""Daily facts of products, as the platform's interface brings them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.catalogue import rules, services
from matchmaking.catalogue.api.shapes import NewProductDaysSerializer, ProductDaysRecordedSerializer
from matchmaking.catalogue.fields import DayFields
from matchmaking.catalogue.models import Product
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes


class ProductDaysView(generics.GenericAPIView[Any]):
    serializer_class = NewProductDaysSerializer

    @writes(ProductDaysRecordedSerializer, request=NewProductDaysSerializer)
    @idempotent
    def post(self, request: Request) -> Response:
        """Record up to 2,000 days of products; a day told again replaces what was told before."""
        rules.can_feed_products(request.actor).require()
        form = NewProductDaysSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        days = [DayFields(**row) for row in form.validated_data["days"]]
        keys = {one.product_id for one in days}
        known = set(Product.objects.filter(pk__in=keys).values_list("pk", flat=True))
        if unknown := sorted(keys - known):
            raise serializers.ValidationError(
                {"days": _("No product has this number: %(n)s.") % {"n": unknown[0]}}
            )
        return Response({"recorded": services.record_days(request.actor, days=days)})
