from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.core.actor import system_actor
from portal.parties.services import attest_undocumented


class Command(BaseCommand):
    help = "Take over, as checked elsewhere, the documents of verified parties that show none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--where", default="before", help="where they were checked")

    def handle(self, **options: Any) -> None:
        count = attest_undocumented(system_actor("command"), where=options["where"])
        self.stdout.write(f"{count} parties")
