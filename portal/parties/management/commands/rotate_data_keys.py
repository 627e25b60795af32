from typing import Any

from django.core.management.base import BaseCommand

from portal.parties.services import reseal_everything


class Command(BaseCommand):
    help = "Seal everything under the first of DATA_KEYS; afterwards the others can go."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{reseal_everything()} rows sealed")
