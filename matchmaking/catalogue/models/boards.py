"""The weekly board of good products, one for each category, and what its places win."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models.products import Product
from portal.parties.models import Category


class Board(models.Model):
    """Of the week that begins on `week`, a Monday. What it says never changes."""

    id = models.BigAutoField(primary_key=True)
    week = models.DateField(_("week from"))
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"))
    made_at = models.DateTimeField(_("made at"))
    least_score = models.PositiveSmallIntegerField(_("least reputation"))
    least_orders = models.PositiveSmallIntegerField(_("least orders"))

    class Meta:
        verbose_name = _("weekly board")
        verbose_name_plural = _("weekly boards")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "category"], name="board_once_a_week"),
            models.CheckConstraint(
                name="board_begins_on_monday", condition=Q(week__iso_week_day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.week}"

    def get_absolute_url(self) -> str:
        return f"{reverse('board_detail')}?category={self.category.code}&week={self.week}"

    @property
    def last_day(self) -> date:
        return self.week + timedelta(days=6)


class Prize(models.Model):
    """What places win from a week on; the newest row for a place counts."""

    id = models.BigAutoField(primary_key=True)
    rank_from = models.PositiveSmallIntegerField(_("from place"))
    rank_to = models.PositiveSmallIntegerField(_("to place"))
    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until, not including"), null=True, blank=True)

    class Meta:
        verbose_name = _("prize of the weekly board")
        verbose_name_plural = _("prizes of the weekly board")
        ordering = ("rank_from", "-starts_on")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="prize_places", condition=Q(rank_from__gte=1, rank_to__gte=F("rank_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


class BoardPlace(models.Model):
    """One product on a board: what it was ranked by, and its prize."""

    id = models.BigAutoField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="places")
    rank = models.PositiveSmallIntegerField(_("place"))
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="places", verbose_name=_("product")
    )
    sales_fen = models.BigIntegerField(_("settled sales"))
    orders = models.PositiveIntegerField(_("settled orders"))
    score = models.PositiveSmallIntegerField(_("reputation"))
    points = models.FloatField(_("points"))
    prize = models.ForeignKey(Prize, models.PROTECT, null=True, verbose_name=_("prize"))

    class Meta:
        verbose_name = _("place on a weekly board")
        verbose_name_plural = _("places on weekly boards")
        ordering = ("rank",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["board", "rank"], name="board_place_once"),
            models.UniqueConstraint(fields=["board", "product"], name="board_product_once"),
        ]

    def __str__(self) -> str:
        return f"{self.board} #{self.rank} {self.product}"

    @property
    def stars(self) -> float:
        return self.score / 100


class PrizeGiven(models.Model):
    """That an operator handed a prize over, and how; once."""

    place = models.OneToOneField(BoardPlace, models.PROTECT, primary_key=True, related_name="given")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("how"), max_length=200)

    class Meta:
        verbose_name = _("prize handed over")
        verbose_name_plural = _("prizes handed over")
        permissions: ClassVar = [("give_prize", "Can hand prizes over")]

    def __str__(self) -> str:
        return f"{self.place}"
