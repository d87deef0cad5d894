"""An example worked by hand: a table with every bid's sums, as ``explain`` has them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from docs.generate.markdown import table
from docs.generate.pictures.rule import Files, opened
from tenderscore.model.evaluated import EvaluatedPrice
from tenderscore.model.explanation import LotExplanation, NodeExplanation, RoundExplanation
from tenderscore.model.numerals import exact_text, grouped_text
from tenderscore.model.result import Evaluation, LotResult

_RANK = "rank"


def worked(files: Files) -> str:
    """The bids of a round's first lot, the best first, each with its sums."""
    _, evaluation = opened(files)
    lot = next(iter(evaluation.lots.values()))
    last = lot.rounds[-1].id
    rows = [dict(_cells(found, last)) for found in _explained(evaluation, lot)]
    head = (*dict.fromkeys(name for row in rows for name in row if name != _RANK), _RANK)
    return table(head, [tuple(row.get(name, "") for name in head) for row in rows])


def _explained(evaluation: Evaluation, lot: LotResult) -> Iterator[LotExplanation]:
    """What stands behind each bid: those of the last round in their order, then who was out."""
    order = [bid.vendor for each in reversed(lot.rounds) for bid in each.bids]
    for vendor in dict.fromkeys(order):
        yield next(each for each in evaluation.explain(vendor).lots if each.id == lot.id)


def _cells(lot: LotExplanation, last_round: str) -> Iterator[tuple[str, str]]:
    last = lot.rounds[-1]
    yield "bid", last.bid.name
    price, evaluated = last.bid.price, last.bid.evaluated
    if price is not None:
        yield "price", grouped_text(price)
    if price is not None and evaluated is not None and evaluated.value is not None:
        yield "evaluated price", _evaluated(price, evaluated)
    for each in lot.rounds:
        yield from _leaves(each)
    if last.id == last_round and last.nodes and last.total_formula is not None:
        yield "total", _total(last)
    if last.bid.standing is not None and last.standing:
        measure = last.bid.standing.measure
        if measure.id != "evaluated_price":
            yield str(measure.title).lower(), _sum(last)
    yield _RANK, _rank(last, last_round)


def _evaluated(price: Fraction, found: EvaluatedPrice) -> str:
    """``Small enterprise: -10% x 980000 = -98000; 980000 - 98000 = 882000``."""
    steps = [f"{step.title}: {step.formula}" for step in found.steps]
    changes = "".join(
        f" {'-' if step.change < 0 else '+'} {exact_text(abs(step.change))}" for step in found.steps
    )
    value, exact = found.value or Fraction(0), price + sum(step.change for step in found.steps)
    comes_to = exact_text(value)
    if exact != value:
        comes_to = f"{exact_text(exact)}, rounded to {comes_to}"
    return "; ".join([*steps, f"{exact_text(price)}{changes} = {comes_to}"]) if steps else comes_to


def _leaves(found: RoundExplanation) -> Iterator[tuple[str, str]]:
    for node in found.nodes:
        if node.step is not None:
            yield f"points of `{node.node.id}`", _points(node)


def _points(node: NodeExplanation) -> str:
    """``100 / 120 x 100 = 83.333333..., rounded to 83.33``, after the marks of a panel."""
    assert node.step is not None  # noqa: S101 - asked by the caller
    text = str(node.step.formula)
    if node.node.method == "panel":
        marks = ", ".join(f"{name} {value}" for name, value in node.step.inputs)
        text = f"{marks}: {text}"
    if node.exact is not None and node.exact != node.points:
        text += f", rounded to {exact_text(node.points)}"
    return text


def _total(found: RoundExplanation) -> str:
    """The groups' parts and what they come to; with carry-over the formula has all."""
    text = str(found.total_formula)
    groups = [node for node in found.nodes if "." not in node.node.id]
    if found.bid.carried or len(groups) < 2:
        return text
    return " + ".join(exact_text(node.contribution) for node in groups) + f" = {text}"


def _sum(found: RoundExplanation) -> str:
    """The sum that ranks the bid: its line has an equals sign."""
    sums = [str(line).partition(": ")[2] for line in found.standing if " = " in str(line)]
    return sums[-1] if sums else ""


def _rank(found: RoundExplanation, last_round: str) -> str:
    """The rank; for a bid that was out earlier, or has none, why."""
    bid = found.bid
    if bid.rank is not None and found.id == last_round:
        return str(bid.rank)
    return f"out: {'; '.join(str(reason.message) for reason in bid.reasons)}"
