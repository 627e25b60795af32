"""python -m portal.stack COMMAND, behind the targets of the Makefile."""

import argparse
import sys
from collections.abc import Sequence

from portal.stack.browser import ensure_browser
from portal.stack.errors import StackError, StopAsked
from portal.stack.serve import run_services, run_site
from portal.stack.setup import set_up
from portal.stack.throwaway import run_with_services

ACTIONS = {
    "setup": set_up,
    "run": run_site,
    "services": run_services,
    "browser": ensure_browser,
}
EXIT_STOPPED = 130


def main(arguments: Sequence[str]) -> int:
    if sys.platform != "linux":
        print("The embedded stack runs on Linux; elsewhere use compose.yaml.", file=sys.stderr)
        return 1
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except StopAsked:
        # For `run` this is the ordinary end; a test that was stopped has not passed.
        return EXIT_STOPPED if options.action == "test" else 0
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
    test = commands.add_parser("test", help="run a command with throwaway services")
    test.add_argument("--durable", action="store_true", help="commits wait for the disk")
    test.add_argument("command", nargs="+")
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.action == "test":
        return run_with_services(options.command, is_durable=options.durable)
    ACTIONS[options.action]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
