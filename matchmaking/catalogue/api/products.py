"""Products over the API: the pool, one's own, plans and certificates."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.catalogue import rules, selectors, services
from matchmaking.catalogue.api.shapes import (
    ProductCertificateSerializer,
    ProductDetailSerializer,
    ProductFieldsSerializer,
    ProductPictureSerializer,
    ProductPlanSerializer,
    ProductSerializer,
)
from matchmaking.catalogue.models import Product
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes

WHAT = [
    OpenApiParameter("view", str, enum=["pool", "mine"]),
    OpenApiParameter("q", str, description="A piece of the name, its pinyin or initials."),
    OpenApiParameter("category", str, description="A category's code."),
    OpenApiParameter("source", str, description="A product source's code."),
    OpenApiParameter("price", str, description="0-50, 50-100, 100-300, 300-1000 or 1000-."),
    OpenApiParameter("commission", str, description="0-10, 10-20, 20-30 or 30-."),
    OpenApiParameter("score", str, description="4.5-, 4-4.5, 3-4, 0-3 or none."),
    OpenApiParameter("samples", str, description="1: those with samples on request."),
]


class ProductViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Product]
):
    """Products: the pool everybody reads, and a merchant's own."""

    queryset = Product.objects.none()
    serializer_class = ProductSerializer

    def get_queryset(self) -> QuerySet[Product]:
        actor, asked = self.request.actor, self.request.query_params
        if self.action != "list":
            return selectors.whole_product(actor).prefetch_related("belts")
        if asked.get("view") == "mine":
            rows = selectors.own_products(actor).select_related("merchant")
        else:
            rows = selectors.Pool(actor, asked).rows.select_related("merchant")
        return rows.prefetch_related("belts")

    @reads(ProductSerializer(many=True), *WHAT)
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        held = selectors.commissions_of(page, request.actor)
        shown = ProductSerializer(page, many=True, context={"held": held})
        return self.get_paginated_response(shown.data)

    @reads(ProductDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._shown(request, self.get_object()))

    @writes(ProductDetailSerializer, status=201, request=ProductFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """A draft."""
        rules.can_create_product(request.actor).require()
        form = ProductFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.create_product(request.actor, fields=form.product_fields())
        return Response(self._shown(request, made), status=201)

    @writes(ProductDetailSerializer, request=ProductFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Replace what is said of it. The commission of a product on offer changes tomorrow."""
        product = self._own(request, pk)
        rules.can_edit_product(request.actor, product).require()
        form = ProductFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.update_product(request.actor, product=product, fields=form.product_fields())
        return Response(self._shown(request, done))

    @writes(ProductDetailSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def listing(self, request: Request, pk: str) -> Response:
        """Into the pool."""
        done = services.list_product(request.actor, product=self._own(request, pk))
        return Response(self._shown(request, done))

    @writes(ProductDetailSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def pausing(self, request: Request, pk: str) -> Response:
        """Out of the pool for a while."""
        done = services.pause_product(request.actor, product=self._own(request, pk))
        return Response(self._shown(request, done))

    @writes(ProductDetailSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Out of the pool for good."""
        done = services.withdraw_product(request.actor, product=self._own(request, pk))
        return Response(self._shown(request, done))

    @writes(ProductPlanSerializer, status=201)
    @action(detail=True, methods=["post"])
    @idempotent
    def plans(self, request: Request, pk: str) -> Response:
        """Open a plan."""
        product = self._own(request, pk)
        rules.can_open_plan(request.actor, product).require()
        form = ProductPlanSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        plan = services.open_plan(request.actor, product=product, fields=form.plan_fields())
        return Response(ProductPlanSerializer(plan).data, status=201)

    @writes(ProductCertificateSerializer, status=201)
    @action(detail=True, methods=["post"])
    @idempotent
    def certificates(self, request: Request, pk: str) -> Response:
        """Write down a certificate, with its file if there is one."""
        product = self._own(request, pk)
        rules.can_add_certificate(request.actor, product).require()
        form = ProductCertificateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.add_certificate(
            request.actor,
            product=product,
            fields=form.certificate_fields(),
            upload=form.validated_data["file"],
        )
        return Response(ProductCertificateSerializer(made).data, status=201)

    @writes(ProductPictureSerializer, status=201)
    @action(detail=True, methods=["post"])
    @idempotent
    def pictures(self, request: Request, pk: str) -> Response:
        """Add a picture. Others see it once an operator has looked at it."""
        product = self._own(request, pk)
        rules.can_add_picture(request.actor, product).require()
        form = ProductPictureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.add_picture(
            request.actor, product=product, upload=form.validated_data["file"]
        )
        return Response(ProductPictureSerializer(made).data, status=201)

    def _own(self, request: Request, pk: str) -> Product:
        own = Product.objects.owned_by(request.actor).select_related("merchant", "category")
        return get_object_or_404(own, pk=pk)

    def _shown(self, request: Request, product: Product) -> Any:
        context = {
            "held": selectors.commissions_of([product], request.actor),
            "plans": selectors.plans_shown(request.actor, product),
            "certificates": selectors.certificates_of(product),
            "pictures": selectors.pictures_of(request.actor, product),
        }
        return ProductDetailSerializer(product, context=context).data
