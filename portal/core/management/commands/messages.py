from typing import Any

from django.core.management.base import BaseCommand

from portal.core.messages import po_file, update_catalog


class Command(BaseCommand):
    help = "Collect the source strings into the Chinese catalogue."

    def handle(self, **options: Any) -> None:
        catalog = update_catalog()
        empty = [m.id for m in catalog if m.id and not m.string]
        self.stdout.write(f"{po_file()}: {len(catalog)} strings, {len(empty)} not translated")
