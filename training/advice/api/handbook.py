"""The handbook over the API: everybody reads it, operators write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.states import PartyKind
from training.advice import rules, selectors, services
from training.advice.fields import ChapterFields
from training.advice.models import Chapter, ChapterVersion


class ChapterEntrySerializer(serializers.Serializer[Any]):
    """A chapter in the contents, in the language of the request. `read`: the number of the version
    this person has read; 0 for none."""

    code = serializers.CharField(source="version.chapter.code")
    place = serializers.IntegerField(source="number")
    title = serializers.CharField(source="version.title")
    summary = serializers.CharField(source="version.summary")
    audience = serializers.ListField(child=serializers.CharField(), source="version.audience")
    version = serializers.IntegerField(source="version.number")
    published_at = serializers.DateTimeField(source="version.published_at")
    read = serializers.IntegerField()


class ChapterSerializer(serializers.Serializer[Any]):
    """A version of a chapter, in Markdown; `changes`: what is new in it."""

    code = serializers.CharField(source="chapter.code")
    version = serializers.IntegerField(source="number")
    title = serializers.CharField()
    summary = serializers.CharField()
    text = serializers.CharField()
    audience = serializers.ListField(child=serializers.CharField())
    changes = serializers.CharField()
    published_at = serializers.DateTimeField()


class ChapterFieldsSerializer(serializers.Serializer[Any]):
    """A chapter in both languages, in Markdown. An empty audience is everybody."""

    title_zh = serializers.CharField(max_length=60)
    title_en = serializers.CharField(max_length=90)
    summary_zh = serializers.CharField(max_length=160)
    summary_en = serializers.CharField(max_length=240)
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    audience = serializers.ListField(
        child=serializers.ChoiceField(PartyKind.choices), required=False, default=list
    )


class NewChapterSerializer(ChapterFieldsSerializer):
    code = serializers.SlugField(max_length=40)


class ChapterDraftSerializer(serializers.Serializer[Any]):
    """What is written and not published; nothing once it is."""

    code = serializers.CharField(source="chapter.code")
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    changed_at = serializers.DateTimeField()


class ChapterPlaceSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    position = serializers.IntegerField()
    retired_at = serializers.DateTimeField(allow_null=True)


class ChapterChangesSerializer(serializers.Serializer[Any]):
    """From the second version on both are needed."""

    changes_zh = serializers.CharField(max_length=200, required=False, default="")
    changes_en = serializers.CharField(max_length=300, required=False, default="")


class ChapterMoveSerializer(serializers.Serializer[Any]):
    is_up = serializers.BooleanField()


class HandbookViewSet(viewsets.GenericViewSet[ChapterVersion]):
    """The growth handbook."""

    queryset = ChapterVersion.objects.none()
    serializer_class = ChapterSerializer
    pagination_class = None
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    def get_permissions(self) -> list[Any]:
        is_open = self.action in {"list", "retrieve", "versions"}
        return [AllowAny()] if is_open else list(super().get_permissions())

    def get_queryset(self) -> QuerySet[ChapterVersion]:
        return ChapterVersion.objects.newest().select_related("chapter")

    def get_object(self) -> ChapterVersion:
        return get_object_or_404(self.get_queryset(), chapter__code=self.kwargs["code"])

    @reads(
        ChapterEntrySerializer(many=True),
        OpenApiParameter("kind", str, enum=PartyKind.values, description="Written for these."),
        OpenApiParameter("q", str, description="Chapters that say all of these words."),
    )
    def list(self, request: Request) -> Response:
        """The contents, in their order."""
        kind = request.query_params.get("kind", "")
        words = request.query_params.get("q", "")[:60].replace("\x00", "")
        found = selectors.contents(
            request.actor, kind=kind if kind in PartyKind.values else "", words=words
        )
        return Response(ChapterEntrySerializer(found, many=True).data)

    @reads(ChapterSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """As it stands."""
        return Response(ChapterSerializer(self.get_object()).data)

    @reads(ChapterSerializer(many=True))
    @action(detail=True)
    def versions(self, request: Request, code: str) -> Response:
        """Every version, the newest first."""
        rows = self.get_object().chapter.versions.select_related("chapter")
        return Response(ChapterSerializer(rows, many=True).data)

    @writes(ChapterSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def reading(self, request: Request, code: str) -> Response:
        """This person has read it."""
        version = self.get_object()
        services.mark_read(request.actor, version=version)
        return Response(ChapterSerializer(version).data)

    @writes(ChapterDraftSerializer, status=201, request=NewChapterSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """A new chapter, as a draft."""
        given = _given(NewChapterSerializer, request)
        code = given.pop("code")
        chapter = services.draft_chapter(request.actor, code=code, fields=_fields(given))
        return Response(ChapterDraftSerializer(chapter.draft).data, status=201)

    @writes(ChapterDraftSerializer, request=ChapterFieldsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def draft(self, request: Request, code: str) -> Response:
        """Write at the chapter's draft, or begin one."""
        given = _given(ChapterFieldsSerializer, request)
        saved = services.save_chapter(request.actor, chapter=self._chapter(), fields=_fields(given))
        return Response(ChapterDraftSerializer(saved).data)

    @writes(ChapterPlaceSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="draft-removal")
    @idempotent
    def draft_removal(self, request: Request, code: str) -> Response:
        """Throw the draft away; a chapter that was never published goes with it."""
        return self._placed(services.drop_draft)

    @writes(ChapterSerializer, status=201, request=ChapterChangesSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def publication(self, request: Request, code: str) -> Response:
        """The draft becomes the next version."""
        version = services.publish_chapter(
            request.actor, chapter=self._chapter(), **_given(ChapterChangesSerializer, request)
        )
        return Response(ChapterSerializer(version).data, status=201)

    @writes(ChapterPlaceSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def retirement(self, request: Request, code: str) -> Response:
        """Take it out of the handbook."""
        return self._placed(services.retire_chapter)

    @writes(ChapterPlaceSerializer, request=None)
    @action(detail=True, methods=["post"], url_path="return")
    @idempotent
    def put_back(self, request: Request, code: str) -> Response:
        """Put it back."""
        return self._placed(services.return_chapter)

    @writes(ChapterPlaceSerializer, request=ChapterMoveSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def move(self, request: Request, code: str) -> Response:
        """Change places with its neighbour."""
        return self._placed(services.move_chapter, **_given(ChapterMoveSerializer, request))

    def _placed(self, service: Callable[..., Chapter], **given: Any) -> Response:
        chapter = service(self.request.actor, chapter=self._chapter(), **given)
        return Response(ChapterPlaceSerializer(chapter).data)

    def _chapter(self) -> Chapter:
        """Also one that nobody reads yet, so it is asked first who asks."""
        rules.can_edit_handbook(self.request.actor).require()
        rows = Chapter.objects.select_related("draft")
        return get_object_or_404(rows, code=self.kwargs["code"])


def _given(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _fields(given: dict[str, Any]) -> ChapterFields:
    return ChapterFields(**(given | {"audience": tuple(given["audience"])}))
