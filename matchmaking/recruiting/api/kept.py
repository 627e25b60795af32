"""What is being written, what posts begin from, and what is looked for again, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.recruiting import forms, rules, selectors, services
from matchmaking.recruiting.models import Post, PostDraft, PostSearch, PostTemplate
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes
from portal.core.drafts.api import (
    DraftSerializer,
    DraftViews,
    TypedAgainSerializer,
    TypedSerializer,
)

MOST_QUERY = 400


class PostTypedSerializer(TypedSerializer):
    """`post`: the one that is written anew, if it is one already."""

    post = serializers.IntegerField(required=False, allow_null=True, default=None)


class PostDraftSerializer(DraftSerializer):
    post = serializers.IntegerField(source="post_id", allow_null=True)


class PostDraftViewSet(DraftViews):
    """Posts the acting party has not finished writing."""

    queryset = PostDraft.objects.none()
    serializer_class = PostDraftSerializer
    drafting, form = services.DRAFTING, forms.PostForm

    @writes(PostDraftSerializer, status=201, request=PostTypedSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        return self.begin(request, PostTypedSerializer)

    @writes(PostDraftSerializer, request=TypedAgainSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        """Keep the next version; 409 where somebody kept another one meanwhile."""
        return self.keep_again(request, TypedAgainSerializer)

    @writes(PostDraftSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        return self.discard(request)

    def subject_of(self, request: Request, pk: int) -> Post:
        return _own_post(request, pk)


def _own_post(request: Request, pk: int) -> Post:
    return get_object_or_404(selectors.whole_posts().owned_by(request.actor), pk=pk)


class PostTemplateFieldsSerializer(serializers.Serializer[Any]):
    post = serializers.IntegerField()
    name = serializers.CharField(max_length=40)


class PostTemplateSerializer(serializers.Serializer[Any]):
    """`values` as in a post, without its days."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    values = serializers.DictField()


class PostTemplateViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[PostTemplate]
):
    """What the acting party's posts may begin from."""

    queryset = PostTemplate.objects.none()
    serializer_class = PostTemplateSerializer

    def get_queryset(self) -> QuerySet[PostTemplate]:
        return PostTemplate.objects.owned_by(self.request.actor).select_related("party")

    @writes(PostTemplateSerializer, status=201, request=PostTemplateFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Keep one of one's own posts as a template."""
        rules.can_create_post(request.actor).require()
        form = PostTemplateFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        post = _own_post(request, form.validated_data["post"])
        made = services.save_template(request.actor, post=post, name=form.validated_data["name"])
        return Response(PostTemplateSerializer(made).data, status=201)

    @writes(PostTemplateSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        template = self.get_object()
        answer = PostTemplateSerializer(template).data
        services.remove_template(request.actor, template=template)
        return Response(answer)


class PostSearchFieldsSerializer(serializers.Serializer[Any]):
    """`query`: the filters of the list of posts as its address has them: "category=food"."""

    name = serializers.CharField(max_length=40)
    query = serializers.CharField(max_length=MOST_QUERY, allow_blank=True)

    def validate_query(self, query: str) -> str:
        form = forms.PostFilterForm(QueryDict(query))
        if not form.is_valid():
            raise serializers.ValidationError(
                [str(fault) for faults in form.errors.values() for fault in faults]
            )
        return query


class PostSearchSerializer(serializers.Serializer[Any]):
    """`url`: the list, narrowed to it."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    query = serializers.CharField()
    url = serializers.CharField()


class PostSearchViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[PostSearch]
):
    """What the acting party looks for among the open posts."""

    queryset = PostSearch.objects.none()
    serializer_class = PostSearchSerializer

    def get_queryset(self) -> QuerySet[PostSearch]:
        return PostSearch.objects.owned_by(self.request.actor)

    @writes(PostSearchSerializer, status=201, request=PostSearchFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Keep a search under a name."""
        form = PostSearchFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.save_search(request.actor, **form.validated_data)
        return Response(PostSearchSerializer(made).data, status=201)

    @writes(PostSearchSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        search = self.get_object()
        answer = PostSearchSerializer(search).data
        services.remove_search(request.actor, search=search)
        return Response(answer)
