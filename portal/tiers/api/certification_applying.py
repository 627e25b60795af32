"""Applying for the mark, what operators do with applications, and objections."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.tiers import rules, services
from portal.tiers.api import certification_serializers as shapes
from portal.tiers.certification_fields import (
    ApplyingFields,
    CheckFields,
    ObjectionFields,
    PaperFields,
    ReviewFields,
)
from portal.tiers.certification_states import PapersAnswer, ReviewVerdict
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationCreator,
    CertificationRound,
)

Shown = shapes.CertificationApplicationSerializer


class CertificationApplicationViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[CertificationApplication],
):
    """One's own; all that were handed in, for who looks after the mark."""

    queryset = CertificationApplication.objects.none()
    serializer_class = Shown
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[CertificationApplication]:
        visible = CertificationApplication.objects.visible_to(self.request.actor).whole()
        return visible.prefetch_related("papers").order_by("-pk")

    @writes(Shown, status=201, request=shapes.CertificationStartingSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Begin a draft in a round; filled in from the last one."""
        sent = _sent(request, shapes.CertificationStartingSerializer)
        round_ = get_object_or_404(CertificationRound.objects.whole(), pk=sent["round"])
        draft = services.start_certification(request.actor, round_=round_)
        return Response(Shown(draft).data, status=201)

    @writes(Shown, request=shapes.CertificationApplyingSerializer)
    @idempotent
    def update(self, request: Request, pk: UUID) -> Response:
        """Save the draft as it stands."""
        fields = ApplyingFields(**_sent(request, shapes.CertificationApplyingSerializer))
        saved = services.save_certification(
            request.actor, application=self.get_object(), fields=fields
        )
        return Response(Shown(saved).data)

    @reads(shapes.CertificationCheckSerializer(many=True))
    @action(detail=True, methods=["get"])
    def checks(self, request: Request, pk: UUID) -> Response:
        """What is checked by itself, with what to do."""
        found = rules.checks_of(self.get_object())
        return Response(shapes.CertificationCheckSerializer(found, many=True).data)

    @reads(shapes.CertificationCreatorSerializer(many=True))
    @action(detail=True, methods=["get"])
    def creators(self, request: Request, pk: UUID) -> Response:
        """The rows behind its score."""
        rows = CertificationCreator.objects.filter(application=self.get_object())
        page = self.paginate_queryset(
            rows.select_related("creator").order_by("-pk")  # type: ignore[arg-type] # other rows
        )
        shown = shapes.CertificationCreatorSerializer(page, many=True).data
        return self.get_paginated_response(shown)

    @writes(
        shapes.CertificationPaperSerializer,
        status=201,
        request=shapes.CertificationAddingSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def documents(self, request: Request, pk: UUID) -> Response:
        """Add a document to the draft."""
        fields = PaperFields(**_sent(request, shapes.CertificationAddingSerializer))
        paper = services.add_certification_paper(
            request.actor, application=self.get_object(), fields=fields
        )
        return Response(shapes.CertificationPaperSerializer(paper).data, status=201)

    @writes(Shown, request=None)
    @action(detail=True, methods=["delete"], url_path="documents/(?P<paper>[0-9a-f-]+)")
    @idempotent
    def document(self, request: Request, pk: UUID, paper: str) -> Response:
        """Take one out of the draft."""
        application = self.get_object()
        rows = application.papers.select_related("application__party", "file")
        found = next((one for one in rows if str(one.pk) == paper), None)
        if found is None:
            return Response(status=404)
        services.remove_certification_paper(request.actor, paper=found)
        return Response(Shown(self.get_object()).data)

    @writes(Shown, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def submission(self, request: Request, pk: UUID) -> Response:
        """Hand it in, or bring what was asked."""
        done = services.submit_certification(request.actor, application=self.get_object())
        return Response(Shown(done).data)

    @writes(Shown, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: UUID) -> Response:
        done = services.withdraw_certification(request.actor, application=self.get_object())
        return Response(Shown(done).data)

    @writes(Shown, request=shapes.CertificationPapersAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def check(self, request: Request, pk: UUID) -> Response:
        """What a look at the documents comes to, as an operator."""
        application = self.get_object()
        sent = _sent(request, shapes.CertificationPapersAnswerSerializer)
        fields = CheckFields(PapersAnswer(sent["answer"]), sent["sentence"])
        done = services.check_certification(request.actor, application=application, fields=fields)
        return Response(Shown(done).data)

    @reads(shapes.CertificationReviewSerializer(many=True))
    @action(detail=True, methods=["get"])
    def verdicts(self, request: Request, pk: UUID) -> Response:
        """For who has given their own, or once it is decided; for operators."""
        application = self.get_object()
        rules.can_see_verdicts(request.actor, application).require()
        rows = application.reviews.order_by("place")
        return Response(shapes.CertificationReviewSerializer(rows, many=True).data)

    @writes(Shown, request=shapes.CertificationVerdictSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def review(self, request: Request, pk: UUID) -> Response:
        """Give one's verdict, as an operator."""
        application = self.get_object()
        sent = _sent(request, shapes.CertificationVerdictSerializer)
        fields = ReviewFields(ReviewVerdict(sent["verdict"]), sent["reason"])
        done = services.review_certification(request.actor, application=application, fields=fields)
        return Response(Shown(done).data)

    @writes(
        shapes.CertificationAppealSerializer,
        status=201,
        request=shapes.CertificationObjectingSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def appeals(self, request: Request, pk: UUID) -> Response:
        """Object to a refusal."""
        fields = ObjectionFields(**_sent(request, shapes.CertificationObjectingSerializer))
        appeal = services.object_to_refusal(
            request.actor, application=self.get_object(), fields=fields
        )
        return Response(shapes.CertificationAppealSerializer(appeal).data, status=201)


class CertificationAppealViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CertificationAppeal]
):
    """One's own; all, for who looks after the mark."""

    queryset = CertificationAppeal.objects.none()
    serializer_class = shapes.CertificationAppealSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[CertificationAppeal]:
        return CertificationAppeal.objects.visible_to(self.request.actor).whole().order_by("-pk")

    @writes(shapes.CertificationAppealSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: UUID) -> Response:
        appeal = services.withdraw_objection(request.actor, appeal=self.get_object())
        return Response(shapes.CertificationAppealSerializer(appeal).data)

    @writes(shapes.CertificationAppealSerializer, request=shapes.CertificationAnswerSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, pk: UUID) -> Response:
        """Decide, as somebody who took no part."""
        appeal, sent = self.get_object(), _sent(request, shapes.CertificationAnswerSerializer)
        decided = services.decide_objection(
            request.actor, appeal=appeal, grants=sent["grants"], sentence=sent["sentence"]
        )
        return Response(shapes.CertificationAppealSerializer(decided).data)


def _sent(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    form = shape(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
