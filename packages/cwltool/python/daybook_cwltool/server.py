"""The warm server: one thread, one select loop, a supervisor process for each task."""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from . import pack, runner
from .channel import EventChannel, LineReader, Message, encode, write_all
from .process_tree import children, descendants, send_signal
from .requests import BadRequest, Limits, parse_pack, parse_run
from .sandbox.run_sandbox import RunSandbox
from .supervisor import HELD_SIGNALS, Supervisor

MAX_REQUEST_BYTES = 32 << 20
MAX_EVENT_BYTES = 32 << 20

# How soon processes that a killed supervisor left behind are looked for again.
_STRAY_INTERVAL_S = 0.05
# Beyond a task's own grace, for its supervisor to kill and report.
_SHUTDOWN_MARGIN_S = 2.0


@dataclass
class _Task:
    id: str
    supervisor: int
    grace_s: float
    events: LineReader
    # Its last event, held until its supervisor is gone: its id is free again, and no process of it is left, when that is told.
    end: bytes | None = None


class Server:
    """Reads requests on `requests`, writes events on `events`, until the end of the requests, `shutdown` or SIGTERM."""

    def __init__(self, requests: int, events: int) -> None:
        self._requests = LineReader(requests, MAX_REQUEST_BYTES)
        self._out = events
        self._tasks: dict[str, _Task] = {}
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._strays = False
        # Events of tasks whose supervisor was killed: held until nothing that it left is alive.
        self._late_ends: list[Message] = []
        self._wake_read, self._wake_write = os.pipe()

    def serve(self, ready: Message) -> None:
        """Announces `ready`, then serves. No task is alive when it returns."""
        self._listen()
        self._emit("ready", **ready)
        while not self._stopping:
            self._turn(_STRAY_INTERVAL_S if self._strays else None)
        self._end_all()

    def _listen(self) -> None:
        os.set_blocking(self._requests.fd, False)
        for fd in (self._wake_read, self._wake_write):
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self._stop())
        signal.signal(signal.SIGINT, lambda *_: self._stop())
        self._selector.register(self._requests.fd, selectors.EVENT_READ, self._read_requests)
        self._selector.register(self._wake_read, selectors.EVENT_READ, self._drain_wake_ups)

    def _turn(self, timeout_s: float | None) -> None:
        for key, _ in self._selector.select(timeout_s):
            key.data()
        self._reap()

    def _stop(self) -> None:
        self._stopping = True

    def _drain_wake_ups(self) -> None:
        try:
            os.read(self._wake_read, 4096)
        except BlockingIOError:
            pass

    def _emit(self, event: str, **fields: Any) -> None:
        try:
            write_all(self._out, encode({"event": event, **fields}))
        except BrokenPipeError:
            self._stop()

    # Requests

    def _read_requests(self) -> None:
        dropped = self._requests.dropped
        for line in self._requests.read():
            self._handle(line)
        if self._requests.dropped > dropped:
            self._emit("rejected", message=f"a request is longer than {MAX_REQUEST_BYTES} bytes")
        if self._requests.ended:
            self._stop()

    def _handle(self, line: bytes) -> None:
        message: Any = None
        try:
            message = json.loads(line)
            if not isinstance(message, dict):
                raise BadRequest("a request: expected an object")
            self._perform(message)
        except (ValueError, BadRequest, OSError) as error:
            task_id = message.get("id") if isinstance(message, dict) else None
            self._emit("rejected", id=task_id, message=str(error))

    def _perform(self, message: Message) -> None:
        op = message.get("op")
        if op == "run":
            run = parse_run(message)
            sandbox = None if run.sandbox is None else RunSandbox(run.directory, run.sandbox)
            self._start(run.id, run.limits, lambda channel: runner.run(run, channel), sandbox)
        elif op == "pack":
            request = parse_pack(message)
            self._start(request.id, request.limits, lambda channel: pack.run(request, channel))
        elif op == "cancel":
            task = self._tasks.get(str(message.get("id")))
            if task is not None:
                send_signal(task.supervisor, signal.SIGTERM)
        elif op == "ping":
            self._emit("pong", running=len(self._tasks))
        elif op == "shutdown":
            self._stop()
        else:
            raise BadRequest(f"op: {op!r} is none of run, pack, cancel, ping, shutdown")

    # Tasks

    def _start(
        self, task_id: str, limits: Limits, work: Callable[[EventChannel], int], sandbox: RunSandbox | None = None
    ) -> None:
        if task_id in self._tasks:
            raise BadRequest(f"id: {task_id!r} is running already")
        events_read, events_write = os.pipe()
        server = os.getpid()
        sys.stderr.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, HELD_SIGNALS)
        try:
            pid = os.fork()
            if pid == 0:
                os.close(events_read)
                supervisor = Supervisor(limits, EventChannel(events_write, task_id), sandbox)
                self._become_supervisor(server, supervisor, work)
        except OSError:
            os.close(events_read)
            raise
        finally:
            os.close(events_write)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD_SIGNALS)
        os.set_blocking(events_read, False)
        task = _Task(task_id, pid, limits.grace_s, LineReader(events_read, MAX_EVENT_BYTES))
        self._tasks[task_id] = task
        self._selector.register(events_read, selectors.EVENT_READ, lambda: self._forward(task))

    def _become_supervisor(
        self, server: int, supervisor: Supervisor, work: Callable[[EventChannel], int]
    ) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for signal_number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
                signal.signal(signal_number, signal.SIG_DFL)
            # A terminal's Ctrl-C is the server's to handle.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self._close_descriptors()
            supervisor.supervise(server, work)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _close_descriptors(self) -> None:
        """In a child: nothing of the server's, nor of its other tasks, stays open."""
        self._selector.close()
        for fd in (self._out, self._wake_read, self._wake_write, *(task.events.fd for task in self._tasks.values())):
            os.close(fd)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, self._requests.fd)
        os.close(null)

    def _forward(self, task: _Task) -> None:
        for line in task.events.read():
            try:
                event = json.loads(line)
            except ValueError:
                continue  # the torn last line of a killed runner
            if event.get("event") == "ended":
                task.end = line
            else:
                self._write_line(line)
        if task.events.ended:
            self._selector.unregister(task.events.fd)

    def _write_line(self, line: bytes) -> None:
        try:
            write_all(self._out, line + b"\n")
        except BrokenPipeError:
            self._stop()

    # Ends

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            for task in [task for task in self._tasks.values() if task.supervisor == pid]:
                self._finish(task, status)
        if self._strays:
            self._kill_strays()

    def _finish(self, task: _Task, status: int) -> None:
        """The task's supervisor is gone. A runner that it may have left behind ends the pipe when it is killed as a stray."""
        while not task.events.ended and _readable(task.events.fd):
            self._forward(task)
        if not task.events.ended:
            self._selector.unregister(task.events.fd)
        os.close(task.events.fd)
        del self._tasks[task.id]
        if task.end is not None:
            self._write_line(task.end)
        else:
            died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
            fields = {} if died is None else {"signal": died}
            self._late_ends.append({"id": task.id, "time": round(time.time() * 1000), "reason": "runner-died", **fields})
            self._strays = True

    def _kill_strays(self) -> None:
        """What a killed supervisor leaves becomes our child, and is killed until none is left."""
        supervisors = {task.supervisor for task in self._tasks.values()}
        strays = [pid for pid in children(os.getpid()) if pid not in supervisors]
        self._strays = bool(strays)
        for pid in [*strays, *descendants(*strays)] if strays else []:
            send_signal(pid, signal.SIGKILL)
        while self._late_ends and not self._strays:
            self._emit("ended", **self._late_ends.pop(0))

    def _end_all(self) -> None:
        grace_s = max((task.grace_s for task in self._tasks.values()), default=0.0)
        for task in self._tasks.values():
            send_signal(task.supervisor, signal.SIGTERM)
        deadline = time.monotonic() + grace_s + _SHUTDOWN_MARGIN_S
        self._ignore_requests()
        while (self._tasks or self._strays) and time.monotonic() < deadline:
            self._turn(_STRAY_INTERVAL_S)
        while left := descendants(os.getpid()):
            for pid in left:
                send_signal(pid, signal.SIGKILL)
            self._turn(_STRAY_INTERVAL_S)

    def _ignore_requests(self) -> None:
        self._selector.unregister(self._requests.fd)


def _readable(fd: int) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        return bool(selector.select(0))
