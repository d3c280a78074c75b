"""Documents and job orders reach a run as JSON, which cwltool would read by its parser of YAML: a millisecond for each few hundred bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import TextIOBase
from typing import Any, NoReturn

from ruamel.yaml.main import YAML
from schema_salad.sourceline import cmap


def read_json_as_json() -> None:
    """From now on, for the life of this process and its forks, YAML that is JSON is read as that."""
    load_yaml = YAML.load_all

    def load_all(self: YAML, stream: Any) -> Iterator[Any]:
        # Errors name the stream, so YAML's parser is given the stream itself again.
        text = stream if isinstance(stream, str) else _peek(stream)
        try:
            found = json.loads(text, parse_float=_refuse, parse_constant=_refuse) if text[:1] == "{" else None
        except (ValueError, RecursionError):
            found = None
        if found is None:
            yield from load_yaml(self, stream)
        else:
            yield cmap(found)

    YAML.load_all = load_all  # type: ignore[method-assign]


def _peek(stream: Any) -> str:
    """What a text stream holds, without taking it; nothing of one that cannot be read twice."""
    if not (isinstance(stream, TextIOBase) and stream.seekable()):
        return ""
    text = stream.read()
    stream.seek(0)
    return text


def _refuse(number: str) -> NoReturn:
    """How a fraction is written reaches the command line of its tool, and only YAML's parser keeps that."""
    raise ValueError(number)
