"""The examples in docstrings are run, from the repository's root as they are written."""

import doctest
import importlib
import pkgutil

import pytest
from docs.generate import eliding, markdown, pages
from docs.generate.pages import ROOT
from docs.generate.pictures import axis, curve, placing, svg

import tenderscore

MODULES = [
    "tenderscore",
    *(
        m.name
        for m in pkgutil.walk_packages(tenderscore.__path__, "tenderscore.")
        if "__main__" not in m.name
    ),
]


def tried(module):
    return doctest.testmod(module, raise_on_error=False)


@pytest.mark.parametrize("name", MODULES)
def test_a_modules_examples_are_true(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert tried(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "module",
    [eliding, markdown, pages, axis, curve, placing, svg],
    ids=lambda module: module.__name__,
)
def test_the_tools_examples_are_true(module):
    result = tried(module)
    assert (result.failed, result.attempted > 0) == (0, True)


def test_there_are_examples():
    assert (
        sum(
            tried(importlib.import_module(f"tenderscore.scoring.{name}")).attempted
            for name in ("linear", "bands")
        )
        > 2
    )
