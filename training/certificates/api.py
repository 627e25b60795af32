"""Certificates over the API: what a number stands for, one's own, and the operators' desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import PARTY_HEADER, PROBLEMS, reads_file, writes
from portal.core.documents import pdf_file, render_pdf
from portal.core.models import Job
from training.certificates import limits, rules, selectors, services
from training.certificates.models import Certificate
from training.certificates.states import CertificateStatus
from training.certificates.tables import ENDING, STATE
from training.courses.models import Course


class IssuedCertificateSerializer(serializers.Serializer[Any]):
    """What a number stands for today. `holder` is masked but for oneself and who manages the party;
    `party`, `reason` and `renewed_by` are told to them and to operators alone."""

    number = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")
    state = serializers.CharField(help_text=", ".join(CertificateStatus.values))
    holder = serializers.SerializerMethodField()
    course = serializers.CharField(source="course.code")
    course_title = serializers.CharField(source="course.title")
    completed_on = serializers.DateField()
    issued_at = serializers.DateTimeField()
    expires_on = serializers.DateField()
    party = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    renewed_by = serializers.SerializerMethodField()

    def get_holder(self, certificate: Certificate) -> str:
        may_see = rules.can_see_name(self._actor, certificate)
        return certificate.holder if may_see else certificate.masked

    def get_party(self, certificate: Certificate) -> int | None:
        return certificate.enrolment.party_id if self._is_told(certificate) else None

    def get_reason(self, certificate: Certificate) -> str:
        return certificate.reason if self._is_told(certificate) else ""

    def get_renewed_by(self, certificate: Certificate) -> str:
        newer = certificate.renewed_by
        return newer.number if newer is not None and self._is_told(certificate) else ""

    def _is_told(self, certificate: Certificate) -> bool:
        actor = self._actor
        return bool(rules.can_see_name(actor, certificate) or rules.can_run_certificates(actor))

    @property
    def _actor(self) -> Any:
        return self.context["request"].actor


class CertificateReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=rules.MOST_REASON)


class CertificateViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Certificate]
):
    """One's own, those of the party, all of them for operators; and any one by its number."""

    queryset = Certificate.objects.none()
    serializer_class = IssuedCertificateSerializer
    lookup_field = "number"
    lookup_value_regex = "[0-9A-Za-z-]+"

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.action == "retrieve" else IsAuthenticated()]

    def get_queryset(self) -> QuerySet[Certificate]:
        rows = Certificate.objects.visible_to(self.request.actor).whole()
        asked = self.request.query_params.get("state", "")
        return STATE.apply(rows, asked) if asked else rows

    @extend_schema(
        parameters=[
            PARTY_HEADER,
            OpenApiParameter(
                "state", str, enum=[*CertificateStatus.values, ENDING], description="As of today."
            ),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first."""
        asked = request.query_params.get("state", "")
        if asked and asked not in {*CertificateStatus.values, ENDING}:
            raise serializers.ValidationError({"state": [", ".join(CertificateStatus.values)]})
        return super().list(request, *args, **kwargs)

    @extend_schema(
        parameters=[PARTY_HEADER],
        responses={200: IssuedCertificateSerializer, 404: PROBLEMS[404], 409: PROBLEMS[409]},
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What this number stands for today, whoever asks; 404 where it is not ours."""
        limits.may_check_again(request._request).require()
        certificate = selectors.certificate_numbered(kwargs["number"])
        if certificate is None:
            limits.count_miss(request._request)
            raise Http404
        return Response(self._shown(certificate))

    @reads_file("application/pdf")
    @action(detail=True, methods=["get"])
    def paper(self, request: Request, number: str) -> HttpResponse:
        """The PDF, for the holder and who manages the party."""
        certificate = selectors.certificate_numbered(number)
        if certificate is None or not rules.can_see_name(request.actor, certificate):
            raise Http404
        rules.can_take_paper(request.actor, certificate).require()
        made = render_pdf("certificates/paper.typ", selectors.paper_of(certificate))
        return pdf_file(made, f"certificate-{certificate.number}")

    @writes(IssuedCertificateSerializer, request=CertificateReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def revocation(self, request: Request, number: str) -> Response:
        """Take it back, as an operator."""
        rules.may_revoke(request.actor).require()
        return self._ended(services.revoke_certificate, number)

    @writes(IssuedCertificateSerializer, request=CertificateReasonSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def restoration(self, request: Request, number: str) -> Response:
        """Give a revoked one back, as an operator."""
        rules.may_revoke(request.actor).require()
        return self._ended(services.restore_certificate, number)

    def _ended(self, service: Any, number: str) -> Response:
        certificate = selectors.certificate_numbered(number)
        if certificate is None:
            raise Http404
        form = CertificateReasonSerializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        reason = form.validated_data["reason"]
        return Response(
            self._shown(service(self.request.actor, certificate=certificate, reason=reason))
        )

    def _shown(self, certificate: Certificate) -> dict[str, Any]:
        context = self.get_serializer_context()
        return dict(IssuedCertificateSerializer(certificate, context=context).data)


class CertificateRunSerializer(serializers.Serializer[Any]):
    """Issuing to everybody who completed a course. `state`: queued, running, done or failed."""

    id = serializers.UUIDField(source="pk")
    course = serializers.SerializerMethodField()
    state = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_course(self, job: Job) -> int:
        return int(job.args["course"])


class NewCertificateRunSerializer(serializers.Serializer[Any]):
    course = serializers.SlugField(max_length=40, help_text="The course's code.")


class CertificateRunViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Job]):
    queryset = Job.objects.none()
    serializer_class = CertificateRunSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Job]:
        rules.can_run_certificates(self.request.actor).require()
        return selectors.runs_of_issue()

    @writes(CertificateRunSerializer, status=201, request=NewCertificateRunSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Issue to everybody who completed the course and has none, in the background."""
        rules.may_issue(request.actor).require()
        form = NewCertificateRunSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        course = get_object_or_404(Course, code=form.validated_data["course"])
        started = services.start_issue(request.actor, course=course)
        return Response(CertificateRunSerializer(started).data, status=201)
