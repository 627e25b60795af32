"""python -m portal.stack COMMAND, behind the targets of the Makefile."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from portal.stack.browser import ensure_browser
from portal.stack.errors import StackError, StopAsked
from portal.stack.port import ensure_healthy
from portal.stack.serve import run_services, run_site
from portal.stack.setup import set_up
from portal.stack.throwaway import run_with_services

ACTIONS: dict[str, Callable[[], None]] = {
    "setup": set_up,
    "run": run_site,
    "services": run_services,
    "browser": ensure_browser,
    "healthy": ensure_healthy,
}
EXIT_STOPPED = 130  # a test that was stopped has not passed


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    if options.action == "test":
        return exit_code(
            partial(run_with_services, options.command, is_durable=options.durable),
            stopped=EXIT_STOPPED,
        )
    return exit_code(ACTIONS[options.action])


def exit_code(action: Callable[[], int | None], *, stopped: int = 0) -> int:
    """Do it, and put what went wrong into a sentence. Being stopped is how `run` usually ends."""
    try:
        if sys.platform != "linux":
            raise StackError("The embedded stack runs on Linux; elsewhere use compose.yaml.")
        return action() or 0
    except StopAsked:
        return stopped
    except StackError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal.stack", description=__doc__)
    commands = parser.add_subparsers(dest="action", required=True)
    commands.add_parser("setup", help="build the front end and the translations")
    commands.add_parser("run", help="run the whole site until it is stopped")
    commands.add_parser("services", help="run only the database and the broker")
    commands.add_parser("browser", help="install the browser of the tests where possible")
    commands.add_parser("healthy", help="ask the web server whether it is well")
    test = commands.add_parser("test", help="run a command with throwaway services")
    test.add_argument("--durable", action="store_true", help="commits wait for the disk")
    test.add_argument("command", nargs="+")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
