from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.ledger import selectors


class Command(BaseCommand):
    help = "Add the books up from their bare entries; exit code 1 names what is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        checks = selectors.verification()
        for check in checks:
            self.stdout.write(f"{'wrong' if check.wrong else 'right'}: {check.name}")
        if faults := [check for check in checks if check.wrong]:
            raise CommandError("; ".join(f"{check.name}: {check.wrong}" for check in faults))
