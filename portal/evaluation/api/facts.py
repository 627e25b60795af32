"""Facts for machines: a party reads its own; operators record, correct and confirm them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.fields import MOST as MOST_KEY
from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import KeysetPagination
from portal.core.api.schema import reads, writes
from portal.evaluation import rules, selectors, services
from portal.evaluation.fields import MOST_SAMPLE, FactFields
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact
from portal.evaluation.states import Door, Grade
from portal.evaluation.tables import STANDINGS, standing_filter
from portal.parties.models import ServiceType

MOST_FACTS = 1_000
GRADES = {grade.name.lower(): grade for grade in Grade}
STANDING_CODES = tuple(code for code, _label in STANDINGS)


class FactSerializer(serializers.Serializer[Any]):
    """What was observed of a party. `counterpart` is a mark, the same for the same counterparty in
    all facts of this party; `standing`: whether it counts, in words."""

    id = serializers.IntegerField()
    party = serializers.IntegerField(source="party_id")
    measure = serializers.CharField()
    value = serializers.FloatField()
    sample = serializers.IntegerField()
    service = serializers.CharField(source="service.code", allow_null=True)
    counterpart = serializers.SerializerMethodField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    grade = serializers.SerializerMethodField()
    door = serializers.CharField()
    ref_kind = serializers.CharField()
    ref_id = serializers.CharField()
    strike = serializers.CharField()
    standing = serializers.SerializerMethodField()
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    is_void = serializers.BooleanField()
    why = serializers.CharField()
    recorded_at = serializers.DateTimeField()

    def get_counterpart(self, fact: Fact) -> str:
        return str(selectors.pseudonym_of(fact))

    def get_grade(self, fact: Fact) -> str:
        return Grade(fact.grade).name.lower()

    def get_standing(self, fact: Fact) -> str:
        return str(selectors.standing_of(fact).label)


class NewFactSerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(min_value=1, max_value=MOST_KEY, source="party_id")
    measure = serializers.ChoiceField(list(MEASURES))
    value = serializers.FloatField()
    sample = serializers.IntegerField(min_value=1, max_value=MOST_SAMPLE, default=1)
    service = serializers.SlugRelatedField(
        slug_field="code", queryset=ServiceType.objects.all(), allow_null=True, default=None
    )
    counterpart = serializers.IntegerField(
        min_value=1, max_value=MOST_KEY, source="counterpart_id", allow_null=True, default=None
    )
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    grade = serializers.ChoiceField(sorted(GRADES))
    ref_kind = serializers.CharField(max_length=40, default="api")
    ref_id = serializers.CharField(max_length=80, help_text="The same row makes one fact.")


class NewFactsSerializer(serializers.Serializer[Any]):
    facts = serializers.ListSerializer(
        child=NewFactSerializer(), allow_empty=False, max_length=MOST_FACTS
    )


class FactsRecordedSerializer(serializers.Serializer[Any]):
    recorded = serializers.IntegerField(help_text="How many were new")


class FactCorrectionSerializer(serializers.Serializer[Any]):
    """The right value, or `is_void` to take the fact back."""

    value = serializers.FloatField(allow_null=True, default=None)
    is_void = serializers.BooleanField(default=False)
    why = serializers.CharField(max_length=300)


class FactConfirmationSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300, help_text="What was looked at.")


class AskedSerializer(serializers.Serializer[Any]):
    measure = serializers.ChoiceField(list(MEASURES), required=False)
    standing = serializers.ChoiceField(STANDING_CODES, required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class FactViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Fact]):
    """Facts of the party you speak for, the newest first; operators see those of all."""

    queryset = Fact.objects.none()
    serializer_class = FactSerializer
    pagination_class = KeysetPagination
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Fact]:
        rows = Fact.objects.visible_to(self.request.actor)
        return rows.select_related("service", "correction")

    @reads(
        FactSerializer(many=True),
        OpenApiParameter("measure", str, enum=list(MEASURES)),
        OpenApiParameter("standing", str, enum=STANDING_CODES),
        OpenApiParameter("since", str, description="Whose last day is on or after this one."),
        OpenApiParameter("until", str, description="Whose last day is on or before this one."),
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The facts one is measured by, also those that do not count."""
        rules.can_list_facts(request.actor).require()
        return super().list(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        if self.action != "list":
            return queryset
        form = AskedSerializer(data=self.request.query_params.dict())
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        named = {"measure": "measure", "since": "ends_on__gte", "until": "ends_on__lte"}
        found = {named[name]: value for name, value in asked.items() if name in named}
        return standing_filter(queryset.filter(**found), asked.get("standing", ""))

    @writes(FactsRecordedSerializer, request=NewFactsSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Record up to 1,000 facts, all of them or none. One that was recorded before in the same
        words is not recorded again."""
        rules.can_feed_facts(request.actor).require()
        form = NewFactsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        facts = [_fields(row) for row in form.validated_data["facts"]]
        recorded = services.record_facts(request.actor, facts=facts, door=Door.API)
        return Response({"recorded": recorded})

    @writes(FactSerializer, status=201, request=FactCorrectionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def correction(self, request: Request, pk: str) -> Response:
        """Put the right value in its place, or take it back. The row itself stays."""
        fact = self.get_object()
        rules.can_correct_fact(request.actor, fact).require()
        form = FactCorrectionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        later = services.correct_fact(request.actor, fact=fact, **form.validated_data)
        return Response(FactSerializer(later).data, status=201)

    @writes(FactSerializer, status=201, request=FactConfirmationSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def confirmation(self, request: Request, pk: str) -> Response:
        """Confirm a party's own word: somebody else has seen what it says."""
        fact = self.get_object()
        rules.can_confirm_fact(request.actor, fact).require()
        form = FactConfirmationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        later = services.confirm_fact(request.actor, fact=fact, **form.validated_data)
        return Response(FactSerializer(later).data, status=201)


def _fields(row: dict[str, Any]) -> FactFields:
    service = row.pop("service")
    return FactFields(
        **(row | {"grade": GRADES[row["grade"]], "service_id": service.pk if service else None})
    )
