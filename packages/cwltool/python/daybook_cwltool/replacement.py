"""Exchanges a program that a packed document's tools name for another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .requests import Replacement

_INTERPRETER = re.compile(r"(.*/)?python(3(\.\d+)?)?")
_EXTENSION = "http://commonwl.org/cwltool#"


def replace_tools(document: dict[str, Any], replacements: Sequence[Replacement]) -> list[str]:
    """
    Replaces, in place, every CommandLineTool that runs one of the programs; returns the ids of those tools.

    Its other arguments and its inputs stay. It runs outside any container, with network, and is never taken from a cache.
    """
    version = document.get("cwlVersion", "v1.0")
    replaced: list[str] = []
    for tool in _processes(document):
        if tool.get("class") == "CommandLineTool" and _replace_command(tool, replacements):
            _drop_container(tool)
            _require_fresh_run(tool, version)
            replaced.append(str(tool.get("id", "")).lstrip("#"))
    for process in _processes(document):
        for step in process.get("steps", []):
            run = step.get("run")
            tool_id = run if isinstance(run, str) else run.get("id", "")
            if tool_id.lstrip("#") in replaced:
                _drop_container(step)
    return sorted(set(replaced))


def _processes(value: Any) -> Iterator[dict[str, Any]]:
    """Every process of the document, those written inside steps as well."""
    if isinstance(value, list):
        for item in value:
            yield from _processes(item)
    elif isinstance(value, dict):
        if "$graph" in value:
            yield from _processes(value["$graph"])
        elif "class" in value and "inputs" in value and "outputs" in value:
            yield value
            for step in value.get("steps", []):
                yield from _processes(step.get("run"))


def _replace_command(tool: dict[str, Any], replacements: Sequence[Replacement]) -> bool:
    base = tool.get("baseCommand", [])
    base = [base] if isinstance(base, str) else list(base)
    arguments = list(tool.get("arguments", []))
    words = [*base, *arguments]
    position = _script_position(words)
    if position is None:
        return False
    for replacement in replacements:
        if words[position] == replacement.program:
            tool["baseCommand"] = [*replacement.base_command, *base[position + 1 :]]
            tool["arguments"] = arguments[max(0, position + 1 - len(base)) :]
            return True
    return False


def _script_position(words: list[Any]) -> int | None:
    """Where the program stands: the first word, or the first after `python` and its options."""
    position = 0
    if words and isinstance(words[0], str) and _INTERPRETER.fullmatch(words[0]):
        position = 1
        while position < len(words) and isinstance(words[position], str) and words[position].startswith("-"):
            position += 1
    return position if position < len(words) and isinstance(words[position], str) else None


def _drop_container(owner: dict[str, Any]) -> None:
    for field in ("requirements", "hints"):
        if field in owner:
            owner[field] = [entry for entry in owner[field] if entry.get("class") != "DockerRequirement"]


def _require_fresh_run(tool: dict[str, Any], version: str) -> None:
    if version == "v1.0":
        # v1.0 knows neither class: its tools have the network anyway, and cwltool reads its own name for WorkReuse in hints.
        wanted, field = [{"class": f"{_EXTENSION}WorkReuse", "enableReuse": False}], "hints"
    else:
        wanted = [{"class": "WorkReuse", "enableReuse": False}, {"class": "NetworkAccess", "networkAccess": True}]
        field = "requirements"
    classes = {entry["class"] for entry in wanted}
    kept = [entry for entry in tool.get(field, []) if entry.get("class") not in classes]
    tool[field] = [*kept, *wanted]
