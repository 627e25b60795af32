"""Where on the site an indicator is lifted."""

import pytest
from django.urls import resolve

from portal.evaluation.documents import CODES, complete_method
from portal.evaluation.guides import load_guides
from portal.evaluation.models import Remedy
from tests.factories import SYSTEM


@pytest.mark.django_db
def test_guides_lead_to_pages_for_indicators_there_are(provider):
    known = {code for method in CODES for code in complete_method(method).gathering["indicators"]}
    Remedy.objects.filter(origin__startswith="site:").delete()
    assert load_guides(SYSTEM) == Remedy.objects.count() > 10
    assert load_guides(SYSTEM) == 0
    for remedy in Remedy.objects.all():
        assert remedy.indicator in known
        assert resolve(remedy.url)
