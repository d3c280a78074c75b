"""Test documents of cwl-utils, run by the warm server and by cwltool's own program."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from harness import Workspace

_COLD_LIMIT_S = 60.0
# Members of a File or Directory that say where it lies.
_PLACES = frozenset({"location", "path", "dirname"})

_SIMPLE = {"string": "three words here", "Any": "any", "int": 3, "long": 4, "float": 1.5, "double": 2.5, "boolean": True}


@dataclass(frozen=True)
class Outcome:
    """Whether a run succeeded, and the outputs of one that did, without the places where they lie."""

    succeeded: bool
    outputs: Any = None


def documents_folder() -> Path:
    """Where the documents are installed, with all that they refer to."""
    spec = find_spec("cwl_utils")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "testdata"


def pack(workspace: Workspace, document: Path) -> Any:
    """The packed document; None for one that cannot be packed."""
    return workspace.pack(document, fetchPolicy={"fileRoots": [str(documents_folder())]}).get("document")


def run_warm(workspace: Workspace, packed: Any, order: dict[str, Any]) -> Outcome:
    """Runs a packed document as a worker does."""
    events, directory = workspace.run(json.dumps(packed), order)
    if events[-1].get("exitCode") != 0:
        return Outcome(False)
    return Outcome(True, _without_places(json.loads((directory / "outputs.json").read_text())))


def run_cold(folder: Path, document: Path, order: dict[str, Any]) -> Outcome:
    """Runs the document where it is."""
    path = folder / "order.json"
    path.write_text(json.dumps(order))
    done = _cwltool(folder, "--outdir", str(folder / "out"), str(document), str(path))
    return Outcome(True, _without_places(json.loads(done.stdout))) if done.returncode == 0 else Outcome(False)


def is_valid(folder: Path, document: Path) -> bool:
    """What cwltool says of a document without running it."""
    return _cwltool(folder, "--validate", str(document)).returncode == 0


def _cwltool(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # Not `-m cwltool`: that ends with 0 whatever happened.
    command = [sys.executable, "-c", "import sys, cwltool.main; sys.exit(cwltool.main.main())", "--enable-ext", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=_COLD_LIMIT_S, check=False)


def make_order(packed: Any, folder: Path) -> dict[str, Any]:
    """A value for each input that needs one, by its type alone: the same for every run."""
    graph = packed.get("$graph", [packed])
    process = next((each for each in graph if each["id"].lstrip("#") == "main"), packed)
    needed = [each for each in process["inputs"] if "default" not in each]
    values = {each["id"].split("#")[-1].split("/")[-1]: _value(each["type"], folder) for each in needed}
    return {name: value for name, value in values.items() if value is not None}


def _value(kind: Any, folder: Path) -> Any:
    if isinstance(kind, list):
        return None if "null" in kind else _value(kind[0], folder)
    if isinstance(kind, dict):
        return _compound_value(kind, folder)
    if kind in ("File", "stdin"):
        return {"class": "File", "location": (folder / "lines.txt").as_uri()}
    if kind == "Directory":
        return {"class": "Directory", "location": (folder / "folder").as_uri()}
    return _SIMPLE.get(kind)


def _compound_value(kind: dict[str, Any], folder: Path) -> Any:
    if kind["type"] == "array":
        return [_value(kind["items"], folder)] * 2
    if kind["type"] == "enum":
        return kind["symbols"][0].split("/")[-1]
    if kind["type"] == "record":
        return {field["name"].split("/")[-1]: _value(field["type"], folder) for field in kind["fields"]}
    return _value(kind["type"], folder)


def _without_places(value: Any) -> Any:
    if isinstance(value, list):
        items = [_without_places(item) for item in value]
        is_listing = all(isinstance(item, dict) and "class" in item for item in items)
        return sorted(items, key=lambda item: str(item.get("basename"))) if is_listing else items
    if isinstance(value, dict):
        return {name: _without_places(item) for name, item in value.items() if name not in _PLACES}
    return value
