from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import jobs
from portal.core.actor import system_actor
from portal.core.models import Job, JobState
from portal.pages.demo import KIND


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

    def handle(self, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demo world is never loaded in production.")
        job = self._job(options["scale"])
        if job.state == JobState.DONE:
            self.stdout.write("The demo world is loaded.")
        elif options["enqueue"]:
            self.stdout.write("The demo world is being loaded by the worker; see /jobs/.")
        else:
            jobs.run_job(str(job.pk))
            job.refresh_from_db()
            self.stdout.write(f"{job.state}: {job.done} of {job.total} steps. {job.error}")

    def _job(self, scale: float) -> Job:
        """The load that is done or under way, or a new one."""
        latest = Job.objects.filter(kind=KIND).order_by("-created_at").first()
        if latest is not None and latest.state != JobState.FAILED:
            return latest
        actor = system_actor("command")
        if latest is not None:
            return jobs.retry_job(actor, job=latest)
        return jobs.start_job(actor, kind=KIND, args={"scale": scale})
