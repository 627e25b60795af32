"""How views describe themselves in the OpenAPI schema."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.encoding import force_bytes
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.request import Request

IDEMPOTENCY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Any string of up to 200 characters. A repeat returns the first answer.",
)
PARTY_HEADER = OpenApiParameter(
    "X-Trilink-Party",
    int,
    OpenApiParameter.HEADER,
    description="Which of your parties you speak for; your first one otherwise.",
)


class Problem(serializers.Serializer[Any]):
    """Every refusal: one sentence in the language of the request, and what is wrong with each
    field where fields are to blame."""

    detail = serializers.CharField()
    flaws = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


FIELD_PROBLEMS = OpenApiResponse(
    {"type": "object", "additionalProperties": {}},
    description="What is wrong with each field.",
)
PROBLEMS = {
    401: OpenApiResponse(Problem, description="Sign in first."),
    403: OpenApiResponse(Problem, description="This person may not."),
    404: OpenApiResponse(Problem, description="Not there, or not for you."),
    409: OpenApiResponse(Problem, description="Not in this state."),
    422: OpenApiResponse(Problem, description="Something is missing or out of range."),
}
ViewDecorator = Callable[[Any], Any]


def writes(
    answer: type[serializers.BaseSerializer[Any]] | serializers.BaseSerializer[Any],
    *,
    status: int = 200,
    request: Any = ...,
) -> ViewDecorator:
    """Describe a write: its answer, its refusals, and the idempotency header. `request` is the
    body's serializer, None for no body, the answer's by default."""
    body = answer if request is ... else request
    describe = extend_schema(
        parameters=[IDEMPOTENCY_HEADER, PARTY_HEADER],
        request=body,
        responses={status: answer, 400: FIELD_PROBLEMS, **PROBLEMS},
    )

    def decorate(view: Any) -> Any:
        described = describe(view)
        described.body_serializer = body  # errors name a body's fields as they were sent
        return described

    return decorate


def reads(answer: Any, *parameters: OpenApiParameter) -> ViewDecorator:
    """Describe a read. Parameters that are not named here are refused; see `parameters.py`."""
    problems = {code: PROBLEMS[code] for code in (401, 403, 404)}
    return extend_schema(
        parameters=[PARTY_HEADER, *parameters], responses={200: answer, **problems}
    )


def reads_file(media_type: str) -> ViewDecorator:
    """Describe a read that answers with a file."""
    problems = {code: PROBLEMS[code] for code in (401, 403, 404, 409)}
    return extend_schema(
        parameters=[PARTY_HEADER],
        responses={(200, media_type): OpenApiTypes.BINARY, **problems},
    )


def audited_read(answer: type[serializers.BaseSerializer[Any]]) -> ViewDecorator:
    """Describe a read that is asked by POST because it is written down."""
    return extend_schema(
        parameters=[PARTY_HEADER],
        request=None,
        responses={200: answer, **{code: PROBLEMS[code] for code in (401, 403, 404)}},
    )


class SchemaView(SpectacularAPIView):
    """The schema in YAML or JSON; `lang` chooses its language."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        asked = request.query_params.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
        renderer = request.accepted_renderer
        return HttpResponse(
            written_schema(language, renderer.format),
            content_type=renderer.media_type,
            headers={"Content-Disposition": f'inline; filename="trilink.{renderer.format}"'},
        )


@cache  # writing it takes most of a second, and only another version of the code changes it
def written_schema(language: str, form: str) -> bytes:
    renderer = OpenApiJsonRenderer() if form == "json" else OpenApiYamlRenderer()
    with translation.override(language):
        schema = SchemaGenerator().get_schema(public=True)
        return force_bytes(renderer.render(schema, renderer_context={}))
