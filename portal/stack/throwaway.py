"""Runs one command with a database and a broker of its own, which are gone afterwards."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from portal.stack.children import Child
from portal.stack.environment import for_children
from portal.stack.services import start_services
from portal.stack.supervisor import supervising

# pytest wants a moment to undo its fixtures, a browser among them.
STOP_SECONDS = 20.0


def run_with_services(command: Sequence[str], *, is_durable: bool) -> int:
    """Returns the command's exit code. `is_durable` makes commits wait for the disk."""
    with supervising() as supervisor:
        folder = _make_folder()
        supervisor.remove_at_end(folder)
        found = start_services(supervisor, folder, is_durable=is_durable)
        return supervisor.exit_code(_child(command, found, folder))


def _make_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="trilink-")).resolve()
    # The database's account only has to pass through to the folder that it owns.
    folder.chmod(0o711)
    return folder


def _child(command: Sequence[str], found: dict[str, str], folder: Path) -> Child:
    # The key of a site that lives as long as its test.
    environment = for_children(found, SECRET_KEY="test") | {"TRILINK_ENV": "test"}  # noqa: S106
    environment["MEDIA_ROOT"] = str(folder / "media")
    # `python` is the one that runs the stack, whatever the terminal's PATH says.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return Child(
        name=command[0],
        command=tuple(command),
        environment=environment,
        folder=Path.cwd(),
        is_step=True,
        patience=STOP_SECONDS,
    )
