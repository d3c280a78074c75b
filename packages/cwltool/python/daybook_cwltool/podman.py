"""Podman as root, to which cwltool gives a flag that Podman takes from other users only."""

from __future__ import annotations

import os
from typing import Any

from cwltool.context import RuntimeContext
from cwltool.docker import PodmanCommandLineJob


def fit_podman_to_user() -> None:
    """From now on, for the life of this process, `--userns=keep-id` is left out where this user is root."""
    if os.geteuid() != 0:
        return
    create_runtime = PodmanCommandLineJob.create_runtime

    def without_keep_id(self: PodmanCommandLineJob, env: Any, context: RuntimeContext) -> Any:
        own = context.copy()
        own.podman = False
        return create_runtime(self, env, own)

    PodmanCommandLineJob.create_runtime = without_keep_id  # type: ignore[method-assign,assignment]
