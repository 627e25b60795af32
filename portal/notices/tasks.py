from celery import shared_task

from portal.notices import runs, sending, services


@shared_task
def deliver(delivery_id: int) -> None:
    sending.deliver(delivery_id)


@shared_task
def send_digests() -> int:
    return services.send_digests()


@shared_task
def prune_deliveries() -> int:
    return services.prune_deliveries()


@shared_task
def tell_import(run_id: str) -> None:
    runs.tell_import(run_id)


@shared_task
def tell_export(run_id: str) -> None:
    runs.tell_export(run_id)


@shared_task
def tell_failed_job(job_id: str) -> None:
    runs.tell_failed_job(job_id)
