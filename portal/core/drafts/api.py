"""What is being written, over the API: a view set to build on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.forms import Form
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.drafts.models import TypedForm
from portal.core.drafts.services import Drafting


class TypedSerializer(serializers.Serializer[Any]):
    """A form as it stands, unchecked: each field with the list of what was typed."""

    values = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True), max_length=100)
    )


class TypedAgainSerializer(TypedSerializer):
    """`seen`: the version this one was made from."""

    seen = serializers.IntegerField(min_value=1)


class DraftSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    values = serializers.DictField()
    version = serializers.IntegerField()
    kept_at = serializers.DateTimeField()


class DraftViews(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[TypedForm]
):
    """Each app's view set says which drafts and which form, describes the writes with serializers
    that name its subject, and has them done here."""

    drafting: ClassVar[Drafting[Any]]
    form: ClassVar[type[Form]]

    def get_queryset(self) -> QuerySet[TypedForm]:
        model = self.drafting.model
        own: QuerySet[TypedForm] = model._default_manager.owned_by(self.request.actor)
        return own.select_related(model.OWNER, model.SUBJECT)

    def begin(self, request: Request, body: type[TypedSerializer]) -> Response:
        """`body` names the subject by its key, if there is one already."""
        self.drafting.may_keep(request.actor, None).require()
        sent = self._sent(request, body)
        key = sent[self.drafting.model.SUBJECT]
        subject = None if key is None else self.subject_of(request, key)
        return self._shown(
            self.drafting.keep(request.actor, values=self._values(sent), subject=subject), 201
        )

    def keep_again(self, request: Request, body: type[TypedAgainSerializer]) -> Response:
        draft: Any = self.get_object()
        self.drafting.may_keep(request.actor, draft.subject).require()
        sent = self._sent(request, body)
        kept = self.drafting.keep(
            request.actor,
            values=self._values(sent),
            draft_id=str(draft.pk),
            seen=sent["seen"],
            subject=draft.subject,
        )
        return self._shown(kept)

    def discard(self, request: Request) -> Response:
        draft: Any = self.get_object()
        answer = self._shown(draft)
        self.drafting.discard(request.actor, draft=draft)
        return answer

    def subject_of(self, request: Request, pk: int) -> models.Model:
        """One of the acting party's own."""
        raise NotImplementedError

    def _sent(self, request: Request, body: type[TypedSerializer]) -> dict[str, Any]:
        form = body(data=request.data)
        form.is_valid(raise_exception=True)
        sent: dict[str, Any] = form.validated_data
        return sent

    def _values(self, sent: dict[str, Any]) -> dict[str, list[str]]:
        return {k: v for k, v in sent["values"].items() if k in self.form.base_fields}

    def _shown(self, draft: TypedForm, status: int = 200) -> Response:
        return Response(self.get_serializer(draft).data, status=status)
