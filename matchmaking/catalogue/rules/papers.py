"""Pictures and certificates of products: who hands them in, who sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.fields import CertificateFields
from matchmaking.catalogue.models import Certificate, Product, ProductPicture
from matchmaking.catalogue.rules.products import can_edit_product
from matchmaking.catalogue.states import CertificateKind
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.parties.profile_states import STANDING_PICTURES, PictureStatus
from portal.parties.rules import covers_region

MOST_PICTURES, MOST_CERTIFICATES = 6, 12
FURTHEST = timedelta(days=50 * 366)


def can_add_picture(actor: Actor, product: Product) -> Verdict:
    if not (verdict := can_edit_product(actor, product)):
        return verdict
    if product.pictures.standing().count() >= MOST_PICTURES:
        return conflict(_("At most %(n)s pictures; take one off first.") % {"n": MOST_PICTURES})
    return ALLOWED


def can_remove_product_picture(actor: Actor, picture: ProductPicture) -> Verdict:
    if not (verdict := can_edit_product(actor, picture.product)):
        return verdict
    if picture.status not in STANDING_PICTURES:
        return conflict(_("This picture was taken off already."))
    return ALLOWED


def can_see_product_picture(actor: Actor, picture: ProductPicture) -> Verdict:
    """Everybody once it is passed and its product is shown; otherwise its merchant, and who decides
    about pictures."""
    if is_public_picture(picture) or actor.role == SYSTEM:
        return ALLOWED
    if actor.speaks_for(picture.product.merchant_id) or actor.has_perm("moderation.decide_case"):
        return ALLOWED
    return forbidden(_("This picture is not shown."))


def is_public_picture(picture: ProductPicture) -> bool:
    return picture.status == PictureStatus.SHOWN and picture.product.is_shown


def can_add_certificate(actor: Actor, product: Product) -> Verdict:
    if not (verdict := can_edit_product(actor, product)):
        return verdict
    if Certificate.objects.standing().filter(product=product).count() >= MOST_CERTIFICATES:
        return conflict(_("At most %(n)s certificates stand here.") % {"n": MOST_CERTIFICATES})
    return ALLOWED


def can_remove_certificate(actor: Actor, certificate: Certificate) -> Verdict:
    if not (verdict := can_edit_product(actor, certificate.product)):
        return verdict
    if certificate.removed_at is not None:
        return conflict(_("This certificate was taken off already."))
    return ALLOWED


def can_read_certificate(actor: Actor, certificate: Certificate) -> Verdict:
    """The file: its merchant, and operators of its region."""
    if actor.role == SYSTEM or actor.speaks_for(certificate.product.merchant_id):
        return ALLOWED
    is_operator = actor.has_perm("catalogue.view_certificate")
    if is_operator and covers_region(actor, certificate.product.merchant):
        return ALLOWED
    return forbidden(_("This file is not for you."))


def certificate_is_sound(fields: CertificateFields) -> Verdict:
    return flawless(flaws_of_certificate(fields))


def flaws_of_certificate(fields: CertificateFields) -> Iterator[Flaw]:
    if fields.kind not in CertificateKind.values:
        yield Flaw("kind", _("Choose one from the list."))
    yield from flaws_of_lines(fields, "number", "issuer")
    for name in ("number", "issuer"):
        if len(getattr(fields, name)) > 60:
            yield Flaw(name, _("At most %(limit_value)s characters.") % {"limit_value": 60})
    today = clock.today()
    if fields.expires_on is not None and fields.expires_on < today:
        yield Flaw("expires_on", _("This certificate has ended already."))
    if fields.expires_on is not None and fields.expires_on > today + FURTHEST:
        yield Flaw("expires_on", _("This day is too far away."))
