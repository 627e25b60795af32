"""Certificates stand on the list of a provider's team, too: the evaluation counts them there."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from portal.core.actor import system_actor
from portal.parties.fields import CertificateFields
from portal.parties.services import give_staff_certificates, take_staff_certificates
from training.certificates.models import Certificate

PLATFORM = system_actor("task")


def put_on_team_lists(certificates: Sequence[Certificate]) -> None:
    """Those of people who are somebody of a team."""
    with translation.override("zh-hans"):  # as their titles are kept
        issuer = gettext("Trilink")
    given = [
        (
            one.learner.member,
            CertificateFields(one.course.title_zh, issuer, one.number, one.expires_on),
        )
        for one in certificates
        if one.learner.member is not None
    ]
    if given:
        give_staff_certificates(PLATFORM, given=given)


def take_off_team_lists(certificates: Sequence[Certificate]) -> None:
    numbers = [one.number for one in certificates if one.learner.member_id is not None]
    if numbers:
        take_staff_certificates(PLATFORM, numbers=numbers)
