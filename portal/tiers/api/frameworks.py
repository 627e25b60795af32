"""Frameworks over the API: the same steps as the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.parties.models import Party
from portal.tiers import selectors, services
from portal.tiers.api.framework_serializers import (
    FrameworkClosingSerializer,
    FrameworkMeetingDaySerializer,
    FrameworkMeetingSerializer,
    FrameworkMinutesSerializer,
    FrameworkMonthSerializer,
    FrameworkOutcomeSerializer,
    FrameworkSerializer,
    FrameworkTermsSerializer,
    FrameworkVersionSerializer,
    NewFrameworkSerializer,
)
from portal.tiers.framework_fields import DecisionFields, FrameworkFields, MinutesFields
from portal.tiers.models import Framework, FrameworkDecision, FrameworkMeeting


class FrameworkViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Framework]
):
    """An agency's own; all of their regions, for operators."""

    queryset = Framework.objects.none()
    serializer_class = FrameworkSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Framework]:
        return Framework.objects.visible_to(self.request.actor).whole().order_by("-pk")

    @writes(FrameworkSerializer, status=201, request=NewFrameworkSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Propose one; the other side has seven days to answer."""
        data = _given(NewFrameworkSerializer, request)
        key, before = data.pop("party", None), data.pop("before", None)
        renewed = get_object_or_404(self.get_queryset(), pk=before) if before else None
        party = renewed.party if renewed else request.actor.party
        if party is None:
            agencies = Party.objects.filter(kind="agency").select_related("city")
            party = get_object_or_404(agencies, pk=key)
        framework = services.propose_framework(
            request.actor, party=party, fields=_terms(data), before=renewed
        )
        return Response(FrameworkSerializer(framework).data, status=201)

    @reads(FrameworkVersionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def versions(self, request: Request, pk: str) -> Response:
        """The newest first."""
        shown = selectors.shown_versions(self.get_object())
        return Response(FrameworkVersionSerializer(shown, many=True).data)

    @reads(FrameworkMonthSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def months(self, request: Request, pk: str) -> Response:
        """Target against what was reached, and what each month comes to; none before it is
        signed."""
        course = selectors.course_of(self.get_object())
        months = course.months if course else []
        return Response(FrameworkMonthSerializer(months, many=True).data)

    @writes(FrameworkSerializer, status=201, request=FrameworkTermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def counter(self, request: Request, pk: str) -> Response:
        """Answer what waits with other terms."""
        fields = _terms(_given(FrameworkTermsSerializer, request))
        services.counter_framework(request.actor, framework=self.get_object(), fields=fields)
        return Response(FrameworkSerializer(self.get_object()).data, status=201)

    @writes(FrameworkSerializer, status=201, request=FrameworkTermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def change(self, request: Request, pk: str) -> Response:
        """Propose other terms for months to come of what is signed."""
        fields = _terms(_given(FrameworkTermsSerializer, request))
        services.change_framework(request.actor, framework=self.get_object(), fields=fields)
        return Response(FrameworkSerializer(self.get_object()).data, status=201)

    @writes(FrameworkSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Both have agreed then: it is signed, or changed."""
        done = services.accept_framework(request.actor, framework=self.get_object())
        return Response(FrameworkSerializer(done).data)

    @writes(FrameworkSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Decline what waits."""
        done = services.decline_framework(request.actor, framework=self.get_object())
        return Response(FrameworkSerializer(done).data)

    @writes(FrameworkSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take back what one's own side proposed."""
        done = services.withdraw_framework(request.actor, framework=self.get_object())
        return Response(FrameworkSerializer(done).data)

    @writes(FrameworkMeetingSerializer, status=201, request=FrameworkMeetingDaySerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def meetings(self, request: Request, pk: str) -> Response:
        """Plan a review meeting, as an operator."""
        said = _given(FrameworkMeetingDaySerializer, request)
        meeting = services.plan_framework_meeting(
            request.actor, framework=self.get_object(), **said
        )
        return Response(FrameworkMeetingSerializer(meeting).data, status=201)

    @writes(FrameworkSerializer, request=FrameworkClosingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def review(self, request: Request, pk: str) -> Response:
        """Close the review after the last day, as an operator."""
        said = _given(FrameworkClosingSerializer, request)
        done = services.review_framework(request.actor, framework=self.get_object(), **said)
        return Response(FrameworkSerializer(done).data)

    @writes(FrameworkSerializer, request=FrameworkClosingSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def end(self, request: Request, pk: str) -> Response:
        """End it before its time, from the end of the month on, as an operator."""
        said = _given(FrameworkClosingSerializer, request)
        done = services.end_framework(request.actor, framework=self.get_object(), **said)
        return Response(FrameworkSerializer(done).data)

    @writes(FrameworkSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def close(self, request: Request, pk: str) -> Response:
        """Close what was reviewed without a renewal, as an operator."""
        done = services.close_framework(request.actor, framework=self.get_object())
        return Response(FrameworkSerializer(done).data)


class FrameworkMeetingViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[FrameworkMeeting]
):
    """Of the frameworks one sees, with what they decided."""

    queryset = FrameworkMeeting.objects.none()
    serializer_class = FrameworkMeetingSerializer

    def get_queryset(self) -> QuerySet[FrameworkMeeting]:
        seen = Framework.objects.visible_to(self.request.actor)
        rows = FrameworkMeeting.objects.filter(framework__in=seen)
        related = rows.select_related("framework__party__city").prefetch_related("decisions")
        return related.order_by("-pk")

    @writes(FrameworkMeetingSerializer, request=FrameworkMeetingDaySerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def move(self, request: Request, pk: str) -> Response:
        """To another day, as an operator."""
        said = _given(FrameworkMeetingDaySerializer, request)
        done = services.move_framework_meeting(request.actor, meeting=self.get_object(), **said)
        return Response(FrameworkMeetingSerializer(done).data)

    @writes(FrameworkMeetingSerializer, request=FrameworkMinutesSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def minutes(self, request: Request, pk: str) -> Response:
        """Write them, as an operator."""
        said = _given(FrameworkMinutesSerializer, request)
        decisions = [DecisionFields(**one) for one in said.pop("decisions")]
        services.record_framework_meeting(
            request.actor,
            meeting=self.get_object(),
            fields=MinutesFields(**said, decisions=decisions),
        )
        return Response(FrameworkMeetingSerializer(self.get_object()).data)


class FrameworkDecisionViewSet(viewsets.GenericViewSet[FrameworkDecision]):
    """What meetings decided, settled by the side that owes it."""

    queryset = FrameworkDecision.objects.none()
    serializer_class = FrameworkMeetingSerializer

    def get_queryset(self) -> QuerySet[FrameworkDecision]:
        seen = Framework.objects.visible_to(self.request.actor)
        rows = FrameworkDecision.objects.filter(meeting__framework__in=seen)
        return rows.select_related("meeting__framework__party__city").order_by("-pk")

    @writes(FrameworkMeetingSerializer, request=FrameworkOutcomeSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def outcome(self, request: Request, pk: str) -> Response:
        """Done, or dropped with a reason; its meeting comes back."""
        said = _given(FrameworkOutcomeSerializer, request)
        done = services.settle_framework_decision(
            request.actor,
            decision=self.get_object(),
            status=said["outcome_status"],
            outcome=said["outcome"],
        )
        return Response(FrameworkMeetingSerializer(done.meeting).data)


def _given(form_class: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    form = form_class(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def _terms(data: dict[str, Any]) -> FrameworkFields:
    bands = [(band["up_to_fen"], band["rate_bp"]) for band in data.pop("bands")]
    return FrameworkFields(**data, bands=bands)
