from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.ledger.engine import beancount, hledger
from portal.ledger.selectors import whole_books

WRITERS = {"hledger": hledger, "beancount": beancount}


class Command(BaseCommand):
    help = "Write the journal as a file for hledger or Beancount."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("form", choices=sorted(WRITERS))
        parser.add_argument("--out", type=Path, help="the file; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = (f"{line}\n" for line in WRITERS[options["form"]](whole_books()))
        if options["out"] is None:
            sys.stdout.writelines(lines)
        else:
            with options["out"].open("w", encoding="utf-8") as out:
                out.writelines(lines)
