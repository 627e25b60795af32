"""Agreement templates over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from matchmaking.cooperation import rules, services
from matchmaking.cooperation.fields import DutyFields, TemplateFields
from matchmaking.cooperation.models import AgreementTemplate
from portal.core.api.idempotency import idempotent
from portal.core.api.schema import writes


class DutySerializer(serializers.Serializer[Any]):
    """`by`: merchant or provider; `days` after the begin of the cooperation."""

    title = serializers.CharField(max_length=80)
    by = serializers.ChoiceField([("merchant", "merchant"), ("provider", "provider")])
    days = serializers.IntegerField(min_value=0, max_value=365, default=0)


class AgreementTemplateFieldsSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    scope = serializers.CharField(max_length=2_000, allow_blank=True, default="")
    service_level = serializers.CharField(max_length=1_000, allow_blank=True, default="")
    notice_days = serializers.IntegerField(default=30)
    payment_day = serializers.IntegerField(allow_null=True, default=None)
    duties = DutySerializer(many=True, default=list)

    def template_fields(self) -> TemplateFields:
        data = dict(self.validated_data)
        data.pop("version", None)
        duties = [DutyFields(**duty) for duty in data.pop("duties")]
        return TemplateFields(**data, duties=duties)


class AgreementTemplateChangeSerializer(AgreementTemplateFieldsSerializer):
    """In answer to the version one has read."""

    version = serializers.IntegerField(min_value=1)


class AgreementTemplateSerializer(serializers.Serializer[Any]):
    """`is_house`: one of the platform's, for everybody."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    scope = serializers.CharField()
    service_level = serializers.CharField()
    notice_days = serializers.IntegerField()
    payment_day = serializers.IntegerField(allow_null=True)
    duties = DutySerializer(many=True)
    version = serializers.IntegerField()
    is_house = serializers.SerializerMethodField()
    changed_at = serializers.DateTimeField()

    def get_is_house(self, template: AgreementTemplate) -> bool:
        return template.party_id is None


class AgreementTemplateChoiceSerializer(serializers.Serializer[Any]):
    template = serializers.UUIDField()


class AgreementTemplateViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[AgreementTemplate]
):
    """The acting party's own, and the house's."""

    queryset = AgreementTemplate.objects.none()
    serializer_class = AgreementTemplateSerializer
    pagination_field = "changed_at"

    def get_queryset(self) -> QuerySet[AgreementTemplate]:
        return AgreementTemplate.objects.usable_by(self.request.actor).select_related("party")

    @writes(AgreementTemplateSerializer, status=201, request=AgreementTemplateFieldsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        rules.can_create_template(request.actor).require()
        form = AgreementTemplateFieldsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.create_template(request.actor, fields=form.template_fields())
        return Response(AgreementTemplateSerializer(made).data, status=201)

    @writes(AgreementTemplateSerializer, request=AgreementTemplateChangeSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        template = self.get_object()
        rules.can_edit_template(request.actor, template).require()
        form = AgreementTemplateChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = services.update_template(
            request.actor,
            template=template,
            fields=form.template_fields(),
            version=form.validated_data["version"],
        )
        return Response(AgreementTemplateSerializer(done).data)

    @writes(AgreementTemplateSerializer, request=None)
    @idempotent
    def destroy(self, request: Request, pk: str) -> Response:
        """What was made of it stays. The answer is the template as it was."""
        template = self.get_object()
        was = AgreementTemplateSerializer(template).data
        services.remove_template(request.actor, template=template)
        return Response(was)
