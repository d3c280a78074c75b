"""Servers and folders for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import ServerProcess, Workspace


@pytest.fixture(scope="session")
def shared_server() -> Iterator[ServerProcess]:
    server = ServerProcess()
    yield server
    server.close()


@pytest.fixture
def workspace(shared_server: ServerProcess, tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, shared_server)


@pytest.fixture
def own_server() -> Iterator[ServerProcess]:
    """A server that the test may kill."""
    server = ServerProcess()
    yield server
    server.process.kill()
    server.process.wait()
