from celery import shared_task

from portal.core.actor import system_actor
from portal.tiers import services


@shared_task
def refresh_stars() -> int:
    return services.refresh_stars(system_actor("task"))


@shared_task
def live_frameworks() -> int:
    return services.live_frameworks(system_actor("task"))


@shared_task
def count_frameworks() -> int:
    return services.count_frameworks(system_actor("task"))


@shared_task
def lapse_certifications() -> int:
    return services.lapse_certifications(system_actor("task"))


@shared_task
def expire_certifications() -> int:
    return services.expire_marks(system_actor("task"))
