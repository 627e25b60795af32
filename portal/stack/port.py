"""The web server's address: free before the start, answering after it."""

import http.client
import os
import socket
from dataclasses import dataclass

from portal.stack.errors import StackError

ANSWER_SECONDS = 2.0
# An address that means "all of this machine" is no address to call.
CALLABLE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - looked up, not bound


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def callable_host(self) -> str:
        return CALLABLE.get(self.host, self.host)

    @property
    def url(self) -> str:
        host = f"[{self.callable_host}]" if ":" in self.callable_host else self.callable_host
        return f"http://{host}:{self.port}/"


def address_from_environment() -> Address:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StackError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return Address(os.environ.get("HOST") or "127.0.0.1", int(text))


def refuse_taken(address: Address) -> None:
    """Raises StackError unless the web server will be able to listen on the address."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
            probe.listen()  # two may bind with SO_REUSEADDR, but only one listens
        except OSError as error:
            raise StackError(
                f"Port {address.port} on {address.host} cannot be used ({error.strerror}). "
                f"Choose another: make run PORT={address.port + 1}"
            ) from error


def ensure_healthy() -> None:
    """The health check of a container. Raises StackError unless the web server answers."""
    address = address_from_environment()
    if not is_healthy(address):
        raise StackError(f"{address.url}healthz does not answer 200.")


def is_healthy(address: Address) -> bool:
    """Whether /healthz answers 200. Asked directly: a proxy of the environment is no help here."""
    connection = http.client.HTTPConnection(
        address.callable_host, address.port, timeout=ANSWER_SECONDS
    )
    try:
        connection.request("GET", "/healthz", headers={"Host": _allowed_host()})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _allowed_host() -> str:
    """A name the site answers to: with any other Django refuses even /healthz."""
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    return "localhost" if first in {"", "*"} else first
