"""Beat: rows that the index does not hold yet."""

from celery import shared_task

from portal.search import services


@shared_task
def index_names() -> int:
    return services.publish_missing()
