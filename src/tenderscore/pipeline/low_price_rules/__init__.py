"""Rules that laws give for prices too low to be believed: one file a rule, one line each here.

A rule is loaded where a test names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from tenderscore.errors import Problem
from tenderscore.model.located import Document, Node
from tenderscore.pipeline.low_price_rules._base import LowPriceRule, Population
from tenderscore.pipeline.variants import read_variant

__all__ = ["RULES", "LowPriceRule", "Population", "read_rule", "rule_class"]

RULES: Mapping[str, str] = {
    "spain-85": "spain_85:Spain85",
    "italy-97": "italy_97:Italy97",
}


def rule_class(id_: str) -> type[LowPriceRule]:
    """The rule that a test's ``rule`` names."""
    module, name = RULES[id_].split(":")
    found: type[LowPriceRule] = getattr(import_module(f"{__name__}.{module}"), name)
    return found


def read_rule(
    settings: Mapping[str, object], document: Document, node: Node
) -> tuple[LowPriceRule | None, list[Problem]]:
    """The rule that a test's ``rule`` describes, or what is wrong with it."""
    return read_variant(settings, RULES, rule_class, document, node)
