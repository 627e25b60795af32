"""What is checked by itself before an application for the mark is handed in; each answer says
why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Case
from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, unmet
from portal.evaluation.models import Rating, Snapshot
from portal.parties.models import Party
from portal.tiers.certification_states import ASKED, PaperKind
from portal.tiers.models import (
    CertificationApplication,
    CertificationPaper,
    CertificationRound,
    StarStanding,
)
from portal.tiers.states import Stars


@dataclass(frozen=True, slots=True)
class Check:
    """`fix`: what to do where it is not met."""

    code: str
    label: str | Promise
    is_met: bool
    fix: str | Promise = ""


def checks_of_agency(round_: CertificationRound, party: Party) -> Iterator[Check]:
    """What an agency has to be; its documents are looked at beside this. Each is made when it is
    asked for: who only wants to know whether all are met stops at the first that is not."""
    yield Check(
        "verified",
        _("Verified"),
        party.is_trusted,
        _("Have your party verified; this is where it begins."),
    )
    yield Check("listed", _("Listed"), party.is_public, _("Have your profile listed."))
    yield _stars(round_, party)
    yield _age(round_, party)
    yield _conduct(party)
    yield _rated(party)


def checks_of_papers(
    round_: CertificationRound, papers: Iterable[CertificationPaper]
) -> list[Check]:
    """The kinds that must be there, each valid until the results are out."""
    kept = list(papers)
    return [_paper(round_, kind, [one for one in kept if one.kind == kind]) for kind in ASKED]


def checks_of(application: CertificationApplication) -> list[Check]:
    round_ = application.round
    papers = application.papers.all()
    return [*checks_of_agency(round_, application.party), *checks_of_papers(round_, papers)]


def passes(checks: Iterable[Check]) -> Verdict:
    """The first thing that is missing, with what to do."""
    lacking = next((one for one in checks if not one.is_met), None)
    return ALLOWED if lacking is None else unmet(lacking.fix)


def _stars(round_: CertificationRound, party: Party) -> Check:
    held = StarStanding.objects.filter(party=party).values_list("stars", flat=True).first() or 0
    said = {"asked": Stars(round_.least_stars).label, "held": Stars(held).label}
    return Check(
        "stars",
        _("Star tier: %(asked)s or more") % said
        if round_.least_stars
        else _("Star tier: none asked"),
        held >= round_.least_stars,
        _("This round asks for %(asked)s; you hold: %(held)s.") % said,
    )


def _age(round_: CertificationRound, party: Party) -> Check:
    since = party.verified_at
    days = (clock.today() - clock.day_of(since)).days if since else 0
    said = {"asked": round_.least_days, "days": days}
    return Check(
        "age",
        _("Verified for %(asked)s days") % said,
        days >= round_.least_days,
        _("This round asks for %(asked)s days since you were verified; it is %(days)s.") % said,
    )


def _conduct(party: Party) -> Check:
    in_force = Case.objects.in_force(clock.now()).filter(party=party)
    return Check(
        "conduct",
        _("No severe violation in force"),
        not in_force.filter(rule__severity="severe").exists(),
        _("A severe violation is in force; apply once it has lapsed."),
    )


def _rated(party: Party) -> Check:
    newest = Snapshot.objects.official("agency").values("pk")[:1]
    rated = Rating.objects.filter(snapshot__in=newest, party=party, is_home=True)
    return Check(
        "rated",
        _("Rated by the agency method"),
        rated.filter(score__isnull=False).exists(),
        _("There is too little of you to rate yet; your evaluation says what is lacking."),
    )


def _paper(round_: CertificationRound, kind: PaperKind, papers: list[CertificationPaper]) -> Check:
    valid = [
        one for one in papers if one.expires_on is None or one.expires_on >= round_.publishes_on
    ]
    said = {"kind": kind.label, "day": round_.publishes_on}
    if papers and not valid:
        fix = _("“%(kind)s” ends before the results are out (%(day)s); add a newer one.")
    else:
        fix = _("Add the document “%(kind)s”.")
    label = _("Document: %(kind)s") % said
    return Check(f"paper:{kind.value}", label, bool(valid), fix % said)
