"""Makes sure that the tests have a browser, a font with Chinese in it, and a program that checks
our books."""

import os
import shutil
import subprocess
from pathlib import Path

from portal.stack.errors import StackError

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
PACKAGES = {
    "chromium-headless-shell": "chromium-headless-shell",
    "fonts-wqy-microhei": str(FONT),
    "hledger": "hledger",
}


def ensure_browser() -> None:
    """Install what is missing where we may; raises StackError with the command where not."""
    missing = missing_packages()
    if not missing:
        return
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        raise StackError(
            f"The tests need {' and '.join(missing)}. Install with:\n"
            f"  sudo apt-get update && sudo apt-get install --yes {' '.join(missing)}"
        )
    _install(missing)


def missing_packages() -> list[str]:
    return [
        package
        for package, program in PACKAGES.items()
        if shutil.which(program) is None and not Path(program).exists()
    ]


def _install(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "--quiet"], install):
        if subprocess.run(command, env=environment, check=False).returncode:
            raise StackError(f"`{' '.join(command)}` failed, and the tests need it.")
