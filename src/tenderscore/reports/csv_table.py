"""CSV for spreadsheets: a row for each bid in each round of each lot.

The columns are ``lot, round, rank, vendor, name, bid, outcome, total, price, reasons``, then
``carried:ROUND`` for each total that is carried over and ``points:CRITERION`` for each group and
criterion, by dotted id. Where something else than the total ranks, its value (``rank_sum``,
``price_per_point``) and ``rank:EVALUATOR`` stand before them. Where tender.yaml asks for an award,
``awarded`` and ``awarded_price`` (and ``awarded_evaluated_price`` where that decides) follow: they
are filled in the lot's last round for the bid that gets it. ``flags`` on low prices and
``decisions`` stand last where there are some. A bid that was set aside has a row without a round
whose outcome is the rule. Commas, CRLF, quotes as in RFC 4180; UTF-8 with a byte-order mark,
without which Excel takes Chinese for something else. Text that a spreadsheet would run as a formula
has an apostrophe before it; numbers are plain, with all their decimals where these end.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from io import StringIO

from tenderscore.model.award import LotAward
from tenderscore.model.numerals import decimal_places, fixed_text
from tenderscore.model.records import record
from tenderscore.model.result import BidResult, Evaluation, LotResult, RoundResult
from tenderscore.model.standing import Standing
from tenderscore.reports._json import number
from tenderscore.reports._rows import decisions, flags
from tenderscore.reports._style import Style
from tenderscore.reports._words import WORKING, Words

_FIXED = ("lot", "round", "rank", "vendor", "name", "bid", "outcome", "total", "price", "reasons")
_AWARDED = ("awarded", "awarded_price")
_COMPARED = "awarded_evaluated_price"
_FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_DECIMALS = 12


@record
class CsvTable:
    """``--format csv``: the ranking as rows and columns, for spreadsheets and data tools."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole file."""
        words = Words.people(style.language, WORKING)
        columns = list(_columns(evaluation, words))
        awards = evaluation.award.lots if evaluation.award.asked else {}
        columns += _AWARDED if awards else ()
        columns += (_COMPARED,) if evaluation.award.goal.reads_evaluated_prices else ()
        rounds = (round_ for lot in evaluation.lots.values() for round_ in lot.rounds)
        columns += ("flags",) if any(round_.flagged for round_ in rounds) else ()
        columns += ("decisions",) if evaluation.decisions else ()
        rows = (
            row for lot in evaluation.lots.values() for row in _rows(lot, awards.get(lot.id), words)
        )
        return table([*_FIXED, *columns], rows)


def table(columns: list[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as a CSV file; what a row lacks is empty."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """Text that no spreadsheet runs as a formula.

    >>> inert("=cmd()"), inert("Acme = good"), inert("'=x")
    ("'=cmd()", 'Acme = good', "''=x")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def revived(text: str) -> str:
    """Text that ``inert`` wrote, as it was.

    >>> revived(inert("=cmd()")), revived(inert("'=x")), revived("'tis")
    ('=cmd()', "'=x", "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def decimal(value: Fraction | None) -> str:
    """A number's text: exact where its decimals end soon, else the nearest float's.

    >>> decimal(Fraction(329, 4)), decimal(Fraction(1, 3)), decimal(None)
    ('82.25', '0.3333333333333333', '')
    """
    if value is None:
        return ""
    places = decimal_places(value)
    short = places is not None and places <= _DECIMALS
    return fixed_text(value, places or 0) if short else repr(number(value))


def _columns(evaluation: Evaluation, words: Words) -> Iterable[str]:
    rounds = [round_ for lot in evaluation.lots.values() for round_ in lot.rounds]
    carried = [f"carried:{id_}" for round_ in rounds for id_ in round_.carry_over]
    points = [f"points:{node.id}" for round_ in rounds for node in round_.nodes]
    measures = [round_.measure for round_ in rounds if round_.measure is not None]
    ranked = [measure.id for measure in measures]
    ranked += [_rank_of(who, words) for measure in measures for who in measure.evaluators]
    return dict.fromkeys([*ranked, *carried, *points])


def _rows(lot: LotResult, award: LotAward | None, words: Words) -> Iterator[dict[str, str]]:
    for round_ in lot.rounds:
        for bid in round_.bids:
            row = _bid(lot, round_, bid, words)
            if award is not None and round_ is lot.rounds[-1] and bid.vendor == award.vendor:
                row |= dict(zip(_AWARDED, ("yes", decimal(award.price)), strict=True))
                row |= {} if award.evaluated is None else {_COMPARED: decimal(award.evaluated)}
            yield row
    for aside in lot.set_aside:
        yield {
            "lot": inert(words.show(lot.id)),
            "vendor": inert(words.show(aside.vendor)),
            "name": inert(words.show(aside.name)),
            "bid": inert(words.show(aside.bid)),
            "outcome": aside.rule,
            "reasons": inert(words.say(aside.message)),
        }


def _rank_of(evaluator: str, words: Words) -> str:
    return f"rank:{words.show(evaluator)}"


def _standing(standing: Standing | None, words: Words) -> dict[str, str]:
    if standing is None:
        return {}
    ranks = {_rank_of(who, words): decimal(rank) for who, rank in standing.ranks.items()}
    return {standing.measure.id: decimal(standing.value), **ranks}


def _bid(lot: LotResult, round_: RoundResult, bid: BidResult, words: Words) -> dict[str, str]:
    reasons = "; ".join(words.say(reason.message) for reason in bid.reasons)
    return {
        "lot": inert(words.show(lot.id)),
        "round": inert(words.show(round_.id)),
        "rank": "" if bid.rank is None else str(bid.rank),
        "vendor": inert(words.show(bid.vendor)),
        "name": inert(words.show(bid.name)),
        "bid": inert(words.show(bid.bid)),
        "outcome": bid.outcome,
        "total": decimal(bid.total),
        "price": decimal(bid.price),
        "reasons": inert(reasons),
        **_standing(bid.standing, words),
        **{f"carried:{id_}": decimal(total) for id_, total in bid.carried.items()},
        **{f"points:{result.id}": decimal(result.points) for result in bid.criteria},
        **({"flags": inert(flags(bid, words))} if bid.flags else {}),
        **({"decisions": inert(decisions(bid, words))} if bid.decisions else {}),
    }
