"""What the server is asked to do, checked and typed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class BadRequest(Exception):
    """A request that is not what PROTOCOL.md says; the message names the field."""


@dataclass(frozen=True)
class Limits:
    """When a task is stopped."""

    wall_s: float | None
    grace_s: float


@dataclass(frozen=True)
class SandboxRequest:
    """What a run in the sandbox may see beside its directory and the system, and whether it may use the network."""

    readable: Sequence[str] = ()
    hidden: Sequence[str] = ()
    network: bool = False


@dataclass(frozen=True)
class ProcessLimits:
    """What each process of a run may have at most; None: what the server has."""

    memory_bytes: int | None
    open_files: int | None
    # Counted over all processes of the user in the run's user namespace, so it holds in a sandbox only.
    processes: int | None


@dataclass(frozen=True)
class RunRequest:
    """One workflow to run; paths are absolute."""

    id: str
    document: str
    job_order: str
    directory: str
    parallel: bool
    arguments: Sequence[str]
    environment: Mapping[str, str]
    path_prefix: Sequence[str]
    limits: Limits
    process_limits: ProcessLimits
    sandbox: SandboxRequest | None


@dataclass(frozen=True)
class FetchPolicy:
    """Where documents may come from."""

    file_roots: Sequence[str] = ()
    local_folders: Mapping[str, str] = field(default_factory=dict)
    allow_private_addresses: bool = False
    allowed_hosts: frozenset[str] = frozenset()
    max_bytes: int = 10 << 20
    timeout_s: float = 20.0


@dataclass(frozen=True)
class Replacement:
    """A program that documents name, and what is run instead."""

    program: str
    base_command: Sequence[str]


@dataclass(frozen=True)
class PackRequest:
    """One document to pack. `text`, where given, is what `url` holds."""

    id: str
    url: str
    text: str | None
    workflow: str | None
    policy: FetchPolicy
    replacements: Sequence[Replacement]
    limits: Limits


_REQUIRED = object()


class _Fields:
    """Reads the fields of one JSON object; None counts as absent."""

    def __init__(self, name: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise BadRequest(f"{name}: expected an object")
        self._name = name
        self._values = value

    def _take(self, key: str, kinds: type | tuple[type, ...], expected: str, default: Any) -> Any:
        value = self._values.get(key)
        if value is None:
            if default is _REQUIRED:
                raise BadRequest(f"{self._name}.{key}: missing; expected {expected}")
            return default
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise BadRequest(f"{self._name}.{key}: expected {expected}")
        return value

    def text(self, key: str) -> str:
        return str(self._take(key, str, "a string", _REQUIRED))

    def optional_text(self, key: str) -> str | None:
        value = self._take(key, str, "a string", None)
        return None if value is None else str(value)

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._take(key, bool, "true or false", default))

    def number(self, key: str, default: float | None) -> float | None:
        value = self._take(key, (int, float), "a number", default)
        return None if value is None else float(value)

    def count(self, key: str) -> int | None:
        value = self._take(key, int, "a whole number", None)
        if value is not None and value < 1:
            raise BadRequest(f"{self._name}.{key}: expected a whole number from 1")
        return None if value is None else int(value)

    def texts(self, key: str) -> list[str]:
        value = self._take(key, list, "an array of strings", [])
        if not all(isinstance(item, str) for item in value):
            raise BadRequest(f"{self._name}.{key}: expected an array of strings")
        return list(value)

    def text_map(self, key: str) -> dict[str, str]:
        value = self._take(key, dict, "an object of strings", {})
        if not all(isinstance(item, str) for item in value.values()):
            raise BadRequest(f"{self._name}.{key}: expected an object of strings")
        return dict(value)

    def objects(self, key: str) -> list[_Fields]:
        value = self._take(key, list, "an array of objects", [])
        return [_Fields(f"{self._name}.{key}[{index}]", item) for index, item in enumerate(value)]

    def paths(self, key: str) -> list[str]:
        value = self.texts(key)
        if not all(os.path.isabs(path) and os.path.normpath(path) != "/" for path in value):
            raise BadRequest(f"{self._name}.{key}: expected absolute paths of folders and files below the root")
        return [os.path.normpath(path) for path in value]

    def optional_object(self, key: str) -> _Fields | None:
        value = self._values.get(key)
        return None if value is None else _Fields(f"{self._name}.{key}", value)

    def object(self, key: str) -> _Fields:
        return _Fields(f"{self._name}.{key}", self._values.get(key) or {})


def _limits(fields: _Fields, default_wall_ms: float | None) -> Limits:
    wall_ms = fields.number("wallLimitMs", default_wall_ms)
    grace_ms = fields.number("graceMs", 3000)
    return Limits(wall_s=None if wall_ms is None else wall_ms / 1000, grace_s=(grace_ms or 0) / 1000)


def parse_run(message: Any) -> RunRequest:
    """Reads a `run` request."""
    fields = _Fields("run", message)
    return RunRequest(
        id=fields.text("id"),
        document=fields.text("document"),
        job_order=fields.text("jobOrder"),
        directory=fields.text("directory"),
        parallel=fields.flag("parallel", False),
        arguments=fields.texts("arguments"),
        environment=fields.text_map("environment"),
        path_prefix=fields.texts("pathPrefix"),
        limits=_limits(fields, None),
        process_limits=_process_limits(fields.object("processLimits")),
        sandbox=_sandbox(fields.optional_object("sandbox")),
    )


def _process_limits(fields: _Fields) -> ProcessLimits:
    return ProcessLimits(
        memory_bytes=fields.count("memoryBytes"),
        open_files=fields.count("openFiles"),
        processes=fields.count("processes"),
    )


def _sandbox(fields: _Fields | None) -> SandboxRequest | None:
    if fields is None:
        return None
    return SandboxRequest(
        readable=fields.paths("readable"),
        hidden=fields.paths("hidden"),
        network=fields.flag("network", False),
    )


def parse_pack(message: Any) -> PackRequest:
    """Reads a `pack` request."""
    fields = _Fields("pack", message)
    policy = fields.object("fetchPolicy")
    defaults = FetchPolicy()
    return PackRequest(
        id=fields.text("id"),
        url=fields.text("url"),
        text=fields.optional_text("text"),
        workflow=fields.optional_text("workflow"),
        policy=FetchPolicy(
            file_roots=policy.texts("fileRoots"),
            local_folders=policy.text_map("localFolders"),
            allow_private_addresses=policy.flag("allowPrivateAddresses", False),
            allowed_hosts=frozenset(host.lower() for host in policy.texts("allowedHosts")),
            max_bytes=int(policy.number("maxBytes", defaults.max_bytes) or 0),
            timeout_s=(policy.number("timeoutMs", defaults.timeout_s * 1000) or 0) / 1000,
        ),
        replacements=[
            Replacement(program=item.text("program"), base_command=item.texts("baseCommand"))
            for item in fields.objects("replacements")
        ],
        limits=_limits(fields, 60_000),
    )
