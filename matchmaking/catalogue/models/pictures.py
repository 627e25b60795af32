"""Pictures of products. Others see one once an operator has passed it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models.products import Product
from portal.core.models import StoredFile
from portal.parties.profile_states import STANDING_PICTURES, PictureStatus


class ProductPictureQuerySet(models.QuerySet["ProductPicture"]):
    def shown(self) -> ProductPictureQuerySet:
        return self.filter(status=PictureStatus.SHOWN)

    def standing(self) -> ProductPictureQuerySet:
        return self.filter(status__in=STANDING_PICTURES)


class ProductPicture(models.Model):
    """One picture: as it was uploaded (redrawn), and small. The first that is shown is the
    product's face."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="pictures", verbose_name=_("product")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    small = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("small picture")
    )
    status = models.CharField(
        _("status"), max_length=8, choices=PictureStatus.choices, default=PictureStatus.WAITING
    )
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ProductPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a product")
        verbose_name_plural = _("pictures of products")
        ordering = ("set_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="product_picture_ended_has_time",
                condition=Q(status__in=["waiting", "shown", "refused"], ended_at=None)
                | Q(status__in=["replaced", "removed"], ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("product_picture", args=[self.pk, "full"])
