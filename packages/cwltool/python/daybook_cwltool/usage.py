"""What each tool takes: exact CPU time and peak memory, which cwltool itself does not measure."""

from __future__ import annotations

import os
import subprocess
import time
from typing import Any

import cwltool.job

from .supervisor import peak_memory_bytes
from .tool_logs import ToolLogs
from .tracking import StepTracker


def measure_tools(tracker: StepTracker, logs: ToolLogs) -> None:
    """From now on, for the life of this process, every tool that cwltool runs is reported to `tracker` and writes into `logs`."""
    _wait_with_usage()
    popen_job = cwltool.job._job_popen

    def measured(*arguments: Any, **options: Any) -> int:
        started: list[subprocess.Popen[str]] = []
        monitor = options.get("monitor_function")
        tool = str(options.get("name"))
        log = logs.next_number()

        def watch(process: subprocess.Popen[str]) -> None:
            started.append(process)
            tracker.tool_started(tool, process.pid, log)
            if monitor is not None:
                monitor(process)

        options["monitor_function"] = watch
        start = time.monotonic()
        with logs.redirect(log, options):
            exit_code = popen_job(*arguments, **options)
        usage = getattr(started[0], "usage", None) if started else None
        tracker.tool_ended(
            tool,
            exit_code,
            log,
            wallMs=round((time.monotonic() - start) * 1000),
            cpuMs=0 if usage is None else round((usage.ru_utime + usage.ru_stime) * 1000),
            peakMemoryBytes=0 if usage is None else peak_memory_bytes(usage),
        )
        return exit_code

    cwltool.job._job_popen = measured


def _wait_with_usage() -> None:
    """Makes Popen keep the `usage` of its process: wait4 where it called waitpid."""

    def try_wait(self: Any, flags: int) -> tuple[int, int]:
        try:
            pid, status, usage = os.wait4(self.pid, flags)
        except ChildProcessError:
            return self.pid, 0
        if pid == self.pid:
            self.usage = usage
        return pid, status

    subprocess.Popen._try_wait = try_wait  # type: ignore[attr-defined]
