"""Processes that die: a copy of this one acts, and kill -9 takes it just before a commit."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable

from django.db import connection

from tests.factories import wait_for
from tests.ledger.test_killed import sessions_of_others

AT, ENDED = b"x", b"e"


def dies_at_commit(act: Callable[[], object], number: int) -> bool:
    """Whether `act` came to its commit of that number, where its process was killed; else it has
    ended. What was not committed is gone, as after any kill."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _act(act, number, write)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        said = told.read(1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    wait_for(lambda: not sessions_of_others())
    assert said, "the process failed by itself"
    return said == AT


def _act(act: Callable[[], object], number: int, write: int) -> None:
    """In the copy, which never returns. The session it inherited is its parent's: left alone."""
    inherited, connection.connection = connection.connection, None
    commit, seen = connection._commit, 0

    def commits() -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.write(write, AT)
            time.sleep(60)
        commit()

    try:
        connection._commit = commits  # type: ignore[method-assign]  # in this process
        act()
        os.write(write, ENDED)
        time.sleep(60)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(int(inherited is None))


def killed_again_and_again(act: Callable[[], object], after: Callable[[], object]) -> int:
    """Killed at its first commit, then at its second, …, until it comes to its end; `after` looks
    at what each of the dead left. How often it died."""
    deaths = 0
    while dies_at_commit(act, deaths + 1):
        deaths += 1
        after()
        assert deaths < 50, "it never ends"
    after()
    return deaths
