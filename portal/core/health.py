"""Is the process up, may it take traffic, and what it counts."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from portal.core.models import Job, OutboxMessage

PROBE_SECONDS = 1


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, broker and worker answer; 503 names what does not. Nothing else is told."""
    checks = {name: _works(probe) for name, probe in PROBES.items()}
    status = 200 if all(checks.values()) else 503
    answer = {name: "ok" if works else "failed" for name, works in checks.items()}
    return JsonResponse(answer, status=status)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for callers that hold METRICS_TOKEN; nobody else learns it exists."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not _is_same(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _is_same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())  # bytes: a str must be ASCII


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    jobs = Gauge("trilink_jobs", "Jobs by state", ["state"], registry=registry)
    for state, number in Job.objects.values_list("state").annotate(Count("pk")):
        jobs.labels(state).set(number)
    waiting = OutboxMessage.objects.filter(delivered_at__isnull=True)
    outbox = Gauge("trilink_outbox_waiting", "Outbox messages not delivered", registry=registry)
    outbox.set(waiting.count())
    return registry


def _works(probe: Callable[[], bool]) -> bool:
    try:
        return probe()
    except Exception:  # whatever it is, it does not work
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _broker() -> bool:
    with current_app.connection_for_write(connect_timeout=PROBE_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=PROBE_SECONDS)
        return True


SEEN_LASTS_SECONDS = 30.0  # a courier that waits for a receiver answers late
ASK_EVERY_SECONDS = 5.0
_last_seen: dict[str, float] = {}
_asked_at = -ASK_EVERY_SECONDS


def _consumed(queue: str) -> bool:
    """Whether a worker that takes from this queue answered lately. Asked at most every few seconds:
    the question waits its timeout out, and a load balancer asks often."""
    global _asked_at
    now = time.monotonic()
    if now - _asked_at >= ASK_EVERY_SECONDS:
        _asked_at = now
        found = current_app.control.inspect(timeout=PROBE_SECONDS).active_queues() or {}
        taken = {one["name"] for queues in found.values() for one in queues}
        _last_seen.update(dict.fromkeys(taken, time.monotonic()))
    return now - _last_seen.get(queue, -SEEN_LASTS_SECONDS) < SEEN_LASTS_SECONDS


PROBES: dict[str, Callable[[], bool]] = {
    "database": _database,
    "broker": _broker,
    "worker": partial(_consumed, "celery"),
    "courier": partial(_consumed, "webhooks"),
}
