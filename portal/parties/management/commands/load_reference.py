from typing import Any

from django.core.management.base import BaseCommand

from portal.core.actor import system_actor
from portal.parties.reference import load_reference


class Command(BaseCommand):
    help = "Load categories, services, cities, city tiers and staff groups; safe to run again."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{load_reference(system_actor('command'))} rows added")
