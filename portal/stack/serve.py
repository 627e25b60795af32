"""`make run` and `make services`: one supervisor for everything, one run per data folder."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from portal.stack import prepared
from portal.stack.complaints import Complaints
from portal.stack.environment import for_children, secret_key, share
from portal.stack.lock import hold
from portal.stack.paths import log_folder, var_folder
from portal.stack.port import address_from_environment, is_healthy, refuse_taken
from portal.stack.services import start_services
from portal.stack.site import HEALTHY_SECONDS, Site
from portal.stack.static import fingerprint, is_collected
from portal.stack.supervisor import Supervisor, say, supervising

PROCESSES = ("web", "worker", "courier", "beat")
Start = Callable[[Supervisor, Mapping[str, str]], None]


def run_site() -> None:
    """Runs until it is stopped (StopAsked) or something ends (StackError)."""
    var = var_folder()
    lock = hold(var / "lock")
    address = address_from_environment()
    refuse_taken(address)
    supervise(
        var,
        lock,
        lambda supervisor, environment: start_site(supervisor, Site(var, address, environment)),
    )


def run_services() -> None:
    var = var_folder()
    supervise(
        var,
        hold(var / "lock"),
        lambda supervisor, environment: say(
            f"The database and the broker are ready; manage.py finds them by {var / 'env'}."
        ),
    )


def supervise(var: Path, lock: int, start: Start) -> None:
    """Start the services, then what `start` adds to them, and watch it all."""
    logs = log_folder(var)
    with supervising(log=logs / "guard.log", lock=lock) as supervisor:
        found = start_services(supervisor, var, is_durable=True)
        environment = for_children(
            found | {"SECRET_KEY": secret_key(var)},
            TRILINK_ENV="demo",
            DEMO_PASSWORD="trilink-demo",  # noqa: S106 - printed for everybody at the start
            PYTHONUNBUFFERED="1",
        )
        share(var / "env", environment)
        complaints = Complaints(*(logs / f"{name}.log" for name in PROCESSES))
        start(supervisor, environment)
        supervisor.watch(complaints.show)


def start_site(supervisor: Supervisor, site: Site) -> None:
    """Bring the database up to date and start the processes, the one people wait for first."""
    say("Preparing the database, the front end and the static files …")
    _prepare(supervisor, site)
    supervisor.start(site.web())
    supervisor.start(site.worker())
    if site.is_demo:
        supervisor.start(site.enqueue_demo())
    supervisor.wait_until(
        partial(is_healthy, site.address),
        what=f"The web server (log: {site.web_log})",
        seconds=HEALTHY_SECONDS,
    )
    say(site.greeting())
    supervisor.start(site.courier())
    supervisor.start(site.beat())


def _prepare(supervisor: Supervisor, site: Site) -> None:
    """In two rounds: nothing of the second can begin before all of the first has ended."""
    stamp, read = prepared.stamp_of(site.var), prepared.inputs()
    is_prepared = prepared.is_prepared(stamp, site.environment)
    supervisor.finish(site.set_up(), *([] if is_prepared else [site.migrate()]))
    # Taken before, so that a file changed meanwhile is collected by the next start.
    collected, inputs = site.var / "static-inputs", fingerprint()
    is_complete = is_collected(collected)
    supervisor.finish(
        *([] if is_prepared else [site.load_reference()]),
        *([] if is_complete else [site.collect_static()]),
    )
    if not is_prepared:
        prepared.write_stamp(stamp, read, site.environment)
    if not is_complete:
        collected.write_text(inputs)
