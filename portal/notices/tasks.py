from celery import shared_task

from portal.notices import mail


@shared_task
def send_mail(notice_id: int) -> None:
    mail.send_notice(notice_id)
