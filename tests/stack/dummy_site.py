"""A site without Django: `python -m tests.stack.dummy_site MODE`, as real as the supervisor sees.

ordinary   a process with a child of its own
stubborn   the same, but deaf to SIGTERM
failing    a process that ends with exit code 7
"""

import sys
from collections.abc import Mapping

from portal.stack.__main__ import exit_code
from portal.stack.children import Child
from portal.stack.lock import hold
from portal.stack.paths import log_folder, var_folder
from portal.stack.serve import supervise
from portal.stack.supervisor import Supervisor, say

PROGRAMS = {
    "ordinary": (
        "import subprocess; child = subprocess.Popen(['sleep', '1000']);"
        "print('at work', flush=True); child.wait()"
    ),
    "stubborn": (
        "import signal, subprocess; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen(['sleep', '1000']); print('at work', flush=True); child.wait()"
    ),
    "failing": "print('out of paper'); raise SystemExit(7)",
}


def run(mode: str) -> None:
    var = var_folder()

    def start(supervisor: Supervisor, environment: Mapping[str, str]) -> None:
        log = log_folder(var) / "dummy.log"
        command = (sys.executable, "-c", PROGRAMS[mode])
        supervisor.start(Child("dummy", command, environment, log))
        supervisor.wait_until(lambda: "at work" in log.read_text(), what="The dummy", seconds=20)
        say("ready")

    supervise(var, hold(var / "lock"), start)


if __name__ == "__main__":
    sys.exit(exit_code(lambda: run(sys.argv[1])))
