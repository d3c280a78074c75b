"""Fetches a CWL document with all it refers to, validates it, and packs it to one document."""

from __future__ import annotations

import json
import logging
import os
import resource
import urllib.parse
import urllib.request
from typing import Any

import cwltool.pack
from cwltool.context import LoadingContext
from cwltool.errors import GraphTargetMissingException, UnsupportedRequirement, WorkflowException
from cwltool.load_tool import default_loader, fetch_document, make_tool, resolve_and_validate_document
from cwltool.loghandler import _logger
from cwltool.process import Process, shortname
from schema_salad.exceptions import ValidationException
from schema_salad.sourceline import SourceLine, strip_dup_lineno

from .channel import EventChannel
from .fetching import Documents, FetcherConstructor, fetcher_for
from .javascript import engine_name
from .replacement import replace_tools
from .requests import PackRequest

MAX_PACKED_BYTES = 16 << 20
_MAX_MESSAGE_CHARS = 8192
# A YAML document may expand far beyond its length.
_MAX_MEMORY_BYTES = 2 << 30
_CLASSES = ("Workflow", "CommandLineTool", "ExpressionTool")
_PACKED_URL = "file:///packed.json"


class PackError(Exception):
    """`code` as in PROTOCOL.md."""

    def __init__(self, code: str, message: str, url: str) -> None:
        super().__init__(message)
        self.code = code
        self.url = url


def run(request: PackRequest, channel: EventChannel) -> int:
    """Packs in a process of its own; the outcome is the event `packed` or `pack-failed`."""
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (_MAX_MEMORY_BYTES, _MAX_MEMORY_BYTES))
    except (OSError, ValueError):
        pass  # macOS takes no such limit; the time limit remains
    _silence_cwltool()
    # cwltool shows files relative to where it stands.
    os.chdir(_home(request.url))
    try:
        channel.send("packed", **pack(request))
        return 0
    except PackError as error:
        channel.send("pack-failed", code=error.code, message=str(error)[:_MAX_MESSAGE_CHARS], url=error.url)
        return 1


def pack(request: PackRequest) -> dict[str, Any]:
    """The fields of the event `packed`. Throws PackError."""
    documents = Documents(request.policy, {} if request.text is None else {request.url: request.text})
    try:
        packed = _pack(request, documents)
    except PackError:
        raise
    except (MemoryError, RecursionError) as error:
        reason = "needs too much memory" if isinstance(error, MemoryError) else "is nested too deep, or runs itself"
        raise PackError("invalid", f"{request.url}: the document {reason}", request.url) from error
    except StopIteration as error:
        raise PackError("invalid", f"{request.url}: expected a CWL document, found nothing", request.url) from error
    except UnsupportedRequirement as error:
        raise PackError("unsupported", _clean(error), request.url) from error
    except Exception as error:
        # cwltool throws plain ValueError, KeyError and TypeError at some invalid documents.
        message = _clean(error)
        failure = documents.failure_behind(message)
        if failure is not None:
            raise PackError(failure.code, message if str(failure) in message else f"{message} ({failure})", failure.url) from error
        if not isinstance(error, (ValidationException, WorkflowException, ValueError)):
            message = f"{request.url}: not a CWL document that cwltool can read ({type(error).__name__}: {message})"
        raise PackError("invalid", message, request.url) from error
    replaced = replace_tools(packed, request.replacements)
    _check_packed(packed, request)
    if len(json.dumps(packed)) > MAX_PACKED_BYTES:
        raise PackError("unsupported", f"{request.url}: the packed document is over {MAX_PACKED_BYTES} bytes", request.url)
    return {
        "document": packed,
        "cwlVersion": packed["cwlVersion"],
        "urls": documents.urls,
        "replacedTools": replaced,
    }


