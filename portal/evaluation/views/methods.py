"""The open method, for everybody: in words, with its history, its files and a worked example."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.evaluation import selectors
from portal.evaluation.documents import CODES, PROVIDER
from portal.evaluation.models import Method
from portal.evaluation.starting import left_out
from portal.evaluation.states import MethodStatus

TONES = {MethodStatus.IN_FORCE: "ok", MethodStatus.ANNOUNCED: "info", MethodStatus.DRAFT: "warn"}


@require_safe
def method_list(request: PageRequest) -> HttpResponse:
    """The front door: how providers are rated today; `?code=agency` for agencies."""
    code = request.GET.get("code", PROVIDER)
    if code not in CODES:
        raise Http404
    method = selectors.shown_method(code)
    if method is None:
        return render_page(request, "evaluation/method_none.html", {"code": code})
    return _page(request, method)


@require_safe
def method_detail(request: PageRequest, code: str, version: str) -> HttpResponse:
    return _page(request, _method(request, code, version))


@require_safe
def method_changes(request: PageRequest, code: str, version: str) -> HttpResponse:
    """What a version changed in the one before it, and whom it moved."""
    method = _method(request, code, version)
    previous = selectors.version_before(method)
    if previous is None:
        raise Http404
    context = {
        "method": method,
        "previous": previous,
        "changes": selectors.differences_between(previous, method),
    }
    return render_page(request, "evaluation/method_changes.html", context)


@require_safe
def method_document(request: PageRequest, code: str, version: str) -> HttpResponse:
    """The very file of `manage.py evaluate`."""
    method = _method(request, code, version)
    return _download(method.document, f"{code}-{version}.json")


@require_safe
def method_gathering(request: PageRequest, code: str, version: str) -> HttpResponse:
    """How facts become its indicators."""
    method = _method(request, code, version)
    return _download(method.gathering, f"{code}-{version}.gathering.json")


@require_safe
def method_data(request: PageRequest, code: str, version: str, name: str) -> HttpResponse:
    """The figures of the worked example's segment, as `manage.py evaluate` reads them."""
    method = _method(request, code, version)
    example = selectors.example_of(method, request.GET.get("party", ""))
    if example is None or not example.has_files or name not in selectors.FILES:
        raise Http404
    body = selectors.file_of(example.rating, name)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    patch_cache_control(response, public=True, max_age=600)
    return response


def _method(request: PageRequest, code: str, version: str) -> Method:
    seen = Method.objects.visible_to(request.actor)
    return get_object_or_404(seen, code=code, version=version)


def _page(request: PageRequest, method: Method) -> HttpResponse:
    asked, scale = request.GET.get("party", ""), method.document["scale"]
    context: dict[str, Any] = {
        "method": method,
        "told": selectors.told(method),
        "left_out": left_out(method.document),
        "tone": TONES.get(MethodStatus(method.status), ""),
        "span": scale[1] - scale[0],
        "history": selectors.versions_of(method.code),
        "coming": selectors.announced(method.code),
        "current": Method.objects.in_force(method.code).first(),
        "example": selectors.example_of(method, asked),
        "files": list(selectors.FILES),
        "codes": list(selectors.CODE_NAMES.items()),
        "appeals": selectors.appeal_counts(method.code),
        "contested": selectors.appeals_by_indicator(method),
    }
    return render_page(request, "evaluation/method_detail.html", context)


def _download(document: object, name: str) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(document, safe=False, json_dumps_params=options)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, public=True, max_age=600)
    return response
