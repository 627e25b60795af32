from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.core.actor import system_actor
from portal.ledger import services


class Command(BaseCommand):
    help = (
        "After a restore into a new cluster: make the checkpoints of the ledger anew. As the owner."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        moved = services.rewrite_checkpoints(system_actor("command"))
        self.stdout.write(f"{moved} accounts")
