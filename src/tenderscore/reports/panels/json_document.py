"""How the panel scored, as JSON, schema ``tenderscore/panel/1``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderscore.errors import Place
from tenderscore.model.panel_analysis import (
    Agreement,
    Case,
    Check,
    CriterionView,
    Ending,
    EvaluatorView,
    Finding,
    GivenScore,
    LotView,
    PanelAnalysis,
    Swing,
    Tally,
)
from tenderscore.model.records import record
from tenderscore.reports._json import Flat, Plain, Tree, document, number, place_keys, plain
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

SCHEMA = "tenderscore/panel/1"


@record
class JsonDocument:
    """``panel --format json``."""

    def render(self, analysis: PanelAnalysis, style: Style) -> bytes:
        """The whole document, UTF-8, with a final newline."""
        words = Words.data(style.language)
        rules = analysis.rules
        return document(
            {
                "schema": SCHEMA,
                "rules": Flat({"striking": plain(rules.striking), "high": plain(rules.high)}),
                "evaluators": [_evaluator(each) for each in analysis.evaluators],
                "criteria": [_criterion(each, words) for each in analysis.criteria],
                "agreement": Flat(_agreement(analysis.agreement)),
                "cases": map(_case, analysis.cases),
                "lots": [_lot(lot, words) for lot in analysis.lots],
                "signs": [
                    {"sign": sign.kind, **_finding(sign.finding, words)} for sign in analysis.signs
                ],
                "checks": [_check(check, words) for check in analysis.checks],
            }
        )


def _tally(tally: Tally) -> dict[str, Plain]:
    return {
        "given": tally.given,
        "due": tally.due,
        "abstained": tally.abstained,
        "out": tally.out,
    }


def _evaluator(view: EvaluatorView) -> Flat:
    return Flat(
        {
            "id": view.id,
            "name": view.name,
            **_tally(view.tally),
            "severity": _number(view.severity),
            "consistency": view.consistency,
            "compared": view.compared,
        }
    )


def _criterion(view: CriterionView, words: Words) -> Flat:
    return Flat(
        {
            "id": view.id,
            "title": words.title(view.title),
            "round": view.round,
            **_tally(view.tally),
            "alpha": _number(view.alpha),
        }
    )


def _agreement(found: Agreement) -> dict[str, Plain]:
    return {
        "alpha": _number(found.alpha),
        "low": _number(found.low),
        "high": _number(found.high),
        "units": found.units,
        "samples": found.samples,
        "seed": found.seed,
    }


def _case(case: Case) -> dict[str, Tree]:
    return {
        "criterion": case.criterion,
        "round": case.round,
        "vendor": case.vendor,
        "lots": list(case.lots),
        "scale": [plain(end) for end in case.scale],
        "scores": [_score(mark) for mark in case.marks],
        "lacking": list(case.lacking),
        "abstained": list(case.abstained),
        "out": list(case.out),
        "mean": _number(case.mean),
        "median": _number(case.median),
        "spread": _number(case.spread),
        "agreed": _number(case.agreed),
        "disagreement": number(case.disagreement),
    }


def _score(mark: GivenScore) -> Flat:
    return Flat({"evaluator": mark.evaluator, "score": plain(mark.score), **place_keys(mark.place)})


def _lot(lot: LotView, words: Words) -> dict[str, Tree]:
    return {
        "id": lot.id,
        "title": words.title(lot.title),
        **_ending(lot.ending),
        "without": [
            Flat(
                {
                    "evaluator": each.evaluator,
                    "differs": each.ending != lot.ending,
                    **_ending(each.ending),
                }
            )
            for each in lot.without
        ],
        "steps": Flat({"tried": lot.tried, "evaluated": lot.evaluated}),
        "swings": [_swing(swing) for swing in lot.swings],
    }


def _ending(ending: Ending) -> dict[str, Plain]:
    return {
        "winner": ending.winner,
        "tie": list(ending.tie),
        "shortlist": list(ending.shortlist),
        "pending": list(ending.pending),
    }


def _swing(swing: Swing) -> dict[str, Tree]:
    return {
        "criterion": swing.criterion,
        "round": swing.round,
        "vendor": swing.vendor,
        "step": plain(swing.step),
        "scores": [_score(mark) for mark in swing.marks],
        **_ending(swing.ending),
    }


def _check(check: Check, words: Words) -> dict[str, Tree]:
    return {
        "check": check.id,
        "looked_at": words.say(check.looked_at),
        "findings": [_finding(each, words) for each in check.findings],
    }


def _finding(finding: Finding, words: Words) -> dict[str, Tree]:
    return {
        "message": words.say(finding.message),
        "lot": finding.lot,
        "vendor": finding.vendor,
        "criterion": finding.criterion,
        "evaluators": list(finding.evaluators),
        "places": _places(finding.places),
    }


def _places(places: Sequence[Place]) -> list[Flat]:
    return [Flat(place_keys(place)) for place in places]


def _number(value: Fraction | None) -> float | None:
    return None if value is None else number(value)
