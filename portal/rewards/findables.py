"""Tasks, and the claims of whoever may see them, as the search shows them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.rewards.models import Coupon, Task
from portal.rewards.words import amount_in_words, reward_of
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.said import Said


def _task(_actor: Actor, task: Task) -> Hit:
    return Hit(task.title, task.get_absolute_url(), reward_of(task))


def _by_words(actor: Actor, said: Said) -> Iterator[Keys]:
    """By its code, as it stands in a notice or a file."""
    yield Task.objects.visible_to(actor).filter(code__istartswith=said.text).values("pk")


register_finder(
    Rows(
        kind="task",
        title=_("Tasks"),
        icon="checklist",
        rank=46,
        model=Task,
        visible=lambda actor: Task.objects.visible_to(actor),
        hit=_task,
        names=lambda task: [task.title_zh, task.title_en],
        also=_by_words,
    )
)


def _coupon(_actor: Actor, coupon: Coupon) -> Hit:
    note = amount_in_words("coupon", coupon.rest)
    url = reverse("coupon_detail", args=[coupon.pk])
    return Hit(coupon.number, url, note, coupon.kind.name)


def _by_number(actor: Actor, said: Said) -> Iterator[Keys]:
    yield Coupon.objects.visible_to(actor).filter(number__istartswith=said.text).values("pk")


register_finder(
    Rows(
        kind="coupon",
        title=_("Traffic coupons"),
        icon="ticket",
        rank=72,
        model=Coupon,
        visible=lambda actor: Coupon.objects.visible_to(actor),
        hit=_coupon,
        also=_by_number,
        order="granted_at",
        related=("kind",),
    )
)
