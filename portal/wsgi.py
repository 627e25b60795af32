import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

if settings.IS_PRODUCTION:
    from portal.parties.guard import refuse_demo_people

    refuse_demo_people()
