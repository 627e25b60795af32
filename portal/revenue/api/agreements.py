"""Papers over the API: the same steps as the pages, and trees of any shape."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads_file, writes
from portal.core.documents import pdf_file
from portal.revenue import rules, selectors, services
from portal.revenue.api.serializers import (
    AgreementSerializer,
    AgreementVersionSerializer,
    NewAgreementSerializer,
    PreviewRequestSerializer,
    PreviewSerializer,
    TermsSerializer,
    VersionSealSerializer,
)
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.papers import render_paper

TERMS = (
    *("starts_on", "ends_on", "components", "period_components", "invoice_components", "note"),
    *("paid_to", "seal", "signers"),
)
SUBJECT = ("we_pay", "role", "scope_kind", "scope_key")


class AgreementViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Agreement]
):
    """The acting party's agreements, as payer and as payee."""

    queryset = Agreement.objects.none()
    serializer_class = AgreementSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Agreement]:
        mine = Agreement.objects.visible_to(self.request.actor)
        return mine.select_related("payer", "payee").prefetch_related("versions")

    @writes(AgreementVersionSerializer, status=201, request=NewAgreementSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Propose a first version; with a paper of the same subject there, its next one."""
        data = _given(NewAgreementSerializer, request)
        parties = selectors.proposable_parties(request.actor)
        other = get_object_or_404(parties, pk=data["other"])
        about = {name: data[name] for name in SUBJECT}
        version = services.propose_agreement(
            request.actor,
            subject=SubjectFields(other_id=other.pk, **about),
            terms=_terms(data),
        )
        return Response(AgreementVersionSerializer(version).data, status=201)

    @writes(AgreementVersionSerializer, status=201, request=TermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def versions(self, request: Request, pk: str) -> Response:
        """Propose a change of what was agreed."""
        terms = _terms(_given(TermsSerializer, request))
        version = services.propose_version(request.actor, agreement=self.get_object(), terms=terms)
        return Response(AgreementVersionSerializer(version).data, status=201)


class AgreementVersionViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[AgreementVersion]):
    """One version, and the answer to it."""

    queryset = AgreementVersion.objects.none()
    serializer_class = AgreementVersionSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[AgreementVersion]:
        mine = AgreementVersion.objects.visible_to(self.request.actor)
        return mine.select_related("agreement__payer", "agreement__payee")

    @writes(AgreementVersionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def acceptance(self, request: Request, pk: str) -> Response:
        """Both sides have agreed then; it holds from its first day, at the earliest tomorrow."""
        return self._shown(services.accept_version(request.actor, version=self.get_object()))

    @writes(AgreementVersionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def refusal(self, request: Request, pk: str) -> Response:
        """Decline it; nothing changes."""
        return self._shown(services.decline_version(request.actor, version=self.get_object()))

    @writes(AgreementVersionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def withdrawal(self, request: Request, pk: str) -> Response:
        """Take back what one's own side proposed."""
        return self._shown(services.withdraw_version(request.actor, version=self.get_object()))

    @writes(AgreementVersionSerializer, status=201, request=TermsSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def counter(self, request: Request, pk: str) -> Response:
        """Answer with other terms."""
        terms = _terms(_given(TermsSerializer, request))
        version = services.counter_version(request.actor, version=self.get_object(), terms=terms)
        return Response(AgreementVersionSerializer(version).data, status=201)

    @writes(AgreementVersionSerializer, request=VersionSealSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def seal(self, request: Request, pk: str) -> Response:
        """Hand in the stamped scan; with the last seal it holds."""
        said = _given(VersionSealSerializer, request)
        return self._shown(services.seal_by_scan(request.actor, version=self.get_object(), **said))

    @writes(AgreementVersionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def esign(self, request: Request, pk: str) -> Response:
        """Seal it by the gateway for electronic seals."""
        version = self.get_object()
        return self._shown(services.seal_by_gateway(request.actor, version=version))

    @reads_file("application/pdf")
    @action(detail=True, methods=["get"])
    def paper(self, request: Request, pk: str) -> Any:
        """The version as a PDF with its hash."""
        version = self.get_object()
        return pdf_file(render_paper(version), f"agreement-{version.sha256[:12]}")

    def _shown(self, version: AgreementVersion) -> Response:
        return Response(AgreementVersionSerializer(version).data)


class AgreementPreviewView(generics.GenericAPIView[Any]):
    """What an order would give by some terms, before anybody proposes them."""

    serializer_class = PreviewSerializer

    @writes(PreviewSerializer, request=PreviewRequestSerializer)
    def post(self, request: Request) -> Response:
        data = _given(PreviewRequestSerializer, request)
        fields = TermsFields(rules.first_day(), None, data["components"])
        shown = selectors.preview_of(
            rules.parsed_terms(fields),
            data["gross_fen"],
            selectors.names_of("payer", "payee"),
            selectors.kinds_of("", ""),
        )
        return Response(PreviewSerializer(shown).data)


def _given(form_class: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    form = form_class(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def _terms(data: dict[str, Any]) -> TermsFields:
    return TermsFields(**{name: data[name] for name in TERMS})
