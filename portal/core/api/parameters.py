"""A read answers 400 to a parameter it does not know: what is misspelt narrows nothing, and whoever
asked would take the whole list for the answer. Known is what the schema says of the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter

READS = {"GET", "HEAD"}
REFUSAL = {
    "description": "A parameter that is not there, or what is wrong with one; by its name.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            }
        }
    },
}


class ParametersMiddleware:
    """Refuse parameters that a read of the API does not know, with the names that there are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.GET or request.method not in READS or not hasattr(view, "cls"):
            return None
        broken = [name for name, said in request.GET.lists() if any("\0" in one for one in said)]
        if broken:  # no column can hold it, and the database fails on being asked
            return _refused({name: [_("A NUL is in no text.")] for name in broken})
        known = known_parameters(view, tuple(kwargs))
        unknown = sorted(set(request.GET) - known) if known is not None else []
        if not unknown:
            return None
        return _refused({name: [_sentence(known or frozenset())] for name in unknown})


def _refused(problems: dict[str, list[str]]) -> HttpResponse:
    return JsonResponse(problems, status=400, json_dumps_params={"ensure_ascii": False})


def _sentence(known: frozenset[str]) -> str:
    if not known:
        return _("There is no such parameter, nor any other here.")
    return _("There is no such parameter. There are: %(names)s.") % {
        "names": ", ".join(sorted(known))
    }


@cache
def known_parameters(view: Any, keys: tuple[str, ...]) -> frozenset[str] | None:
    """Names that a GET of this view takes, whose address has these keys; None where the schema
    says nothing of it."""
    if "get" not in (getattr(view, "actions", None) or {"get": ""}):
        return None
    generator = SchemaGenerator()  # it alone holds what it makes
    schema = generator.create_view(view, "GET").schema
    schema.method, schema.path = "GET", "/".join(f"{{{key}}}" for key in keys)
    return None if schema.is_excluded() else frozenset(_names(schema))


def _names(schema: Any) -> Iterator[str]:
    for parameter in schema.get_override_parameters():
        if isinstance(parameter, OpenApiParameter):
            if parameter.location == OpenApiParameter.QUERY:
                yield parameter.name
        else:
            yield from parameter().fields
    # What a list has of its own, as the schema finds it.
    for parameter in (*schema._get_pagination_parameters(), *schema._get_filter_parameters()):
        yield parameter["name"]


def describe_refusal(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Say of every read in the schema that it may refuse its parameters."""
    for operations in result["paths"].values():
        if "get" in operations:
            operations["get"]["responses"].setdefault("400", REFUSAL)
    return result
