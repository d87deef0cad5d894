"""Run an example as its README does, and read the figures that it publishes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"


def files_of(name: str) -> dict[str, bytes]:
    """The files of a round in `examples/`, without what tells about it."""
    folder = EXAMPLES / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".md" and "expected" not in str(path)
    }


@pytest.fixture
def example(evaluate: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    """The exit code and the evaluation of an example; `change` replaces or adds files."""

    def invoke(name: str, *options: str, change: dict[str, bytes] | None = None) -> Any:
        result = evaluate(files_of(name) | (change or {}), *options)
        return run("evaluate", "bids", *options).code, result

    return invoke


@pytest.fixture
def expected() -> Callable[..., Any]:
    """What an example says that it comes to."""

    def read(name: str, file: str = "expected.yaml") -> Any:
        return yaml.safe_load((EXAMPLES / name / file).read_text(encoding="utf-8"))

    return read
