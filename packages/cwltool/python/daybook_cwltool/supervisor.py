"""The process between the server and the work of one task: it alone ends the task, and nothing of the task outlives it."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable

from .channel import EventChannel
from .kernel import become_subreaper, die_with_parent
from .process_tree import children, descendants, send_signal
from .requests import Limits
from .sandbox import namespaces
from .sandbox.init import SIGNALLED, run_init
from .sandbox.run_sandbox import RunSandbox

# Held back from before the fork until a handler is there, so that an early cancel is never lost.
HELD_SIGNALS = frozenset({signal.SIGCHLD, signal.SIGTERM})

# What a runner exits with when the work itself raised.
CRASHED = 70


class Supervisor:
    """Runs `work` in a child and ends it on SIGTERM, at the wall limit, or when the server dies."""

    def __init__(self, limits: Limits, channel: EventChannel, sandbox: RunSandbox | None = None) -> None:
        self._limits = limits
        self._sandbox = sandbox
        self._channel = channel
        self._started = time.monotonic()
        self._runner = 0
        self._status: int | None = None
        self._usage: resource.struct_rusage | None = None
        self._stopped_for: str | None = None
        self._kill_at: float | None = None

    def supervise(self, server: int, task: Callable[[EventChannel], int]) -> None:
        """Forks the runner, waits for its end, reports it as `ended`. Called with HELD_SIGNALS blocked; never leaves a child."""

        def work() -> int:
            return task(self._channel)

        os.setsid()
        become_subreaper()
        if self._sandbox is not None:
            namespaces.enter(self._sandbox.network)
        die_with_parent(signal.SIGTERM, server)
        self._runner = _fork_runner(work) if self._sandbox is None else _fork_init(self._sandbox, work)
        self._channel.send("started", pid=self._runner, supervisor=os.getpid())
        self._wait()
        self._kill_all()
        self._report()

    def _wait(self) -> None:
        """Returns when the runner has ended, or its grace is over, or nothing is left of the task."""
        while True:
            received = signal.sigtimedwait(HELD_SIGNALS, self._until_next_deadline())
            if received is not None and received.si_signo == signal.SIGTERM:
                self._stop("cancelled")
            if self._reap():
                return
            # A stopped task's tools have the grace to end by themselves, also after the runner has ended.
            if self._status is not None and self._stopped_for is None:
                return
            elapsed = time.monotonic() - self._started
            if self._limits.wall_s is not None and elapsed >= self._limits.wall_s:
                self._stop("wall-limit")
            if self._kill_at is not None and time.monotonic() >= self._kill_at:
                return

    def _until_next_deadline(self) -> float:
        now = time.monotonic()
        if self._kill_at is not None:
            return max(0.0, self._kill_at - now)
        if self._limits.wall_s is not None:
            return max(0.0, self._started + self._limits.wall_s - now)
        return 3600.0

    def _stop(self, reason: str) -> None:
        if self._stopped_for is not None:
            return
        self._stopped_for = reason
        self._kill_at = time.monotonic() + self._limits.grace_s
        # The tools before the runner, so that the runner still tells how they ended.
        tree = descendants(os.getpid())
        runners = {self._runner} if self._sandbox is None else {self._runner, *children(self._runner)[:1]}
        for pid in tree:
            if pid not in runners:
                send_signal(pid, signal.SIGTERM)
        send_signal(self._runner, signal.SIGTERM)

    def _reap(self) -> bool:
        """Collects what has ended; True when no child is left."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return True
            if pid == 0:
                return False
            if pid == self._runner:
                self._status, self._usage = status, usage

    def _kill_all(self) -> None:
        """Kills until nothing is left: also what called setsid, and what was forked while we looked."""
        while not self._reap():
            for pid in descendants(os.getpid()):
                send_signal(pid, signal.SIGKILL)
            signal.sigtimedwait({signal.SIGCHLD}, 0.02)

    def _report(self) -> None:
        code = -signal.SIGKILL if self._status is None else os.waitstatus_to_exitcode(self._status)
        if self._sandbox is not None and code > SIGNALLED:
            code = SIGNALLED - code
        reason = self._stopped_for or ("runner-died" if code < 0 else None)
        usage = self._usage
        self._channel.begin_line()
        self._channel.send(
            "ended",
            exitCode=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            reason=reason,
            wallMs=round((time.monotonic() - self._started) * 1000),
            cpuMs=None if usage is None else round((usage.ru_utime + usage.ru_stime) * 1000),
            peakMemoryBytes=None if usage is None else peak_memory_bytes(usage),
        )


def peak_memory_bytes(usage: resource.struct_rusage) -> int:
    """Linux counts in KiB, macOS in bytes."""
    return usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024


def _fork_runner(work: Callable[[], int]) -> int:
    supervisor = os.getpid()
    pid = os.fork()
    if pid != 0:
        return pid
    code = CRASHED
    try:
        die_with_parent(signal.SIGKILL, supervisor)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD_SIGNALS)
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _fork_init(sandbox: RunSandbox, work: Callable[[], int]) -> int:
    """The init of the sandbox stands for its runner: it ends as that ends, and nothing is left then."""
    # Its other end is closed when this process dies, and only then.
    parent, held = os.pipe()
    pid = os.fork()
    if pid != 0:
        os.close(parent)
        return pid
    code = CRASHED
    try:
        os.close(held)
        code = run_init(sandbox.directory, sandbox.pieces(), parent, work)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
