"""The features of a Prozorro tender: what each is worth at most, and what a bid has of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.located import Node
from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.values import Number
from tenderscore.sources.prozorro_form import TenderForm, word


@record
class Feature:
    """A feature with its steps; ``lot`` is the one that it is for, None for all."""

    code: str
    node: Node
    steps: tuple[Number, ...]
    lot: str | None

    @property
    def greatest(self) -> Number:
        """The most that it can be worth."""
        return max(self.steps, default=0)


class Features:
    """All features of a tender.

    One of the tenderer is for every lot, one of a lot or an item for that lot alone.
    """

    def __init__(self, form: TenderForm) -> None:
        self._form = form
        self._lots = self._lots_by_item()
        self._features = self._read()
        self._check_sums()

    def of(self, lot: str) -> Mapping[str, Feature]:
        """The features that count in a lot, by code."""
        return {
            feature.code: feature
            for feature in self._features.values()
            if feature.lot is None or feature.lot == lot
        }

    def greatest(self, lot: str) -> Fraction:
        """The sum of the greatest steps in a lot."""
        return sum((Fraction(each.greatest) for each in self.of(lot).values()), Fraction(0))

    def values(self, bid: Node, lot: str) -> list[Node]:
        """What a bid has of the features of a lot, as the numbers that it states."""
        stated = self._stated(bid)
        wanted = self.of(lot)
        for code, feature in wanted.items():
            if code not in stated:
                message = Message("the bid says nothing of the feature {code}: 0", code=code)
                at = bid.get("parameters") or bid
                self._form.note("prozorro-features", message, at)
            else:
                self._check_step(feature, stated[code])
        return [stated[code] for code in wanted if code in stated]

    def check_codes(self, bid: Node) -> None:
        """A bid's parameters are steps of features that the tender has, each once."""
        seen: set[str] = set()
        for parameter in self._form.mappings(bid, "parameters"):
            code = self._form.needed(parameter, "code")
            if code is None:
                continue
            if code.text not in self._features:
                message = Message("the tender has no feature {code}", code=code.text)
                self._form.tell("prozorro-features", message, code)
            elif code.text in seen:
                message = Message("the feature {code} is given twice", code=code.text)
                self._form.tell("prozorro-features", message, code)
            seen.add(code.text)

    def _stated(self, bid: Node) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for parameter in _mappings(bid.get("parameters")):
            code, value = word(parameter, "code"), parameter.get("value")
            if code is not None and value is not None:
                found.setdefault(code, value)
        return found

    def _check_step(self, feature: Feature, value: Node) -> None:
        if value.value not in feature.steps or isinstance(value.value, bool):
            steps = ", ".join(exact_text(Fraction(step)) for step in feature.steps)
            template = "{value} is no step of the feature {code}: {steps}"
            message = Message(template, value=value.text, code=feature.code, steps=steps)
            self._form.tell("prozorro-features", message, value)

    def _lots_by_item(self) -> dict[str, str]:
        found = {}
        for item in self._form.mappings(self._form.root, "items"):
            id_, lot = word(item, "id"), word(item, "relatedLot")
            if id_ is not None and lot is not None:
                found[id_] = lot
        return found

    def _read(self) -> dict[str, Feature]:
        found: dict[str, Feature] = {}
        for node in self._form.mappings(self._form.root, "features"):
            code = self._form.needed(node, "code")
            if code is None:
                continue
            steps = [self._form.number(step, "value") for step in self._form.mappings(node, "enum")]
            known = tuple(step for step in steps if step is not None)
            feature = Feature(code.text, node, known, self._lot(node))
            if found.setdefault(code.text, feature) is not feature:
                message = Message("the feature {code} is given twice", code=code.text)
                self._form.tell("prozorro-features", message, code)
        return found

    def _lot(self, node: Node) -> str | None:
        related = word(node, "relatedItem")
        match word(node, "featureOf"):
            case "lot":
                return related
            case "item" if related is not None:
                return self._lots.get(related)
        return None

    def _check_sums(self) -> None:
        for lot in {feature.lot or "" for feature in self._features.values()}:
            greatest = self.greatest(lot)
            if greatest >= 1:
                template = "the greatest steps of the features add up to {sum}, not to less than 1"
                message = Message(template, sum=exact_text(greatest))
                node = self._form.root.get("features") or self._form.root
                self._form.tell("prozorro-features", message, node)
                return


def _mappings(node: Node | None) -> Iterator[Node]:
    items = node.value if node is not None and isinstance(node.value, list) else []
    return (item for item in items if item.is_mapping)
