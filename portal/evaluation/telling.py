"""Telling those who are rated what changes for them: long work, in batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.jobs import Progress, job
from portal.evaluation.models import Method, Snapshot
from portal.evaluation.services.methods import TELL
from portal.evaluation.services.snapshots import TELL_RATED
from portal.evaluation.states import SnapshotKind
from portal.parties.models import Party
from portal.parties.services import tell_party

BATCH = 100
STEP = gettext_noop("Telling those who are rated")
SENTENCES = {
    "announced": gettext_noop(
        "The rating method %(version)s is announced and comes into force on %(day)s. "
        "Look at what changes."
    ),
    "withdrawn": gettext_noop("The announced rating method %(version)s was taken back."),
    "began": gettext_noop("The rating method %(version)s is in force from today."),
}
RATED = {
    SnapshotKind.PREVIEW: gettext_noop(
        "The preview of your rating of %(period)s is there. You have ten working days to contest "
        "a figure."
    ),
    SnapshotKind.OFFICIAL: gettext_noop("The official rating of %(period)s is published."),
}


@job(TELL)
def tell_of_method(progress: Progress, args: dict[str, Any]) -> None:
    """Every listed party of the kind it rates."""
    method = Method.objects.get(pk=args["method"])
    rated = Party.objects.listed().filter(kind=method.code).order_by("pk")
    _tell_each(progress, rated, lambda party: _tell(party, method, args["news"]))


@job(TELL_RATED)
def tell_rated(progress: Progress, args: dict[str, Any]) -> None:
    """Everybody in a published snapshot."""
    snapshot = Snapshot.objects.select_related("method").get(pk=args["snapshot"])
    rated = Party.objects.filter(ratings__snapshot=snapshot).distinct().order_by("pk")

    def tell(party: Party) -> None:
        tell_party(
            party,
            event=f"rating.{snapshot.kind}",
            key=f"rating:{snapshot.pk}:{party.pk}",
            sentence=RATED[SnapshotKind(snapshot.kind)],
            params={"period": snapshot.period},
            url=snapshot.get_absolute_url(),
        )

    _tell_each(progress, rated, tell)


def _tell_each(progress: Progress, parties: QuerySet[Party], tell: Callable[[Party], None]) -> None:
    """In the order of their keys, from where the job stopped."""
    total = parties.count()
    while batch := list(parties.filter(pk__gt=progress.checkpoint.get("party", 0))[:BATCH]):
        with transaction.atomic():
            for party in batch:
                tell(party)
            progress.checkpoint["party"] = batch[-1].pk
            done = min(progress.checkpoint.get("done", 0) + len(batch), total)
            progress.checkpoint["done"] = done
            progress.report(done=done, total=total, step=STEP)


def _tell(party: Party, method: Method, news: str) -> None:
    begins = method.comes_into_force_at
    tell_party(
        party,
        event=f"method.{news}",
        key=f"method-{news}:{method.pk}:{party.pk}",
        sentence=SENTENCES[news],
        params={
            "version": method.version,
            "day": f"{begins.astimezone(clock.SHANGHAI):%Y-%m-%d}" if begins else "",
        },
        url=method.get_absolute_url(),
    )
