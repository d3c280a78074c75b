"""The first process of a run's pid namespace: it builds the run's files, starts the runner, and reaps."""

from __future__ import annotations

import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence

from ..kernel import die_with_parent, end_with_parent
from ..process_tree import send_signal
from . import libc, namespaces
from .filesystem import Piece, build_root

# A status above this one is 128 + the number of the signal that ended the runner.
SIGNALLED = 128


def run_init(directory: str, pieces: Sequence[Piece], parent: int, work: Callable[[], int]) -> int:
    """
    Runs `work` in a child and returns what this process is to exit with. Called with TERM and CHLD blocked.

    `parent` is a pipe's end that is closed when the supervisor dies, whose pid cannot be seen from here.
    """
    end_with_parent(signal.SIGKILL)
    if select.select([parent], [], [], 0)[0]:
        return SIGNALLED + signal.SIGKILL
    try:
        libc.unshare(libc.CLONE_NEWNS)
        os.makedirs(os.path.join(directory, "tmp"), exist_ok=True)
        build_root(directory, pieces)
        namespaces.renounce()
    except OSError as error:
        print(f"the sandbox of a run cannot be built: {error}", file=sys.stderr, flush=True)
        return SIGNALLED + signal.SIGKILL
    return _wait_for(_fork_runner(work))


def _fork_runner(work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid != 0:
        return pid
    code = 70
    try:
        die_with_parent(signal.SIGKILL, 1)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD, signal.SIGTERM})
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait_for(runner: int) -> int:
    """The exit status for the runner's end. What is left of the run then is killed by the kernel as this process exits."""
    while True:
        if signal.sigwait({signal.SIGCHLD, signal.SIGTERM}) == signal.SIGTERM:
            send_signal(runner, signal.SIGTERM)
        while (ended := _reap()) is not None:
            pid, status = ended
            if pid == runner:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else SIGNALLED - code


def _reap() -> tuple[int, int] | None:
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return None if pid == 0 else (pid, status)
