"""The award over lots as people read it: who gets what, and what each constraint costs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderscore.errors import Message
from tenderscore.model.award import MIX, Award, Constraint, LotAward
from tenderscore.model.numerals import exact_text
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation
from tenderscore.reports._decimals import total_decimals
from tenderscore.reports._lots import price_heading
from tenderscore.reports._rows import Figure, prices
from tenderscore.reports._words import Shown, Words, fixed, grouped


@record
class AwardedLot:
    """A lot with the vendor that gets it; ``figures`` stand under the award's heads."""

    lot: str
    vendor: str
    figures: tuple[Figure, ...]


@record
class AwardRows:
    """The award: one sentence, a row a lot, and sentences on constraints, packages and the rest.

    ``heads`` are those of the rows' figures: the total, the evaluated price where it decides, the
    price.
    """

    headline: str
    reached: bool
    heads: tuple[str, ...]
    lots: tuple[AwardedLot, ...]
    sentences: tuple[str, ...]


def award_rows(evaluation: Evaluation, words: Words) -> AwardRows | None:
    """What a report shows of the award; None where tender.yaml asks for none."""
    if not evaluation.award.asked:
        return None
    said = _Said(evaluation, words)
    return AwardRows(
        headline=words.say(said.headline()),
        reached=evaluation.award.status == "optimal",
        heads=tuple(said.heads()),
        lots=tuple(said.lots()),
        sentences=tuple(words.say(sentence) for sentence in said.sentences()),
    )


