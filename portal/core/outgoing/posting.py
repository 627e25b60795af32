"""One POST: to the number that was checked, asked for by its name, in bounded time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from portal.core.outgoing.addresses import Target, look_up

SECONDS = 10  # for everything: connecting, sending, and the last byte of the answer
MOST_BYTES = 64 * 1024  # read of an answer; more of it is left unread


class Unreachable(Exception):
    """There was no answer: the network, the time, or something that does not speak HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    milliseconds: int

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> Answer:
    """Send once; redirects are answers like any other and are not followed. Raises `Blocked` or
    `Unreachable`."""
    target = look_up(url)
    start = time.monotonic()
    connection = _Connection(target, seconds)
    end = Timer(seconds, connection.cut)  # one byte now and then would pass every other limit
    end.daemon = True
    end.start()
    try:
        sent = {"Host": target.authority, "User-Agent": "Trilink/1", **headers}
        connection.request("POST", target.path, body=body, headers=sent)
        response = connection.getresponse()
        text = response.read(MOST_BYTES).decode("utf-8", "replace")
        if time.monotonic() - start >= seconds:
            raise TimeoutError  # it was cut off in the middle, which reads like its end
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(_reason(error, time.monotonic() - start >= seconds)) from error
    finally:
        end.cancel()
        connection.close()
    return Answer(response.status, text, int((time.monotonic() - start) * 1000))


def _reason(error: Exception, is_late: bool) -> str:
    """The kind of failure; the text of an exception may quote what the other side sent."""
    if is_late or isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {error.reason or 'failed'}"[:200]
    return type(error).__name__


class _Connection(http.client.HTTPConnection):
    """Connects to the target's number; TLS checks its name."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target = target
        self.wire: socket.socket | None = None  # `sock` is forgotten while an answer is read

    def connect(self) -> None:
        plain = socket.create_connection((self.target.ip, self.target.port), self.timeout)
        self.sock = self.wire = plain
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = self.wire = context.wrap_socket(plain, server_hostname=self.target.host)

    def cut(self) -> None:
        """Whatever waits on the connection now stops waiting."""
        with suppress(OSError):  # it may have ended by itself meanwhile
            if self.wire is not None:
                self.wire.shutdown(socket.SHUT_RDWR)
