"""Files of products: pictures for everybody once they are passed, certificates for few."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.models import Certificate, ProductPicture
from matchmaking.catalogue.places import CERTIFICATE, PICTURE
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

PICTURE_BYTES, PICTURE_SIDE = 5 * 1024 * 1024, 1600
MOST_SHARED = 20  # pictures of one file that are asked


def may_read_picture(actor: Actor, file: StoredFile) -> Verdict:
    """Who may see a picture it is the file of; an upload nothing uses is its uploader's."""
    pictures = ProductPicture.objects.filter(Q(file=file) | Q(small=file))
    verdict = _may_read_loose(actor, file)
    for picture in pictures.select_related("product__merchant")[:MOST_SHARED]:
        verdict = rules.can_see_product_picture(actor, picture)
        if verdict:
            break
    return verdict


def may_read_certificate(actor: Actor, file: StoredFile) -> Verdict:
    found = Certificate.objects.filter(file=file).select_related("product__merchant__city")
    certificate = found.first()
    if certificate is not None:
        return rules.can_read_certificate(actor, certificate)
    return _may_read_loose(actor, file)


def _may_read_loose(actor: Actor, file: StoredFile) -> Verdict:
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(
    PICTURE,
    kinds=("image",),
    max_bytes=PICTURE_BYTES,
    max_side=PICTURE_SIDE,
    may_read=may_read_picture,
)
register_purpose(CERTIFICATE, kinds=("image", "pdf"), may_read=may_read_certificate)
