"""The site, and a view that signs somebody up with nothing around it: behind the same middleware,
for somebody who is signed in, one conditional UPDATE and one INSERT."""

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from portal.urls import *  # noqa: F403 - beside the bare view
from portal.urls import urlpatterns as site


@login_required
@require_POST
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    party = int(request.POST["party"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bench_pool SET taken = taken + 1 WHERE id = %s AND taken < capacity", [pk]
        )
        table = "bench_seat" if cursor.rowcount else "bench_waitlist"
        cursor.execute(
            f"INSERT INTO {table} (pool_id, party_id) VALUES (%s, %s)",  # noqa: S608 - ours
            [pk, party],
        )
    return redirect("fair_list")


urlpatterns = [path("bench/<int:pk>/", bare), *site]
