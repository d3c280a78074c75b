"""The sandbox of one run, as it was asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..requests import SandboxRequest
from .filesystem import Piece, python_paths
from .secrets_of_etc import secrets_of_etc


@dataclass(frozen=True)
class RunSandbox:
    """`directory` is the run's own, the only one that it may write. Made in the server."""

    directory: str
    request: SandboxRequest
    secrets: Sequence[str] = field(default_factory=secrets_of_etc)

    @property
    def network(self) -> bool:
        """Whether the run uses the machine's network."""
        return self.request.network

    def pieces(self) -> list[Piece]:
        """What the run sees of the machine beside the system, and what it does not see of that."""
        # Names are looked up by a file that is often a link to one elsewhere.
        resolver = ["/etc/resolv.conf"] if self.network else []
        readable = [*self.request.readable, *python_paths(), *(os.path.realpath(path) for path in resolver)]
        hidden = [*self.request.hidden, *self.secrets]
        return [
            Piece(self.directory, "writable"),
            *(Piece(place, "readable") for path in readable for place in {path, os.path.realpath(path)}),
            *(Piece(place, "hidden") for path in hidden for place in {path, os.path.realpath(path)}),
        ]
