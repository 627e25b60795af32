from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Refused
from portal.parties.models import User
from portal.settlement import services
from portal.settlement.models import Adjustment, Run
from portal.settlement.states import RunKind


class Command(BaseCommand):
    help = (
        "Settle a month: prepare and send its statements, or with --approve make payable what is "
        "agreed. In the name of a person, whose rights and whose second person count as on the "
        "pages. With --correction, approve a correction of the books."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", help="as 2026-03")
        parser.add_argument("--by", required=True, help="the mail address of who does it")
        parser.add_argument("--approve", action="store_true", help="by another person")
        parser.add_argument("--correction", help="the id of a correction to approve")

    def handle(self, **options: Any) -> None:
        actor = _actor(options["by"])
        try:
            if options["correction"]:
                self._correct(actor, options["correction"])
            elif options["approve"]:
                self._approve(actor, _month(options["month"]))
            else:
                self._prepare(actor, _month(options["month"]))
        except Refused as refused:
            raise CommandError(str(refused.verdict.reason), returncode=2) from None

    def _prepare(self, actor: Actor, month: Any) -> None:
        """Goes on where an earlier call was stopped."""
        run = _run_of(month)
        if run is None:
            run = services.prepare_run(actor, month=month, in_background=False)
        run = services.run_now(actor, run=run)
        run = services.send_statements(actor, run=run)
        self.stdout.write(f"{run}: {run.statements.count()} statements sent")

    def _approve(self, actor: Actor, month: Any) -> None:
        run = _run_of(month)
        if run is None:
            raise CommandError("this month has no run", returncode=2)
        done = services.approve_statements(actor, run=run)
        self.stdout.write(f"{run}: {done} statements approved")

    def _correct(self, actor: Actor, key: str) -> None:
        found = Adjustment.objects.filter(pk=key).first()
        if found is None:
            raise CommandError("there is no such correction", returncode=2)
        services.approve_adjustment(actor, adjustment=found)
        self.stdout.write("posted")


def _run_of(month: Any) -> Run | None:
    return Run.objects.filter(kind=RunKind.MONTHLY, month=month).first()


def _month(text: str | None) -> Any:
    try:
        return datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        raise CommandError("--month: as 2026-03", returncode=2) from None


def _actor(email: str) -> Actor:
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        raise CommandError("--by: nobody has this mail address", returncode=2)
    return Actor(user=user, party=None, role=OPERATOR, via="command")
