"""Posts over the API: the same services and sentences as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.recruiting import forms, rules, selectors, services
from matchmaking.recruiting.api.shapes import (
    MatchSerializer,
    PostDaysSerializer,
    PostFieldsSerializer,
    PostSerializer,
)
from matchmaking.recruiting.matching import suggest_products
from matchmaking.recruiting.models import Post
from matchmaking.recruiting.selectors import poster_of
from matchmaking.recruiting.states import Carrier
from portal.core.api.idempotency import idempotent
from portal.core.api.negotiation import OneAnswer
from portal.core.api.schema import reads, reads_file, writes
from portal.core.documents import pdf_file, render_pdf
from portal.policies.states import ProductSource

SUGGESTED = 50


class PostViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Post]):
    """Recruiting posts: open ones, and one's own."""

    queryset = Post.objects.none()
    serializer_class = PostSerializer

    def get_queryset(self) -> QuerySet[Post]:
        actor = self.request.actor
        if self.action != "list":
            return selectors.whole_posts().visible_to(actor)
        is_ours = self.request.query_params.get("view") == "ours"
        rows = selectors.whole_posts().owned_by(actor) if is_ours else selectors.open_posts(actor)
        return selectors.narrowed(rows, self._asked())

    @reads(
        PostSerializer(many=True),
        OpenApiParameter("view", str, enum=["open", "ours"]),
        OpenApiParameter("q", str, description="Words of the title or the poster's name"),
        OpenApiParameter("category", str, description="Code of a first-level category"),
        OpenApiParameter("kind", str, enum=["creator", "agency"]),
        OpenApiParameter("carrier", str, enum=Carrier.values),
        OpenApiParameter("source", str, enum=ProductSource.values),
        OpenApiParameter("city", str, description="Code of the poster's city"),
        OpenApiParameter("price", int, description="A price in whole yuan the post takes"),
        OpenApiParameter("commission", int, description="Asks for at most so many percent"),
        OpenApiParameter("no_samples", bool),
        OpenApiParameter("shared", bool, description="Not exclusive"),
    )
    def list(self, request: Request) -> Response:
        """Newest first. A filter that is not sound is refused with its field."""
        return super().list(request)

    def _asked(self) -> dict[str, Any]:
        form = forms.PostFilterForm(self.request.query_params)
        if not form.is_valid():
            raise ValidationError(
                {name: [str(fault) for fault in faults] for name, faults in form.errors.items()}
            )
        return form.asked

    @writes(PostSerializer, status=201, request=PostFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """A draft; publish it to open it."""
        rules.can_create_post(request.actor).require()
        post = services.create_post(request.actor, fields=self._bound(request).post_fields())
        return Response(self._shown(post), status=201)

    @writes(PostSerializer, request=PostFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        post = self.get_object()
        rules.can_edit_post(request.actor, post).require()
        services.update_post(request.actor, post=post, fields=self._bound(request).post_fields())
        return Response(self._shown(self.get_object()))

    @writes(PostSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, pk: str) -> Response:
        """Open the post to merchants."""
        return Response(self._shown(services.publish_post(request.actor, post=self.get_object())))

    @writes(PostSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def pause(self, request: Request, pk: str) -> Response:
        """Take no applications meanwhile."""
        return Response(self._shown(services.pause_post(request.actor, post=self.get_object())))

    @writes(PostSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def resumption(self, request: Request, pk: str) -> Response:
        """Open again after a pause."""
        return Response(self._shown(services.resume_post(request.actor, post=self.get_object())))

    @writes(PostSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def closing(self, request: Request, pk: str) -> Response:
        """End the post; whoever still waits is told."""
        return Response(self._shown(services.close_post(request.actor, post=self.get_object())))

    @writes(PostSerializer, request=PostDaysSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def extension(self, request: Request, pk: str) -> Response:
        """Move the last day back; one that ran out is open again."""
        post = self.get_object()
        rules.can_extend_post(request.actor, post).require()
        form = PostDaysSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.extend_post(request.actor, post=post, **form.validated_data)
        return Response(self._shown(done))

    @reads(MatchSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def suggestions(self, request: Request, pk: str) -> Response:
        """Products that meet every condition of one's own post, the best first."""
        post = self.get_object()
        rules.can_see_suggestions(request.actor, post).require()
        found = suggest_products(post, most=SUGGESTED)
        return Response(MatchSerializer(found, many=True).data)

    @reads_file("application/pdf")
    @action(detail=True, content_negotiation_class=OneAnswer)
    def poster(self, request: Request, pk: str) -> HttpResponse:
        """The share poster of an open post, with the code that leads to it."""
        post = self.get_object()
        rules.can_share_post(post).require()
        return pdf_file(render_pdf("recruiting/poster.typ", poster_of(post)), f"post-{post.pk}")

    def _bound(self, request: Request) -> PostFieldsSerializer:
        form = PostFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return form

    def _shown(self, post: Post) -> dict[str, Any]:
        return dict(PostSerializer(post, context=self.get_serializer_context()).data)
