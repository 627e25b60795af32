"""Applications over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.api import CooperationSerializer
from matchmaking.recruiting import rules, selectors, services
from matchmaking.recruiting.api.shapes import (
    DecisionOutcomeSerializer,
    MatchSerializer,
    PostApplicationFieldsSerializer,
    PostApplicationSerializer,
    PostDecisionsSerializer,
    PostOfferFieldsSerializer,
    PostOfferSerializer,
    PostRejectionSerializer,
    PostWithdrawalSerializer,
    SeenTermsSerializer,
)
from matchmaking.recruiting.matching import match_products, suggest_posts
from matchmaking.recruiting.models import Application
from matchmaking.recruiting.states import ApplicationStatus
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.web import whole_number

SUGGESTED = 50


class ApplicationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]
):
    """Applications the acting party sent or received."""

    queryset = Application.objects.none()
    serializer_class = PostApplicationSerializer

    def get_queryset(self) -> QuerySet[Application]:
        rows = selectors.whole_applications().visible_to(self.request.actor)
        if self.action != "list":
            return rows
        asked = self.request.query_params
        if post := whole_number(asked.get("post", "")):
            rows = rows.filter(post=post)
        if (status := asked.get("status", "")) in ApplicationStatus.values:
            rows = rows.filter(status=status)
        return rows

    @reads(
        PostApplicationSerializer(many=True),
        OpenApiParameter("post", int),
        OpenApiParameter("status", str, enum=ApplicationStatus.values),
    )
    def list(self, request: Request) -> Response:
        """Newest first."""
        return super().list(request)

    @writes(PostApplicationSerializer, status=201, request=PostApplicationFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Offer a product to a post; what is missing is named at once."""
        rules.can_list_sent(request.actor).require()
        form = PostApplicationFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        posts = selectors.whole_posts().visible_to(request.actor)
        post = get_object_or_404(posts, pk=form.validated_data["post"])
        made = services.apply_to_post(
            request.actor,
            post=post,
            product=self._own_product(request, form.validated_data["product"]),
            fields=form.application_fields(),
        )
        return Response(PostApplicationSerializer(made).data, status=201)

    @reads(
        MatchSerializer(many=True),
        OpenApiParameter("post", int, description="A post; without it, the best open posts"),
        OpenApiParameter("product", int, required=True, description="One of one's products"),
    )
    @action(detail=False, pagination_class=None)
    def matches(self, request: Request) -> Response:
        """How one of the acting merchant's products suits a post, before applying; or the open
        posts that suit it best."""
        rules.can_list_sent(request.actor).require()
        product = self._own_product(request, whole_number(request.query_params.get("product", "")))
        if key := whole_number(request.query_params.get("post", "")):
            posts = selectors.whole_posts().visible_to(request.actor)
            found = match_products(get_object_or_404(posts, pk=key), [product])
        else:
            found = suggest_posts(request.actor, product, most=SUGGESTED)
        return Response(MatchSerializer(found, many=True).data)

    @writes(DecisionOutcomeSerializer(many=True), request=PostDecisionsSerializer)
    @action(detail=False, methods=["post"])
    @idempotent
    def decisions(self, request: Request) -> Response:
        """Decide about many at once; each answers for itself."""
        rules.can_list_received(request.actor).require()
        form = PostDecisionsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        picked = {one["application"]: one["version"] for one in data["picked"]}
        outcomes = services.decide_applications(
            request.actor,
            picked=picked,
            decision=data["decision"],
            reason=data["reason"],
            note=data["note"],
        )
        return Response(DecisionOutcomeSerializer(outcomes, many=True).data)

    @writes(PostApplicationSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def shortlist(self, request: Request, pk: str) -> Response:
        done = services.shortlist_application(request.actor, application=self.get_object())
        return Response(PostApplicationSerializer(done).data)

    @writes(CooperationSerializer, status=201, request=SeenTermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Take the merchant's offer of the named version: a cooperation begins."""
        application = self.get_object()
        rules.can_accept_application(request.actor, application).require()
        cooperation = services.accept_application(
            request.actor, application=application, version=self._seen(request)
        )
        return Response(CooperationSerializer(cooperation).data, status=201)

    @writes(PostApplicationSerializer, request=PostRejectionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Say no, with the reason the merchant reads."""
        application = self.get_object()
        rules.can_decide_application(request.actor, application).require()
        return self._end(request, PostRejectionSerializer, services.reject_application, application)

    @writes(PostApplicationSerializer, request=PostWithdrawalSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Step back, with the reason the poster reads."""
        application = self.get_object()
        rules.can_withdraw_application(request.actor, application).require()
        return self._end(
            request, PostWithdrawalSerializer, services.withdraw_application, application
        )

    @reads(PostOfferSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def offers(self, request: Request, pk: str) -> Response:
        """Every version of the terms, the first one first."""
        offers = self.get_object().offers.order_by("number")
        return Response(PostOfferSerializer(offers, many=True).data)

    @writes(PostOfferSerializer, status=201, request=PostOfferFieldsSerializer)
    @offers.mapping.post
    @idempotent
    def offer(self, request: Request, pk: str) -> Response:
        """Propose other terms; 409 where the named version is not the last one any more."""
        application = self.get_object()
        rules.can_counter_offer(request.actor, application).require()
        form = PostOfferFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.counter_offer(
            request.actor,
            application=application,
            fields=form.offer_fields(),
            version=form.validated_data["version"],
        )
        return Response(PostOfferSerializer(made).data, status=201)

    @writes(PostOfferSerializer, status=201, request=SeenTermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def agreement(self, request: Request, pk: str) -> Response:
        """Take over the poster's last terms; the poster accepts."""
        application = self.get_object()
        rules.can_agree_offer(request.actor, application).require()
        made = services.agree_offer(
            request.actor, application=application, version=self._seen(request)
        )
        return Response(PostOfferSerializer(made).data, status=201)

    def _own_product(self, request: Request, pk: int) -> Product:
        own = Product.objects.owned_by(request.actor).select_related("category", "merchant")
        return get_object_or_404(own, pk=pk)

    def _seen(self, request: Request) -> int:
        form = SeenTermsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return int(form.validated_data["version"])

    def _end(
        self, request: Request, shape: Any, service: Any, application: Application
    ) -> Response:
        form = shape(data=request.data)
        form.is_valid(raise_exception=True)
        done = service(request.actor, application=application, **form.validated_data)
        return Response(PostApplicationSerializer(done).data)
