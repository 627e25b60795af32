from typing import Any

from django.core.management.base import BaseCommand

from portal.parties.listing import publish_listings


class Command(BaseCommand):
    help = "Make every row of the directories again from its party; safe to run at any time."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{publish_listings()} parties are listed")
