"""Hours of advisers that a provider's size and score bring on top of everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.growth.selectors import register_use
from portal.growth.selectors.benefits import Use
from portal.growth.states import ProviderBenefit
from portal.parties.models import Party
from training.advice.models import Booking
from training.advice.rules import month_of, monthly_most


def hours_used(party: Party, _more: int) -> Iterator[Use]:
    """Of this month and the next: hours are booked up to 60 days ahead."""
    today = clock.today()
    coming = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    for day in (today, coming):
        first, after = month_of(day)
        own = Booking.objects.counted().filter(party=party)
        used = own.filter(slot__starts_at__gte=first, slot__starts_at__lt=after).count()
        title = _("Hours in %(month)s") % {"month": f"{day:%Y-%m}"}
        yield Use(title, reverse("adviser_list"), used, monthly_most(party, day))


register_use(ProviderBenefit.ADVICE_HOURS, hours_used)
