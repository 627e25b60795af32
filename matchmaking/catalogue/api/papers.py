"""One plan, picture or certificate of one's own products: ended, or taken off."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.catalogue import services
from matchmaking.catalogue.api.shapes import (
    ProductCertificateSerializer,
    ProductPictureSerializer,
    ProductPlanSerializer,
)
from matchmaking.catalogue.models import Certificate, Plan, Product, ProductPicture
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes


class ProductPlanEndView(generics.GenericAPIView[Any]):
    serializer_class = ProductPlanSerializer

    @writes(ProductPlanSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """End a plan for chosen creators: nothing of it holds from tomorrow on."""
        own = Plan.objects.filter(product__in=Product.objects.owned_by(request.actor))
        plan = get_object_or_404(own.select_related("product__merchant"), pk=pk)
        done = services.end_plan(request.actor, plan=plan)
        return Response(ProductPlanSerializer(done).data)


class ProductPictureView(generics.GenericAPIView[Any]):
    serializer_class = ProductPictureSerializer
    queryset = ProductPicture.objects.none()

    @writes(ProductPictureSerializer, request=None)
    @idempotent
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Take a picture off."""
        own = ProductPicture.objects.filter(product__in=Product.objects.owned_by(request.actor))
        picture = get_object_or_404(own.select_related("product__merchant"), pk=pk)
        done = services.remove_picture(request.actor, picture=picture)
        return Response(ProductPictureSerializer(done).data)


class ProductCertificateView(generics.GenericAPIView[Any]):
    serializer_class = ProductCertificateSerializer
    queryset = Certificate.objects.none()

    @writes(ProductCertificateSerializer, request=None)
    @idempotent
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Take a certificate off."""
        own = Certificate.objects.filter(product__in=Product.objects.owned_by(request.actor))
        certificate = get_object_or_404(own.select_related("product__merchant"), pk=pk)
        answer = ProductCertificateSerializer(certificate).data
        services.remove_certificate(request.actor, certificate=certificate)
        return Response(answer)
