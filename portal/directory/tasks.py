from celery import shared_task

from portal.directory import newcomers, services


@shared_task
def tell_newcomers() -> int:
    return services.tell_newcomers()


@shared_task
def forget_directory_past() -> int:
    return newcomers.forget_changes() + services.forget_removed_entries()
