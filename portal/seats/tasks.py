from celery import shared_task

from portal.core.actor import system_actor
from portal.seats import services
from portal.seats.heralds import herald_of
from portal.seats.models import Claim


@shared_task
def tell_step(claim_id: str, status: str, key: str) -> None:
    """What became of a claim, by whose occasion it is. Delivered by the outbox; an empty status is
    the first that it came to."""
    claim = Claim.objects.select_related("occasion", "pool", "party").get(pk=claim_id)
    status = status or claim.steps.order_by("pk").values_list("status", flat=True)[0]
    if (herald := herald_of(claim.occasion.kind)) is not None:
        herald(claim, status, key)


@shared_task
def sweep_seats() -> int:
    """Offers and holds that ran out; their seats go to who is next."""
    return services.sweep_seats(system_actor("task"))
