from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.textfiles.handed_in import Refused
from portal.evaluation.engine.files import evaluate_files


class Command(BaseCommand):
    help = "Score a file of indicators by a method (docs/evaluation-file.md); needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--method", type=Path, required=True, help="the method, JSON")
        parser.add_argument(
            "--data", type=Path, required=True, help="CSV: party, indicator, value, sample_size"
        )
        parser.add_argument("--parties", type=Path, help="CSV: party, segment")
        parser.add_argument("--gates", type=Path, help="CSV: party, gate")
        parser.add_argument("--out", type=Path, required=True, help="CSV of scores, replaced")

    def handle(self, **options: Any) -> None:
        method, data, out = (options[name] for name in ("method", "data", "out"))
        try:
            parties = evaluate_files(
                method, data, out, parties=options["parties"], gates=options["gates"]
            )
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        self.stdout.write(f"{parties} parties scored: {out}")