class _Said:
    """The sentences of one award in one language."""

    def __init__(self, evaluation: Evaluation, words: Words) -> None:
        self._evaluation = evaluation
        self._award: Award = evaluation.award
        self._words = words

    def headline(self) -> Message:
        """How it ended."""
        award = self._award
        if award.objective is None:
            clash = [c for c in award.constraints if c.id in award.clash]
            limits = self._words.joined(self._words.say(_limit(each)) for each in clash)
            if len(clash) == 1:
                return Message("No award: {limits} cannot be met", limits=limits)
            return Message("No award: {limits} cannot hold together", limits=limits)
        awarded = sum(lot is not None for lot in award.lots.values())
        template = "{awarded} of {n} lots awarded, {objective} (proven optimum, gap 0)"
        if award.spend == "in_rank_order":
            template = "{awarded} of {n} lots awarded in rank order, {objective}"
        objective = self._objective(award.objective)
        return Message(template, awarded=awarded, n=len(award.lots), objective=objective)

    def heads(self) -> Iterator[str]:
        """What stands over each figure of a row."""
        yield self._words.say(Message("Total"))
        if self._award.goal.reads_evaluated_prices:
            yield self._words.say(Message("Evaluated price"))
        yield price_heading(self._evaluation, self._words)

    def lots(self) -> Iterator[AwardedLot]:
        """A row a lot."""
        awards = self._award.lots
        for (id_, award), figures in zip(awards.items(), self._figures(), strict=True):
            title = self._words.title(self._evaluation.lots[id_].title)
            name = title if title == id_ else f"{title} ({self._words.name(id_)})"
            yield AwardedLot(name, self._vendor(award), figures)

    def _figures(self) -> Iterator[tuple[Figure, ...]]:
        awards = self._award.lots
        columns = [[self._total(id_, award) for id_, award in awards.items()]]
        if self._award.goal.reads_evaluated_prices:
            columns.append(prices([lot.evaluated if lot else None for lot in awards.values()]))
        columns.append(prices([lot.price if lot else None for lot in awards.values()]))
        return zip(*columns, strict=True)

    def sentences(self) -> Iterator[Message]:
        """On constraints, packages, lots that wait, and the optimum beside another award."""
        award = self._award
        for constraint in award.constraints if award.objective is not None else ():
            yield self._cost(constraint, award.objective or Fraction(0))
        for package in award.packages if award.objective is not None else ():
            template = "package of {vendor}, {discount}% off {lots}: not awarded"
            if package.awarded:
                template = "package of {vendor}, {discount}% off {lots}: awarded"
            discount = grouped(exact_text(package.discount))
            yield Message(
                template, vendor=package.vendor, discount=discount, lots=list(package.lots)
            )
        if award.by_id:
            template = "settled by the vendors' ids alone, all else being equal: {lots}"
            yield Message(template, lots=list(award.by_id))
        if award.waiting:
            template = "not awarded yet, since their evaluation has not ended: {lots}"
            yield Message(template, lots=list(award.waiting))
        yield from self._optimum()

    def _optimum(self) -> Iterator[Message]:
        optimum = self._award.optimum
        if optimum is not None:
            lots = [
                Message("{lot}: {vendor}", lot=id_, vendor=self._vendor(award))
                for id_, award in optimum.lots.items()
                if award is not None
            ]
            template = "the optimum beside it: {n} of {all} lots, {objective} ({lots})"
            objective = self._objective(optimum.objective)
            n, all_ = len(lots), len(optimum.lots)
            yield Message(template, n=n, all=all_, objective=objective, lots=lots)

    def _cost(self, constraint: Constraint, objective: Fraction) -> Message:
        limit, cost, lots = _limit(constraint), constraint.cost or Fraction(0), constraint.lots or 0
        if lots == 0 and cost == 0:
            return Message("{limit} costs nothing", limit=limit)
        if lots == 0 and cost > 0:
            return Message("{limit} costs {cost}", limit=limit, cost=self._amount(cost))
        without = objective - cost if self._award.goal.adds_prices else objective + cost
        template = "{limit} costs {n} lots: without it {objective}"
        if lots == 1:
            template = "{limit} costs 1 lot: without it {objective}"
        elif lots <= 0:
            template = "without {limit}: {objective}, and {n} lots more"
        return Message(template, limit=limit, n=lots, objective=self._objective(without))

    def _objective(self, value: Fraction) -> Message:
        amount, goal = self._amount(value), self._award.goal
        if goal.goal == MIX:
            return self._mix(amount)
        if goal.goal == "price":
            return Message("prices of {amount} in all", amount=amount)
        if goal.goal == "evaluated_price":
            return Message("evaluated prices of {amount} in all", amount=amount)
        return Message("{amount} in all", amount=amount)

    def _mix(self, amount: Message | Shown) -> Message:
        goal = self._award.goal
        points, price, evaluated = map(exact_text, (goal.points, goal.price, goal.evaluated_price))
        shares = {"amount": amount, "points": points, "price": price, "evaluated": evaluated}
        template = "{amount} from {points}% points and {price}% price"
        if goal.reads_evaluated_prices:
            template = "{amount} from {points}% points and {evaluated}% evaluated price"
        if goal.reads_evaluated_prices and goal.price:
            template = (
                "{amount} from {points}% points, {price}% price and {evaluated}% evaluated price"
            )
        return Message(template, **shares)

    def _amount(self, value: Fraction) -> Message | Shown:
        if not self._award.goal.adds_prices:
            return Message("{total} points", total=grouped(exact_text(value)))
        (amount,), currency = prices([value]), self._evaluation.tender.currency
        return Shown(
            amount.text if currency is None else f"{self._words.name(currency)} {amount.text}"
        )

    def _vendor(self, award: LotAward | None) -> Shown:
        if award is None:
            return Shown(self._words.say(Message("not awarded")))
        return self._words.named(award.vendor, award.name)

    def _total(self, lot: str, award: LotAward | None) -> Figure:
        if award is None or award.total is None:
            return Figure()
        decimals = total_decimals(self._evaluation.lots[lot].rounds[-1])
        return Figure(fixed(award.total, decimals), award.total, decimals)


def _limit(constraint: Constraint) -> Message:
    limit = constraint.limit
    text = limit if isinstance(limit, str) else grouped(exact_text(limit))
    return Message("{id}: {limit}", id=constraint.id, limit=text)