def _pack(request: PackRequest, documents: Documents) -> dict[str, Any]:
    context = _loading_context(fetcher_for(documents), engine_name() != "none")
    context, source, _ = fetch_document(request.url, context)
    if not isinstance(source, dict):
        raise PackError("invalid", f"{request.url}: expected a CWL document, found {type(source).__name__}", request.url)
    if any(key.endswith(("cwl:tool", "cwl#tool")) for key in source):
        raise PackError("unsupported", f"{request.url}: this is a job order, not a CWL document", request.url)
    context, uri = resolve_and_validate_document(context, source, _main_uri(request, source))
    try:
        process = make_tool(uri, context)
    except GraphTargetMissingException as error:
        raise PackError("no-such-workflow", str(error), request.url) from error
    process.visit(lambda tool: _check_process(tool, request.url))
    packed = cwltool.pack.pack(context, uri)
    plain: dict[str, Any] = json.loads(json.dumps(packed, default=str))
    # Ontologies would be fetched again whenever the document is run.
    plain.pop("$schemas", None)
    if len(plain["$graph"]) > 1:
        return plain
    single: dict[str, Any] = plain["$graph"][0]
    single.pop("$schemas", None)
    return {"cwlVersion": plain["cwlVersion"], **single, "id": "#main"}


def _loading_context(constructor: FetcherConstructor, validate_javascript: bool) -> LoadingContext:
    context = LoadingContext()
    context.fetcher_constructor = constructor
    context.doc_cache = False
    context.skip_schemas = True
    context.disable_js_validation = not validate_javascript
    context.loader = default_loader(constructor, doc_cache=False)
    return context


def _main_uri(request: PackRequest, source: Any) -> str:
    """The process that is asked for; without a word of it, `main`, else the first workflow, else the first process."""
    wanted = (request.workflow or "").lstrip("#")
    if "$graph" not in source:
        own = str(source.get("id", "")).rpartition("#")[2]
        if wanted and wanted not in ("main", own):
            raise PackError("no-such-workflow", f"{request.url}: has no process {wanted!r}", request.url)
        return request.url
    graph = source["$graph"]
    entries = graph if isinstance(graph, list) else [{"id": key, **value} for key, value in graph.items()]
    ids = [str(entry.get("id", "")).rpartition("#")[2] for entry in entries if isinstance(entry, dict)]
    if wanted and wanted not in ids:
        known = ", ".join(sorted(ids))
        raise PackError("no-such-workflow", f"{request.url}: has no process {wanted!r}; it has {known}", request.url)
    workflows = [name for name, entry in zip(ids, entries) if entry.get("class") == "Workflow"]
    chosen = wanted or next((name for name in ["main", *workflows, *ids] if name in ids), "main")
    return f"{urllib.parse.urldefrag(request.url)[0]}#{chosen}"


def _check_process(tool: Any, url: str) -> None:
    if tool["class"] not in _CLASSES:
        reason = f"a process of class {tool['class']} cannot be run; expected {', '.join(_CLASSES)}"
        raise PackError("unsupported", SourceLine(tool, "class").makeError(reason), url)
    steps = {str(step["id"]) for step in tool.get("steps", [])}
    for index, output in enumerate(tool["outputs"]):
        if str(output["id"]) in steps:
            name = shortname(output["id"])
            line = SourceLine(tool["outputs"], index, str)
            raise PackError("invalid", line.makeError(f"the output {name!r} has the name of a step; rename one of them"), url)


def _check_packed(packed: dict[str, Any], request: PackRequest) -> Process:
    """Loads the packed document as a run will."""
    documents = Documents(request.policy, {_PACKED_URL: json.dumps(packed)})
    context = _loading_context(fetcher_for(documents), validate_javascript=False)
    try:
        context, source, uri = fetch_document(_PACKED_URL, context)
        context, uri = resolve_and_validate_document(context, source, uri)
        return make_tool(uri, context)
    except Exception as error:
        message = f"{request.url}: the document is valid, but not as one packed document: {_clean(error)}"
        raise PackError("unsupported", message, request.url) from error


def _home(url: str) -> str:
    """The folder of a local document, else the root."""
    parts = urllib.parse.urlsplit(url)
    folder = os.path.dirname(urllib.request.url2pathname(parts.path)) if parts.scheme == "file" else "/"
    return folder if os.path.isdir(folder) else "/"


def _clean(error: BaseException) -> str:
    return str(strip_dup_lineno(str(error))).strip() or type(error).__name__


def _silence_cwltool() -> None:
    _logger.handlers.clear()
    _logger.addHandler(logging.NullHandler())
    logging.getLogger("salad").handlers = _logger.handlers
