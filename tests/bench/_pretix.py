"""pretix on the same PostgreSQL: two events, one with a seat for everybody and one with fewer.

`python _pretix.py EVERYBODY SEATS` by the Python of an environment of its own, which has its
settings; prints the orders' addresses, their body and the token that may place them.
`_beside_pretix` runs it.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django


def main(*sizes: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django_scopes import scopes_disabled

    call_command("migrate", verbosity=0)
    with scopes_disabled():
        token = opened()
        events = [event(f"hall{at}", seats) for at, seats in enumerate(sizes)]
    json.dump({"token": token, "events": events}, sys.stdout)


def opened() -> str:
    """An organizer with a team that may do everything; the team's token."""
    from pretix.base.models import Organizer

    organizer = Organizer.objects.create(name="Bench", slug="bench")
    team = organizer.teams.create(
        name="Bench", all_events=True, all_event_permissions=True, all_organizer_permissions=True
    )
    return str(team.tokens.create(name="Bench").token)


def event(slug: str, seats: int) -> dict[str, Any]:
    """Open for sale, one free item under one quota."""
    from django.utils.timezone import now
    from pretix.base.models import Organizer

    made = Organizer.objects.get().events.create(
        name="Bench",
        slug=slug,
        live=True,
        currency="CNY",
        date_from=now() + timedelta(days=30),
        plugins="pretix.plugins.banktransfer",
    )
    item = made.items.create(name="Seat", default_price=0)
    made.quotas.create(name="Seats", size=seats).items.add(item)
    return {
        "path": f"/api/v1/organizers/bench/events/{slug}/orders/",
        "body": {
            "status": "p",
            "payment_provider": "free",
            "locale": "en",
            "sales_channel": "web",
            "positions": [{"item": item.pk, "variation": None, "price": "0.00", "answers": []}],
        },
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
