"""Pictures and certificates. Others see a picture once an operator has passed it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import CertificateFields
from matchmaking.catalogue.models import Certificate, CertificateReminder, Product, ProductPicture
from matchmaking.catalogue.places import CERTIFICATE, PICTURE
from matchmaking.catalogue.services.changes import lock_product
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import (
    attach_file,
    delete_file,
    keep_made_file,
    open_bytes,
    store_file,
    take_file,
)
from portal.core.files.pictures import fit
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict
from portal.moderation.models import Case
from portal.moderation.services import drop_pictures, watch_picture
from portal.moderation.states import CaseState
from portal.parties.profile_states import PICTURE_TRANSITIONS, PictureStatus
from portal.parties.services import tell_party

Source = UploadedFile | uuid.UUID
SMALL = (320, 320)  # pixels
REMIND_AT = (30, 7, 0)  # days before the end
OUTCOMES = {
    CaseState.PASSED: PictureStatus.SHOWN,
    CaseState.REVERSED: PictureStatus.SHOWN,
    CaseState.REFUSED: PictureStatus.REFUSED,
    CaseState.UPHELD: PictureStatus.REFUSED,
}


@transaction.atomic
def add_picture(actor: Actor, *, product: Product, upload: Source) -> ProductPicture:
    """`upload`: a file, or the id of one's own upload."""
    product = lock_product(product)
    rules.can_add_picture(actor, product).require()
    file = _keep(actor, product, upload, PICTURE)
    picture = ProductPicture.objects.create(
        product=product,
        file=file,
        small=_small(actor, product, file),
        set_at=clock.now(),
        set_by_id=actor.user_id,
    )
    watch_picture(
        actor,
        obj=picture,
        field="picture",
        file_id=file.pk,
        party_id=product.merchant_id,
        url=product.get_absolute_url(),
    )
    audit.record(actor, "add_product_picture", product, after={"picture": str(picture.pk)})
    return picture


@transaction.atomic
def remove_picture(actor: Actor, *, picture: ProductPicture) -> ProductPicture:
    """Take it off; its bytes go."""
    picture = _lock(picture)
    rules.can_remove_product_picture(actor, picture).require()
    picture.ended_at = clock.now()
    _change_status(picture, PictureStatus.REMOVED)
    drop_pictures(actor, obj=picture)
    for file in (picture.file, picture.small):
        if file.party_id == picture.product.merchant_id:  # a file that several share stays
            delete_file(actor, file=file, why="removed")
    _project(picture.product)
    audit.record(
        actor, "remove_product_picture", picture.product, before={"picture": str(picture.pk)}
    )
    return picture


def refresh_product_picture(picture_id: str) -> None:
    """Show or refuse it as the case about it says; called where the case changed."""
    picture = _lock(ProductPicture.objects.select_related("product").get(pk=picture_id))
    case = Case.objects.about(picture).order_by("-pk").first()
    status = OUTCOMES.get(CaseState(case.state)) if case else None
    if status is None or status == picture.status or picture.ended_at is not None:
        return
    _change_status(picture, status)
    _project(picture.product)


@transaction.atomic
def add_certificate(
    actor: Actor,
    *,
    product: Product,
    fields: CertificateFields,
    upload: Source | None = None,
) -> Certificate:
    product = lock_product(product)
    rules.can_add_certificate(actor, product).require()
    rules.certificate_is_sound(fields).require()
    certificate = Certificate.objects.create(
        product=product,
        kind=fields.kind,
        number=fields.number.strip(),
        issuer=fields.issuer.strip(),
        expires_on=fields.expires_on,
        file=_keep(actor, product, upload, CERTIFICATE) if upload else None,
        created_at=clock.now(),
    )
    after = {"certificate": str(certificate.pk), "kind": fields.kind, "until": fields.expires_on}
    audit.record(actor, "add_certificate", product, after=after)
    return certificate


@transaction.atomic
def remove_certificate(actor: Actor, *, certificate: Certificate) -> Certificate:
    product = lock_product(certificate.product)
    certificate = Certificate.objects.select_related("file").get(pk=certificate.pk)
    certificate.product = product
    rules.can_remove_certificate(actor, certificate).require()
    certificate.removed_at = clock.now()
    certificate.save(update_fields=["removed_at"])
    if certificate.file is not None:
        delete_file(actor, file=certificate.file, why="removed")
    before = {"certificate": str(certificate.pk), "kind": certificate.kind}
    audit.record(actor, "remove_certificate", product, before=before)
    return certificate


@transaction.atomic
def remind_of_certificates() -> int:
    """Tell merchants whose certificates end in 30 or 7 days, or ended; each once. How many."""
    today, told = clock.today(), 0
    ending = Certificate.objects.standing().filter(
        expires_on__isnull=False, product__status__in=["listed", "paused"]
    )
    for days in REMIND_AT:
        soon = ending.filter(expires_on__lte=today + timedelta(days=days))
        missing = soon.exclude(reminders__days__lte=days).select_related("product__merchant")
        for certificate in missing[:1000]:
            told += _remind(certificate, days)
    return told


def _remind(certificate: Certificate, days: int) -> int:
    _row, is_new = CertificateReminder.objects.get_or_create(
        certificate=certificate, days=days, defaults={"at": clock.now()}
    )
    if not is_new:
        return 0
    product, left = certificate.product, certificate.days_left or 0
    tell_party(
        product.merchant,
        event="certificate.ending",
        key=f"certificate:{certificate.pk}:{days}",
        sentence=gettext_noop("“%(kind)s” of %(product)s is valid until %(day)s.")
        if left >= 0
        else gettext_noop("“%(kind)s” of %(product)s ended on %(day)s. Hand in a new one."),
        params={
            "kind": str(certificate.get_kind_display()),
            "product": product.name,
            "day": certificate.expires_on.isoformat() if certificate.expires_on else "",
        },
        url=product.get_absolute_url(),
    )
    return 1


def _lock(picture: ProductPicture) -> ProductPicture:
    product = lock_product(picture.product)
    locked = ProductPicture.objects.select_related("file", "small").get(pk=picture.pk)
    locked.product = product
    return locked


def _keep(actor: Actor, product: Product, upload: Source, purpose: str) -> StoredFile:
    if isinstance(upload, uuid.UUID):
        file = take_file(actor, file_id=upload, purpose=purpose)
        file.party_id = product.merchant_id
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=upload, purpose=purpose, party_id=product.merchant_id)
    return attach_file(actor, file=file)


def _small(actor: Actor, product: Product, file: StoredFile) -> StoredFile:
    with open_bytes(file) as source:
        data, content_type = fit(source, SMALL)
    return keep_made_file(
        actor,
        content=BytesIO(data),
        content_type=content_type,
        name=file.name,
        purpose=PICTURE,
        party_id=product.merchant_id,
    )


def _change_status(picture: ProductPicture, status: PictureStatus) -> None:
    if status not in PICTURE_TRANSITIONS[picture.status]:
        raise Refused(conflict(_("This is not possible in the picture's present state.")))
    picture.status = status
    picture.save(update_fields=["status", "ended_at"])


def _project(product: Product) -> None:
    """The first that is shown stands on the product's row, so that a list needs no query."""
    first = product.pictures.shown().values_list("pk", flat=True).first()
    Product.objects.filter(pk=product.pk).update(picture=first)
    product.picture = first
