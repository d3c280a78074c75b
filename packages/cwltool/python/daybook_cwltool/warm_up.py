"""Does once, before any fork, what cwltool would do for every run."""

from __future__ import annotations

import gc
import importlib
import io
import logging
import os
import tempfile

import cwltool.argparser
import cwltool.main
import cwltool.process
from cwltool.argparser import arg_parser
from cwltool.loghandler import _logger
from cwltool.process import get_schema
from cwltool.update import INTERNAL_VERSION

from .json_documents import read_json_as_json

# Modules that cwltool imports only when a run needs them.
_LAZY_MODULES = ("cwltool.singularity", "cwltool.cwlrdf", "cwltool.docker", "cwltool.pack")

_WORKFLOW = """\
cwlVersion: v1.2
class: Workflow
inputs: {a: {type: string, default: x}}
outputs: {o: {type: Any, outputSource: s/o}}
steps:
  s:
    in: {a: a}
    out: [o]
    run:
      class: CommandLineTool
      baseCommand: 'true'
      inputs: {a: string}
      outputs: {o: {type: Any, outputBinding: {outputEval: $(inputs.a)}}}
"""


def warm_up() -> None:
    """Loads the schemas and runs one workflow, so that forks share what that made. Throws RuntimeError if cwltool does not work."""
    allow_extensions()
    # Documents of every version are updated to the internal one.
    for version in ("v1.0", "v1.1", "v1.2", INTERNAL_VERSION):
        get_schema(version)
    for module in _LAZY_MODULES:
        importlib.import_module(module)
    _keep_parser()
    read_json_as_json()
    _run_once()
    # Names that are taken already would make the first step of a job `s_2`.
    cwltool.process._names.clear()
    gc.collect()
    # Collections would touch, and so copy, every page that the forks share.
    gc.freeze()


def allow_extensions() -> None:
    """Lets documents use cwltool's own extensions, in every run of this process and its forks."""
    cwltool.main.setup_schema(arg_parser().parse_args(["--enable-ext"]), None)


def _keep_parser() -> None:
    """cwltool makes the parser of its own arguments, with all their texts, twice for every run."""
    parser = arg_parser()
    cwltool.argparser.arg_parser = lambda: parser


def _run_once() -> None:
    handler = logging.StreamHandler(io.StringIO())
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "warm-up.cwl")
        with open(path, "w", encoding="utf-8") as file:
            file.write(_WORKFLOW)
        code = cwltool.main.main(
            argsl=["--outdir", folder, path],
            stdout=io.StringIO(),
            stderr=io.StringIO(),
            logger_handler=handler,
            custom_schema_callback=lambda: None,
        )
    if code != 0:
        raise RuntimeError(f"cwltool does not work here: {handler.stream.getvalue()}")
    _logger.handlers.clear()
    logging.getLogger("salad").handlers = []
