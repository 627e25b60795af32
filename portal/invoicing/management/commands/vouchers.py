"""The vouchers of a month as a file for an accounting program."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.actor import system_actor
from portal.core.sheets import write_sheet
from portal.core.verdict import Refused
from portal.invoicing import selectors
from portal.invoicing.exports import asked_month, asked_template
from portal.invoicing.rules import can_export_vouchers


class Command(BaseCommand):
    help = "Write a month's vouchers as XLSX or CSV, by a saved template such as yonyou or kingdee."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", required=True, help="such as 2026-03")
        parser.add_argument("--template", required=True)
        parser.add_argument("--out", required=True, type=Path, help="a file .xlsx or .csv")

    def handle(self, **options: Any) -> None:
        out: Path = options["out"]
        form = out.suffix.removeprefix(".").lower()
        if form not in ("xlsx", "csv"):
            raise CommandError("--out: name a file that ends with .xlsx or .csv")
        can_export_vouchers(system_actor("command")).require()
        try:
            template = asked_template(options)
            found = selectors.vouchers_of(asked_month(options), template)
            rows = list(selectors.voucher_rows(found, maker=""))
        except Refused as refused:
            raise CommandError(str(refused.verdict.reason)) from refused
        header = [heading for heading, _field in template.columns]
        with out.open("wb") as target:
            count = write_sheet(form, header, rows, target)
        self.stdout.write(f"{count} lines, {len(found.vouchers)} vouchers, {found.debit} fen")
