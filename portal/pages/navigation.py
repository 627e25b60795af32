"""The doors each person sees. A door is listed here when its page works, not before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage.rules import can_broker
from matchmaking.needs.rules import can_see_exposure
from portal.core.actor import Actor
from portal.evaluation.rules import can_see_own_rating
from portal.goals.rules import can_see_goals
from portal.growth.rules import can_see_all_lines, can_see_own_lines
from portal.invoicing.rules import (
    can_export_identities,
    can_list_invoices,
    can_see_vouchers,
)
from portal.ledger.rules import can_see_books, can_see_money
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.payouts.rules import can_see_batches
from portal.reconciliation.rules import can_see_days
from portal.rewards.rules import can_see_claims
from portal.settlement.rules import can_see_settlements
from portal.tiers.rules import can_see_own_stars
from training.certificates.rules import can_run_certificates
from training.courses.rules import can_run_training

MOST_TABS = 4  # the fifth opens all the others


@dataclass(frozen=True, slots=True)
class Item:
    """One door: what it is called, where it leads, and whether one stands in its room."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: object = None


@dataclass(frozen=True, slots=True)
class Group:
    """Doors under one caption; the first group has none."""

    caption: str | Promise
    items: list[Item]


class Doors:
    """The doors for one person at one address. What is unread may be lazy: it is asked when
    shown."""

    def __init__(
        self, path: str, actor: Actor, unread: object, unread_messages: object = None
    ) -> None:
        self.path = path
        self.actor = actor
        self.unread = unread
        self.unread_messages = unread_messages

    def groups(self) -> list[Group]:
        """The side bar, by what the person's party is."""
        groups = [
            Group("", [self._workbench(), *self._staff()]),
            Group(_("Find partners"), list(self._finding())),
            Group(_("Growth"), list(self._growth())),
            Group(_("Mine"), [*self._party(), self._inbox()]),
        ]
        return _one_current([group for group in groups if group.items])

    def tabs(self) -> list[Item]:
        """The bar at the bottom of a phone, beside the one that opens every door."""
        if self.actor.party is not None:
            return [self._workbench(), self._directory(), self._needs(), self._talks()]
        near = [self._workbench(), *self._staff(), self._directory(), self._inbox()]
        return [*near, *self._party()][:MOST_TABS]

    def _workbench(self) -> Item:
        return self._item(_("Workbench"), reverse("workbench"), icon="layout-dashboard")

    @property
    def is_staff(self) -> bool:
        return self.actor.user is not None and self.actor.user.is_staff

    def _staff(self) -> Iterator[Item]:
        if self.is_staff:
            if self.actor.has_perm("help.answer_ticket"):
                yield self._item(_("Questions"), reverse("desk_list"), icon="headset")
            yield self._item(_("Jobs"), reverse("job_list"), icon="progress")
            if self.actor.has_perm("evaluation.view_snapshot"):
                yield self._item(_("Snapshots"), reverse("snapshot_list"), icon="scale")
            if can_see_exposure(self.actor):
                url = reverse("exposure_detail")
                yield self._item(_("Exposure"), url, icon="scale")
            if can_broker(self.actor):
                url = reverse("broker_list")
                yield self._item(_("Introductions"), url, icon="heart-handshake")
                yield self._item(_("Needs at rest"), reverse("still_list"), icon="clock")
            if can_run_training(self.actor):
                yield self._item(_("Training"), reverse("training_desk"), icon="school")
            if can_see_claims(self.actor):
                yield self._item(_("Tasks and rewards"), reverse("task_desk"), icon="trophy")
            if can_see_goals(self.actor):
                url = reverse("goal_list")
                yield self._item(_("Targets of the year"), url, icon="chart-bar")
            if can_see_all_lines(self.actor):
                url = reverse("growth_register")
                yield self._item(_("Levels of creators"), url, icon="chart-line")
            if can_see_books(self.actor):
                yield self._item(_("The books"), reverse("books_detail"), icon="book")
            if can_see_settlements(self.actor):
                yield self._item(_("Settlement"), reverse("settlement_list"), icon="receipt")
            if can_see_days(self.actor):
                url = reverse("reconciliation_month")
                yield self._item(_("Reconciliation"), url, icon="checklist")
            if can_see_batches(self.actor):
                yield self._item(_("Payouts"), reverse("batch_list"), icon="coin")
            if can_see_vouchers(self.actor):
                url = reverse("invoice_register")
                yield self._item(_("Invoices to the platform"), url, icon="receipt")
                yield self._item(_("Vouchers"), reverse("voucher_list"), icon="file-export")
                yield self._item(_("Ageing"), reverse("ageing_register"), icon="clock")
            if can_export_identities(self.actor):
                url = reverse("identity_report")
                yield self._item(_("Identities and incomes"), url, icon="id")
            if self.actor.has_perm("policies.view_feeproposal"):
                yield self._item(
                    _("Proposed rates"), reverse("fee_proposal_list"), icon="percentage"
                )
            if self.actor.has_perm("recruiting.view_post"):
                url = reverse("post_register")
                yield self._item(_("All recruiting posts"), url, icon="target-arrow")
            if self.actor.has_perm("cooperation.view_cooperation"):
                url = reverse("cooperation_register")
                yield self._item(_("All cooperations"), url, icon="heart-handshake")
            if self.actor.has_perm("cooperation.view_dispute"):
                yield self._item(_("Disputes"), reverse("dispute_register"), icon="scale")
            if self.actor.has_perm("revenue.view_orderline"):
                yield self._item(_("All orders"), reverse("order_register"), icon="receipt")
            if self.actor.has_perm("tiers.view_starreview"):
                yield self._item(_("Stars of agencies"), reverse("star_register"), icon="star")
            if self.actor.has_perm("tiers.view_framework"):
                url = reverse("framework_list")
                yield self._item(_("Annual frameworks"), url, icon="file-text")
            if self.actor.has_perm("tiers.view_certificationapplication"):
                url = reverse("certification_desk")
                yield self._item(_("Top-100 applicants"), url, icon="rosette-discount-check")
            if can_run_certificates(self.actor):
                url = reverse("certificate_desk")
                yield self._item(_("Certificates of courses"), url, icon="rosette-discount-check")
            yield self._item(_("Administration"), reverse("admin:index"), icon="settings")
            yield self._item(_("Imports"), reverse("import_list"), icon="file-import")

    def _finding(self) -> Iterator[Item]:
        yield self._directory()
        yield self._item(_("Fairs"), reverse("fair_list"), icon="calendar-event")
        yield self._item(_("Product pool"), reverse("product_pool"), icon="shopping-bag")
        yield self._item(_("Weekly board"), reverse("board_detail"), icon="trophy")
        if self.actor.party is None:
            return
        if self.actor.party.kind == PartyKind.MERCHANT:
            yield self._item(_("Our products"), reverse("product_list"), icon="packages")
        if self.actor.party.kind == PartyKind.CREATOR:
            yield self._item(_("Sharing goods"), reverse("gate_detail"), icon="shield-check")
        yield self._needs()
        if self.actor.party.kind != PartyKind.PROVIDER:
            yield self._item(_("Recruiting posts"), reverse("post_list"), icon="target-arrow")
        yield self._item(_("Packages"), reverse("service_offer_list"), icon="package")
        yield self._talks()
        if self.actor.party.kind == PartyKind.PROVIDER:
            yield self._item(_("Recruitment"), reverse("round_list"), icon="users-group")
        yield self._item(_("Cooperations"), reverse("cooperation_list"), icon="heart-handshake")
        if self.actor.party.kind != PartyKind.PROVIDER:
            url = reverse("content_order_list")
            yield self._item(_("Content orders"), url, icon="video")
        yield self._item(_("Samples"), reverse("sample_list"), icon="package")
        yield self._item(_("Agreements"), reverse("agreement_list"), icon="file-text")
        yield self._item(_("Bills"), reverse("bill_list"), icon="coin")
        if can_list_invoices(self.actor):
            yield self._item(_("Invoices"), reverse("invoice_list"), icon="receipt")
        yield self._item(_("Sales orders"), reverse("order_list"), icon="receipt")
        if self.actor.party.kind != PartyKind.PROVIDER:
            yield self._item(_("Introductions"), reverse("introduction_list"), icon="route")

    def _directory(self) -> Item:
        return self._item(_("Directory"), reverse("provider_list"), icon="address-book")

    def _needs(self) -> Item:
        return self._item(_("Service needs"), reverse("need_list"), icon="clipboard-list")

    def _talks(self) -> Item:
        url, unread = reverse("message_list"), self.unread_messages
        return self._item(_("Conversations"), url, icon="messages", count=unread)

    def _growth(self) -> Iterator[Item]:
        if can_see_own_rating(self.actor):
            yield self._item(_("Evaluation"), reverse("evaluation_detail"), icon="chart-radar")
        if can_see_own_lines(self.actor):
            yield self._item(_("Our growth"), reverse("growth_home"), icon="chart-line")
        if self.actor.party is not None and self.actor.party.kind == PartyKind.PROVIDER:
            yield self._item(_("Our benefits"), reverse("growth_benefits"), icon="star")
        if can_see_own_stars(self.actor):
            yield self._item(_("Our stars"), reverse("star_home"), icon="star")
            url = reverse("certification_home")
            yield self._item(_("Our mark"), url, icon="rosette-discount-check")
        yield self._item(_("Tasks"), reverse("task_list"), icon="checklist")
        yield self._item(_("Courses"), reverse("course_list"), icon="school")
        if self.actor.is_signed_in:
            yield self._item(_("My learning"), reverse("learning_home"), icon="progress")
            url = reverse("certificate_own")
            yield self._item(_("My certificates"), url, icon="rosette-discount-check")
        yield self._item(_("Growth handbook"), reverse("chapter_list"), icon="book")
        yield self._item(_("Advisory group"), reverse("adviser_list"), icon="users")

    def _party(self) -> Iterator[Item]:
        if self.actor.party is not None:
            url = reverse("party_detail", args=[self.actor.party.pk])
            yield self._item(_("Party profile"), url, icon="id")
            if self.actor.party.kind in {"merchant", "creator"}:
                yield self._item(_("Daily figures"), reverse("activity_list"), icon="chart-line")
            if self.actor.party.kind == PartyKind.CREATOR:
                yield self._item(_("Our figures"), reverse("figures_detail"), icon="chart-bar")
            yield self._item(_("Imports"), reverse("import_list"), icon="file-import")
            yield self._item(_("Exports"), reverse("export_list"), icon="file-export")
            yield self._item(_("Conduct"), reverse("conduct_list"), icon="scale")
            if can_see_money(self.actor):
                yield self._item(_("Funds"), reverse("money_home"), icon="coin")
            yield from self._roster(self.actor.party)
        elif not self.is_staff:
            yield self._item(_("Register a party"), reverse("party_create"), icon="building-plus")

    def _roster(self, party: Party) -> Iterator[Item]:
        labels = {PartyKind.AGENCY: _("Roster"), PartyKind.CREATOR: _("Our agency")}
        if party.kind in labels:
            url = reverse("roster_list", args=[party.pk])
            yield self._item(labels[PartyKind(party.kind)], url, icon="users")

    def _inbox(self) -> Item:
        url = reverse("notice_list")
        return self._item(_("Inbox"), url, icon="bell", count=self.unread)

    def _item(self, label: str | Promise, url: str, icon: str, count: object = None) -> Item:
        return Item(label, url, icon, current=self.path.startswith(url), count=count)


def _one_current(groups: list[Group]) -> list[Group]:
    """Where an address lies in a room within a room, one stands in the inner one alone."""
    inner = max(
        (item.url for group in groups for item in group.items if item.current),
        key=len,
        default="",
    )
    return [
        replace(
            group,
            items=[replace(one, current=one.current and one.url == inner) for one in group.items],
        )
        for group in groups
    ]
