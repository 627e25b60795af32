import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.evaluation.computing.recomputing import MOST, mismatches
from portal.evaluation.models import Snapshot
from portal.evaluation.states import SnapshotStatus

COMPUTED = (SnapshotStatus.READY, SnapshotStatus.PUBLISHED, SnapshotStatus.REPLACED)


class Command(BaseCommand):
    help = (
        "Gather a snapshot's facts as of its cut, evaluate them again, and compare the three "
        "digests and every stored row. Exit code 0: the same bit for bit; 1: something differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("snapshot", type=int, help="its number")

    def handle(self, **options: Any) -> None:
        rows = Snapshot.objects.select_related("method").filter(status__in=COMPUTED)
        snapshot = rows.filter(pk=options["snapshot"]).first()
        if snapshot is None:
            raise CommandError("There is no computed snapshot of this number.", returncode=2)
        found = mismatches(snapshot)
        for one in found[:MOST]:
            self.stdout.write(f"differs: {one.what}: {one.where}")
        if len(found) > MOST:
            self.stdout.write(f"and {len(found) - MOST} more")
        if found:
            sys.exit(1)
        self.stdout.write(f"{snapshot.ratings.count()} ratings, the same bit for bit: {snapshot}")
