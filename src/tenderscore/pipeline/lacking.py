"""Why a bid has no value for a rule: a fact that it does not give, or a sum that comes to nothing.

What the lot or the tender does not give is missed where the rule stands, once for all bids; what a
bid gives and no sum can take, where the fact stands.
"""

from __future__ import annotations

from tenderscore.errors import Message
from tenderscore.expressions import Expression, Lack
from tenderscore.model.records import record
from tenderscore.model.references import Reference
from tenderscore.model.values import Path


@record
class Lacking:
    """What an offer has no value for.

    ``fact`` is the fact of the bid that is absent, or that a sum could not take; None where the
    rule itself is at fault. ``reason`` says what is wrong where that is no plain absence.
    ``reference`` is what the lot or the tender does not give.
    """

    fact: Path | None
    name: str
    reason: Message | None = None
    reference: Reference | None = None

    @property
    def told(self) -> Message:
        """It in words."""
        return self.reason or Message("{fact} is missing", fact=self.name)

    def message(self, vendor: str, lot: str, criterion: str, *, needed: bool) -> Message:
        """What it means for a bid's points."""
        template = _TEMPLATES[needed][self._form]
        return Message(
            template, vendor=vendor, lot=lot, criterion=criterion, fact=self.name, reason=self.told
        )

    @property
    def _form(self) -> str:
        if self.reference is not None:
            return "lot"
        return "fact" if self.reason is None else "sum"


_TEMPLATES = {
    False: {
        "fact": "{vendor} gives no {fact}: 0 points for {criterion}",
        "sum": "{vendor}: {reason}: 0 points for {criterion}",
        "lot": "{fact} is absent in lot {lot}: 0 points for {criterion}",
    },
    True: {
        "fact": "{vendor} gives no {fact}, which {criterion} needs",
        "sum": "{vendor}: {reason}, and {criterion} needs a value",
        "lot": "{fact} is absent in lot {lot}, and {criterion} needs it",
    },
}


def lacking_in(expression: Expression, lack: Lack) -> Lacking:
    """What the value of an expression lacks."""
    if lack.why == "absent":
        return _absent(*lack.reads[0])
    fact = next((path for root, path in lack.reads if root == "bid"), None)
    return Lacking(fact, expression.text, _reason(expression, lack))


def _absent(root: str, path: Path) -> Lacking:
    if root == "bid":
        return Lacking(path, ".".join(path))
    reference = Reference(root, path)
    reason = Message("{reference} is absent in this lot", reference=reference)
    return Lacking(None, str(reference), reason, reference)


def _reason(expression: Expression, lack: Lack) -> Message:
    text = " ".join(expression.text.split())
    if lack.why == "zero":
        return Message("{expression} divides by zero", expression=text)
    root, path = next(iter(lack.reads), ("bid", ()))
    name = ".".join(path if root == "bid" else (root, *path)) or text
    if lack.why == "empty":
        return Message("{fact} is an empty list", fact=name)
    return Message("{fact} has an empty item", fact=name)
