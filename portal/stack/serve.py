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
from portal.stack.setup import set_up
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
    set_up()
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
    say("Preparing the database and the static files …")
    stamp, read = prepared.stamp_of(site.var), prepared.inputs()
    is_prepared = prepared.is_prepared(stamp, site.environment)
    _prepare(supervisor, site, is_prepared=is_prepared)
    supervisor.start(site.web())
    if not is_prepared:
        supervisor.finish(site.load_reference())
        prepared.write_stamp(stamp, read, site.environment)
    supervisor.wait_until(
        partial(is_healthy, site.address),
        what=f"The web server (log: {site.web_log})",
        seconds=HEALTHY_SECONDS,
    )
    say(site.greeting())
    supervisor.start(site.worker())
    supervisor.start(site.courier())
    supervisor.start(site.beat())
    if site.is_demo:
        supervisor.start(site.enqueue_demo())


def _prepare(supervisor: Supervisor, site: Site, *, is_prepared: bool) -> None:
    stamp = site.var / "static-inputs"
    steps = [] if is_prepared else [site.migrate()]
    if is_collected(stamp):
        supervisor.finish(*steps)
    else:
        # Taken before, so that a file changed meanwhile is collected by the next start.
        inputs = fingerprint()
        supervisor.finish(*steps, site.collect_static())
        stamp.write_text(inputs)
