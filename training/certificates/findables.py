"""Certificates that one may see, by their number, or by the course they are of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.said import Said
from training.certificates.models import Certificate
from training.certificates.states import normal_number


def _hit(actor: Actor, certificate: Certificate) -> Hit:
    note = f"{certificate.masked} · {certificate.state_label}"
    url = certificate.get_absolute_url()
    return Hit(certificate.course.title, url, note, certificate.written_number)


def _also(actor: Actor, said: Said) -> Iterable[Keys]:
    number = normal_number(said.text)
    if number:
        yield Certificate.objects.filter(number=number).values("pk")
    titled = Q(course__title_zh__icontains=said.text) | Q(course__title_en__icontains=said.text)
    yield Certificate.objects.of_person(actor.user_id).filter(titled).values("pk")


register_finder(
    Rows(
        kind="certificate",
        title=_("Certificates of courses"),
        icon="rosette-discount-check",
        rank=70,
        model=Certificate,
        visible=Certificate.objects.visible_to,
        hit=_hit,
        also=_also,
        related=("course",),
        is_for=lambda actor: actor.is_signed_in,
    )
)
