"""Which step does what: cwltool's own names for workflows, steps and tools, mapped to paths of step ids and reported."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from typing import Any

from cwltool.command_line_tool import CommandLineTool
from cwltool.context import LoadingContext, RuntimeContext
from cwltool.process import Process, shortname
from cwltool.workflow import Workflow, default_make_tool
from cwltool.workflow_job import WorkflowJob

from .channel import EventChannel

_MAX_MESSAGE_CHARS = 8192
_GOOD = ("success", "skipped")


class StepTracker:
    """
    Reports each step once when it starts and once when it ends, and keeps what explains a failure.

    A path is the step's id below the ids of the steps around it. Safe to share between cwltool's threads.
    """

    def __init__(self, channel: EventChannel) -> None:
        self._channel = channel
        self._lock = threading.Lock()
        self._step_paths: dict[str, str] = {}
        self._tool_steps: dict[str, str] = {}
        self._exit_codes: dict[str, int] = {}
        self._logs: dict[str, int | None] = {}
        self._started: set[str] = set()
        self._ended: set[str] = set()
        self._failed_tool: str | None = None
        self._failed_step: str | None = None
        self._first_error: str | None = None

    def plan(self, steps: list[str]) -> None:
        self._channel.send("plan", steps=steps)

    def name_step(self, cwltool_name: str, path: str) -> None:
        with self._lock:
            self._step_paths[cwltool_name] = path

    def name_tool(self, cwltool_name: str, step: str) -> None:
        with self._lock:
            self._tool_steps[cwltool_name] = step

    def step_started(self, path: str) -> None:
        with self._lock:
            fresh = path not in self._started
            self._started.add(path)
        if fresh:
            self._channel.send("step-started", step=path)

    def step_ended(self, path: str, status: str) -> None:
        with self._lock:
            fresh = path not in self._ended
            self._ended.add(path)
            if status not in _GOOD and self._failed_step is None:
                self._failed_step = path
        if fresh:
            self._channel.send("step-ended", step=path, status=status)

    def tool_started(self, tool: str, pid: int, log: int | None) -> None:
        self._channel.send("tool-started", step=self._step_of(tool), tool=tool, pid=pid, log=log)

    def tool_ended(self, tool: str, exit_code: int, log: int | None, **usage: int) -> None:
        if exit_code != 0:
            with self._lock:
                self._exit_codes[tool] = exit_code
                self._logs[tool] = log
        self._channel.send("tool-ended", step=self._step_of(tool), tool=tool, exitCode=exit_code, **usage)

    def _step_of(self, tool: str) -> str:
        with self._lock:
            return self._tool_steps.get(tool, tool)

    def observe(self, record: logging.LogRecord) -> bool:
        """A filter for cwltool's log that lets all pass: a record's format is constant, its arguments are the names."""
        names = record.args if isinstance(record.args, tuple) else ()
        name = names[0] if names and isinstance(names[0], str) else ""
        path = self._step_paths.get(name)
        if path is not None:
            if record.msg == "[%s] start":
                self.step_started(path)
            elif record.msg == "[%s] completed %s":
                self.step_ended(path, str(names[1]))
            elif record.msg == "[%s] Cannot make job: %s":
                self.step_ended(path, "permanentFail")
        with self._lock:
            if record.msg == "[job %s] completed %s" and names[1] not in _GOOD and self._failed_tool is None:
                self._failed_tool = name
            if record.levelno >= logging.ERROR and self._first_error is None:
                self._first_error = record.getMessage()
        return True

    def report_failure(self, fallback: str) -> None:
        """Says why the run failed; `fallback` where cwltool logged no error."""
        tool = self._failed_tool
        exit_code = None if tool is None else self._exit_codes.get(tool)
        message = self._first_error or fallback
        if exit_code is not None:
            # That outputs are missing after a tool has failed explains nothing.
            how = f"was ended by signal {-exit_code}" if exit_code < 0 else f"exited with status {exit_code}"
            message = f"{tool} {how}"
        step = self._failed_step if tool is None else self._step_of(tool)
        self._channel.send(
            "failure",
            message=message[:_MAX_MESSAGE_CHARS],
            step=step,
            exitCode=exit_code,
            toolLog=None if tool is None else self._logs.get(tool),
        )


def tracked_tool_factory(tracker: StepTracker) -> Callable[[Any, LoadingContext], Process]:
    """What cwltool makes processes with: its own classes, but workflows and tools name what they run to `tracker`."""

    class TrackedWorkflow(Workflow):
        def job(self, job_order: Any, output_callbacks: Any, runtimeContext: RuntimeContext) -> Generator[Any, None, None]:
            prefix = "" if runtimeContext.toplevel else f"{runtimeContext.name}/"
            context = runtimeContext.copy()
            context.workflow_job_step_name_callback = lambda step, _inputs: prefix + shortname(step.id)
            for job in super().job(job_order, output_callbacks, context):
                if isinstance(job, WorkflowJob) and job.workflow is self:
                    for step in job.steps:
                        tracker.name_step(step.name, prefix + shortname(step.id))
                yield job

    class TrackedCommandLineTool(CommandLineTool):
        def job(self, job_order: Any, output_callbacks: Any, runtimeContext: RuntimeContext) -> Generator[Any, None, None]:
            step = runtimeContext.name or shortname(self.tool["id"])
            for job in super().job(job_order, output_callbacks, runtimeContext):
                name = getattr(job, "name", None)
                if name is not None:
                    tracker.name_tool(name, step)
                yield job

    def make_tool(document: Any, loading_context: LoadingContext) -> Process:
        kind = document.get("class") if hasattr(document, "get") else None
        if kind == "Workflow":
            return TrackedWorkflow(document, loading_context)
        if kind == "CommandLineTool":
            return TrackedCommandLineTool(document, loading_context)
        return default_make_tool(document, loading_context)

    return make_tool
