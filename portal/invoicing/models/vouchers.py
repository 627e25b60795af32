"""How a month of the books is handed to an accounting program: its columns, and which of its
accounts each kind of ours is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.states import Kind


class VoucherTemplate(models.Model):
    """`columns`: pairs of a heading and what stands below it (see `fields.VOUCHER_FIELDS`), in the
    order of the program's own import."""

    code = models.SlugField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    word = models.CharField(_("kind of voucher"), max_length=4)
    columns = models.JSONField(_("columns"))

    class Meta:
        verbose_name = _("voucher template")
        verbose_name_plural = _("voucher templates")
        permissions: ClassVar = [("export_vouchers", "Can take vouchers out")]
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class VoucherAccount(models.Model):
    """Which account of the program holds a kind of ours. `is_by_party`: each line names the
    party."""

    template = models.ForeignKey(
        VoucherTemplate, models.PROTECT, related_name="accounts", verbose_name=_("template")
    )
    kind = models.CharField(_("ledger account"), max_length=12)  # of `Kind`
    code = models.CharField(_("account code"), max_length=20)
    name = models.CharField(_("account name"), max_length=60)
    is_by_party = models.BooleanField(_("names the party"), default=True)

    class Meta:
        verbose_name = _("account of a voucher template")
        verbose_name_plural = _("accounts of voucher templates")
        ordering: ClassVar = ["template", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "kind"], name="voucher_account_once"),
            models.CheckConstraint(
                name="voucher_account_has_code", condition=Q(code__regex=r"^[0-9.]+$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label) if self.kind in Kind.values else self.kind
