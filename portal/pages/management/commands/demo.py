from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import jobs
from portal.core.actor import system_actor
from portal.core.models import Job, JobState
from portal.pages.demo import KIND, ORDERS_KIND


class Command(BaseCommand):
    help = "Load the demo world, once. It never runs in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--enqueue", action="store_true", help="leave the work to the worker")
        parser.add_argument(
            "--scale",
            type=float,
            default=settings.DEMO_SCALE,
            help="size against the announcements",
        )
        parser.add_argument(
            "--orders",
            type=int,
            help="fill the year up to so many order lines, in a job of its own",
        )

    def handle(self, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demo world is never loaded in production.")
        job = self._job(options["scale"])
        if options["orders"]:
            job = self._more(job, options["orders"])
        if job.state == JobState.DONE:
            self.stdout.write("The demo world is loaded.")
        elif options["enqueue"]:
            self.stdout.write("The demo world is being loaded by the worker; see /jobs/.")
        else:
            jobs.run_job(str(job.pk))
            job.refresh_from_db()
            self.stdout.write(f"{job.state}: {job.done} of {job.total} steps. {job.error}")

    def _more(self, loaded: Job, lines: int) -> Job:
        """The job that makes them, done or under way, or a new one."""
        if loaded.state != JobState.DONE:
            raise CommandError("Load the demo world first; /jobs/ says how far it is.")
        actor, made = system_actor("command"), Job.objects.filter(kind=ORDERS_KIND)
        latest = made.order_by("-created_at").first()
        if latest is not None and latest.state == JobState.FAILED:
            return jobs.retry_job(actor, job=latest)
        if latest is not None and (latest.state != JobState.DONE or latest.args["lines"] >= lines):
            return latest
        args = {"today": loaded.checkpoint["today"], "scale": loaded.args["scale"], "lines": lines}
        return jobs.start_job(actor, kind=ORDERS_KIND, args=args)

    def _job(self, scale: float) -> Job:
        """The load that is done or under way, or a new one."""
        latest = Job.objects.filter(kind=KIND).order_by("-created_at").first()
        if latest is not None and latest.state != JobState.FAILED:
            return latest
        actor = system_actor("command")
        if latest is not None:
            return jobs.retry_job(actor, job=latest)
        return jobs.start_job(actor, kind=KIND, args={"scale": scale})
