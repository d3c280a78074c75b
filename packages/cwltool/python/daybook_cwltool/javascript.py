"""What evaluates JavaScript: QuickJS inside this process, else one node process for each run."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import threading
from typing import Any

from cwl_utils import sandboxjs
from schema_salad.utils import json_dumps

_MEMORY_LIMIT_BYTES = 256 << 20
_installed = "none"
_ADOPTED = "Object.assign(globalThis, (0, eval)(%s))"
_ENCODED = "(function () { return JSON.stringify((0, eval)(%s)); })()"


def install_engine() -> str:
    """Chooses the engine that cwltool uses from now on, and names it: quickjs, node or none."""
    global _installed
    _installed = _install()
    return _installed


def engine_name() -> str:
    """What install_engine chose."""
    return _installed


def _install() -> str:
    if importlib.util.find_spec("quickjs") is not None:
        sandboxjs.set_js_engine(_quickjs_engine())
        return "quickjs"
    program = shutil.which("nodejs") or shutil.which("node")
    if program is None:
        return "none"
    sandboxjs.set_js_engine(_OneNodeEngine(program))
    return "node"


class _OneNodeEngine(sandboxjs.NodeJSEngine):
    """cwltool's engine starts node three times to find out whether it can; this one starts it once."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self._program = program

    def new_js_proc(
        self, js_text: str, force_docker_pull: bool = False, container_engine: str = "docker"
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [self._program, "--eval", js_text],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
        )
        self.processes_to_kill.append(process)
        return process


def _quickjs_engine() -> sandboxjs.NodeJSEngine:
    import quickjs  # type: ignore[import-untyped]

    class QuickJsEngine(sandboxjs.NodeJSEngine):
        """Each expression gets a fresh context, as CWL demands; a context that a caller names (jshint) is kept for its thread."""

        kept = threading.local()

        def exec_js_process(
            self,
            js_text: str,
            timeout: float = sandboxjs.default_timeout,
            js_console: bool = False,
            context: str | None = None,
            force_docker_pull: bool = False,
            container_engine: str = "docker",
        ) -> tuple[int, str, str]:
            if js_console:
                return super().exec_js_process(js_text, timeout, js_console, context, force_docker_pull, container_engine)
            try:
                interpreter = self._interpreter(context)
                interpreter.set_time_limit(timeout)
                value = interpreter.eval(_ENCODED % json_dumps(js_text))
            except quickjs.JSException as error:
                timed_out = "interrupted" in str(error)
                return (-1 if timed_out else 0), "", str(error)
            return 0, "undefined" if value is None else value, ""

        def _interpreter(self, context: str | None) -> Any:
            if context is not None and getattr(self.kept, "text", None) == context:
                return self.kept.interpreter
            interpreter = quickjs.Context()
            interpreter.set_memory_limit(_MEMORY_LIMIT_BYTES)
            if context is not None:
                interpreter.eval(_ADOPTED % json_dumps(context))
                self.kept.text, self.kept.interpreter = context, interpreter
            return interpreter

    return QuickJsEngine()
