from typing import Any

from django.core.management.base import BaseCommand

from portal.search.services import publish_entries


class Command(BaseCommand):
    help = "Make every row of the search's index again; safe to run at any time."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{publish_entries()} names can be found")
