import pytest

from portal.core.models import OutboxMessage
from portal.notices.models import Notice


@pytest.fixture
def nothing_told_yet(merchant, provider, rival, colleague):
    """What making the cast has told them."""
    Notice.objects.all().delete()
    OutboxMessage.objects.all().delete()


@pytest.fixture
def local(settings):
    settings.ALLOW_LOCAL_ADDRESSES = True
