"""The process that runs one workflow, by cwltool's own main program."""

from __future__ import annotations

import importlib.metadata
import logging
import os
import sys
import tempfile
from typing import Any

import cwltool.argparser
import cwltool.main
from cwltool.context import LoadingContext, RuntimeContext
from cwltool.executors import JobExecutor, MultithreadedJobExecutor, SingleJobExecutor
from cwltool.loghandler import _logger
from cwltool.process import shortname
from cwltool.workflow import Workflow

from .channel import EventChannel
from .fetching import fixed_documents
from .podman import fit_podman_to_user
from .process_limits import apply_process_limits
from .requests import RunRequest
from .tool_logs import ToolLogs
from .tracking import StepTracker, tracked_tool_factory
from .usage import measure_tools

# Looked up once, and not for every run.
_VERSION = f"cwltool {importlib.metadata.version('cwltool')}"


def run(request: RunRequest, channel: EventChannel) -> int:
    """Runs the workflow in its directory; the exit code is cwltool's. What fails is reported as `failure`."""
    _enter(request)
    tracker = StepTracker(channel)
    measure_tools(tracker, ToolLogs(request.directory))
    with open("outputs.json", "w", encoding="utf-8") as outputs:
        try:
            code = _run_cwltool(request, tracker, outputs)
            reason = f"cwltool exited with status {code}"
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) and error.code != 0 else 1
            reason = f"cwltool exited: {error}"
        except Exception as error:
            _logger.exception("cwltool raised an error")
            code, reason = 1, f"{type(error).__name__}: {error}"
    if code != 0:
        tracker.report_failure(reason)
    return code


def _enter(request: RunRequest) -> None:
    os.chdir(request.directory)
    os.makedirs("tmp", exist_ok=True)
    log = os.open("stderr.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    apply_process_limits(request.process_limits, request.sandbox is not None)
    # Temporary files of a run are its own, and in a sandbox there is no other place for them.
    tempfile.tempdir = os.path.join(request.directory, "tmp")
    os.environ.update(request.environment)
    os.environ["PATH"] = os.pathsep.join([*request.path_prefix, os.environ.get("PATH", os.defpath)])


def _run_cwltool(request: RunRequest, tracker: StepTracker, outputs: Any) -> int:
    sys.argv = ["cwltool"]
    arguments = _arguments(request)
    args = cwltool.argparser.arg_parser().parse_args(arguments)
    loading_context = LoadingContext(vars(args))
    loading_context.singularity = bool(args.singularity)
    loading_context.podman = bool(args.podman)
    if args.podman:
        fit_podman_to_user()
    loading_context.doc_cache = False
    loading_context.skip_schemas = True
    loading_context.fetcher_constructor = fixed_documents([request.document, request.job_order])
    # It may hold secrets, and the tools can read what is in the directory.
    os.unlink(request.job_order)
    loading_context.construct_tool_object = tracked_tool_factory(tracker)  # type: ignore[assignment]
    runtime_context = RuntimeContext(vars(args))
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(tracker.observe)
    return cwltool.main.main(
        argsl=arguments,
        args=args,
        stdout=outputs,
        stderr=sys.stderr,
        logger_handler=handler,
        versionfunc=lambda: _VERSION,
        # main() would drop the schemas that were loaded while warming up.
        custom_schema_callback=lambda: None,
        executor=_executor(request.parallel, tracker, runtime_context),
        loadingContext=loading_context,
        runtimeContext=runtime_context,
    )


def _arguments(request: RunRequest) -> list[str]:
    parallel = ["--parallel"] if request.parallel else []
    # cwltool takes only one of the two.
    cached = any(argument.startswith("--cachedir") for argument in request.arguments)
    return [
        "--disable-color",
        "--timestamps",
        # Documents were checked when they were packed.
        "--disable-js-validation",
        *("--outdir", os.path.join(request.directory, "out")),
        *("--tmpdir-prefix", os.path.join(request.directory, "tmp", "t")),
        *([] if cached else ["--tmp-outdir-prefix", os.path.join(request.directory, "tmp", "o")]),
        *(f"--preserve-environment={name}" for name in request.environment),
        *parallel,
        *request.arguments,
        request.document,
        request.job_order,
    ]


def _executor(parallel: bool, tracker: StepTracker, runtime_context: RuntimeContext) -> JobExecutor:
    if not parallel:
        return _TrackedSingleJobExecutor(tracker)
    executor = _TrackedMultithreadedJobExecutor(tracker)
    runtime_context.select_resources = executor.select_resources
    return executor


class _TrackedSingleJobExecutor(SingleJobExecutor):
    def __init__(self, tracker: StepTracker) -> None:
        super().__init__()
        self._tracker = tracker

    def run_jobs(self, process: Any, job_order_object: Any, logger: Any, runtime_context: RuntimeContext) -> None:
        with _Plan(process, self, self._tracker):
            super().run_jobs(process, job_order_object, logger, runtime_context)


class _TrackedMultithreadedJobExecutor(MultithreadedJobExecutor):
    def __init__(self, tracker: StepTracker) -> None:
        super().__init__()
        self._tracker = tracker

    def run_jobs(self, process: Any, job_order_object: Any, logger: Any, runtime_context: RuntimeContext) -> None:
        with _Plan(process, self, self._tracker):
            super().run_jobs(process, job_order_object, logger, runtime_context)


class _Plan:
    """Announces the steps; a process that is no workflow is its own single step, which starts and ends with the run."""

    def __init__(self, process: Any, executor: JobExecutor, tracker: StepTracker) -> None:
        self._executor = executor
        self._tracker = tracker
        self._single: str | None = None
        if isinstance(process, Workflow):
            # Not process.steps: cwltool shuffles that.
            tracker.plan([shortname(step["id"]) for step in process.tool["steps"]])
        else:
            self._single = shortname(process.tool["id"])
            tracker.plan([self._single])

    def __enter__(self) -> None:
        if self._single is not None:
            self._tracker.step_started(self._single)

    def __exit__(self, error: object, *_: object) -> None:
        if self._single is not None:
            status = self._executor.final_status[-1] if self._executor.final_status else "permanentFail"
            self._tracker.step_ended(self._single, status)
