from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.textfiles.handed_in import Refused
from portal.revenue.engine.files import split_files


class Command(BaseCommand):
    help = "Split the orders of a file by an agreement (docs/splits.md); needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agreement", type=Path, required=True, help="the agreement, JSON")
        parser.add_argument(
            "--orders",
            type=Path,
            required=True,
            help="CSV: order, line, event, phase, gross_fen, occurred_at, and event_id if known",
        )
        parser.add_argument("--out", type=Path, required=True, help="CSV of entries, replaced")
        parser.add_argument("--until", help="last month of the period components, as 2026-03")

    def handle(self, **options: Any) -> None:
        agreement, orders, out = (options[name] for name in ("agreement", "orders", "out"))
        try:
            events = split_files(agreement, orders, out, until=options["until"])
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        self.stdout.write(f"{events} events split: {out}")
