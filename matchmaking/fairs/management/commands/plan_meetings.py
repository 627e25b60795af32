from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matchmaking.engine.meetings import Clash, NotFound
from matchmaking.engine.meetings.files import plan_files
from portal.core.textfiles.handed_in import Refused


class Command(BaseCommand):
    help = "Plan the meetings of a fair from a file (docs/meeting-plans.md); needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--instance", type=Path, required=True, help="the fair, JSON")
        parser.add_argument("--out", type=Path, required=True, help="the plan, JSON, replaced")

    def handle(self, **options: Any) -> None:
        instance, out = options["instance"], options["out"]
        try:
            plan = plan_files(instance, out)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        except Clash as clash:
            lines = [f"{instance}: {fault}" for fault in clash.faults]
            raise CommandError("\n".join(lines), returncode=3) from None
        except NotFound as error:
            raise CommandError(f"{instance}: {error}") from None
        self.stdout.write(f"{len(plan.meetings)} meetings planned: {out}")
