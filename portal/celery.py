"""The Celery application: every task takes an id, calls a service and is safe to run twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("trilink")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
