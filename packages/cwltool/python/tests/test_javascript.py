"""Expressions, in each engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cwl_utils.errors import JavascriptException
from cwltool.validate_js import jshint_js

from daybook_cwltool import javascript

ENGINES: dict[str, Callable[[], Any]] = {"quickjs": javascript._quickjs_engine, "node": lambda: javascript._OneNodeEngine("node")}


@pytest.fixture(params=["quickjs", "node"])
def engine(request: pytest.FixtureRequest) -> Any:
    if request.param == "quickjs":
        pytest.importorskip("quickjs")
    return ENGINES[request.param]()


def test_an_expression_gives_json(engine: Any) -> None:
    assert engine.eval("(inputs.n + 1)", "var inputs = {n: 2};") == 3
    assert engine.eval("{return {a: ['ü', null, true, 1.5]};}") == {"a": ["ü", None, True, 1.5]}


def test_expressions_share_nothing(engine: Any) -> None:
    engine.eval("{Object.prototype.leak = 5; return 1;}")
    assert engine.eval("(typeof {}.leak)") == "undefined"


def test_a_mistake_is_told(engine: Any) -> None:
    with pytest.raises(JavascriptException, match="nonsense"):
        engine.eval("(nonsense.x)")


def test_an_endless_expression_ends(engine: Any) -> None:
    with pytest.raises(JavascriptException):
        engine.eval("{while (true) {}}", timeout=0.3)


def test_the_host_is_out_of_reach(engine: Any) -> None:
    assert engine.eval("(typeof require + typeof process)") == "undefinedundefined"


def test_jshint_finds_an_undefined_name(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cwltool.validate_js.exec_js_process", engine.exec_js_process)
    for _ in range(2):
        assert jshint_js("(inputs.n)", ["inputs"]).errors == []
        assert "W117" in jshint_js("(imputs.n)", ["inputs"]).errors[0]
