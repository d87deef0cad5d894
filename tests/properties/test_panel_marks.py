"""Scores as columns, against the same sums score by score with fractions."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tenderscore.errors import Place
from tenderscore.model.evaluators import EvaluationPanel, Evaluator, Interest
from tenderscore.model.located import Document, Node
from tenderscore.model.panel import Score
from tenderscore.model.scores import ScoreColumns, Scores
from tenderscore.pipeline.marks import LotMarks
from tenderscore.scoring.panel import Panel

from .profile import searching

EVALUATORS, VENDORS, CRITERIA, LOTS = ("e1", "e2", "e3", "e4"), ("v1", "v2"), ("g.x", "g.y"), "ab"
NUMBERS = st.one_of(
    st.none(),
    st.fractions(0, 5, max_denominator=4),
    st.integers(0, 5),
    st.sampled_from([Fraction(1, 3), Fraction(10**20 + 1, 10**20)]),
)
WHERE = st.tuples(
    st.sampled_from(EVALUATORS),
    st.sampled_from(VENDORS),
    st.sampled_from(CRITERIA),
    st.sampled_from([None, *LOTS]),
)
GIVEN = st.dictionaries(WHERE, NUMBERS, max_size=40)
INTERESTS = st.lists(
    st.tuples(
        st.sampled_from(EVALUATORS),
        st.sampled_from([None, *VENDORS]),
        st.sampled_from([None, *LOTS]),
        st.booleans(),
    ).filter(lambda each: each[1] or each[2]),
    max_size=3,
)
WEIGHTS = st.tuples(*[st.fractions(Fraction(1, 7), 5, max_denominator=7)] * len(EVALUATORS))
AGGREGATES = st.sampled_from(["mean", "weighted_mean", "median", "trimmed_mean"])


def a_panel(weights, interests):
    """The evaluators with their weights and what they declared."""
    members = {}
    for id_, weight in zip(EVALUATORS, weights, strict=True):
        declared = [
            Interest(vendor=vendor, lot=lot, conflict=conflict, reason="r")
            for evaluator, vendor, lot, conflict in interests
            if evaluator == id_
        ]
        members[id_] = Evaluator(id=id_, weight=weight, interests=declared)
    return EvaluationPanel(members, Document("panel.yaml", Node(None, 1, 1)), {})


def columns(marks, parts):
    """The scores, some read one by one and some as tables."""
    scores = [
        Score(*where[:3], where[3], number, Place(f"{index % parts}.csv", index))
        for index, (where, number) in enumerate(marks.items())
    ]
    tables = [
        ScoreColumns.of([each for each in scores if each.place.file == file], file)
        for file in sorted({each.place.file for each in scores})
    ]
    return Scores((), tables) if parts > 1 else Scores(scores)


def counting(marks, interests, lot, criterion, vendor):
    """What counts by evaluator: the lot's own score first; no abstention, no conflict."""
    found = {}
    for evaluator in EVALUATORS:
        key = (evaluator, vendor, criterion)
        # A lot's own abstention goes before a score for every lot, as its own score does.
        number = marks.get((*key, lot), marks.get((*key, None)))
        out = any(
            conflict and who == evaluator and whom in {None, vendor} and where in {None, lot}
            for who, whom, where, conflict in interests
        )
        if number is not None and not out:
            found[evaluator] = Fraction(number)
    return found


def expected(aggregate, counted, weights):
    """The aggregate, in so many words."""
    numbers = sorted(counted.values())
    if not numbers:
        return None
    if aggregate == "weighted_mean":
        by_id = dict(zip(EVALUATORS, weights, strict=True))
        total = sum(by_id[id_] for id_ in counted)
        return sum(number * by_id[id_] for id_, number in counted.items()) / total
    if aggregate == "median":
        middle = numbers[(len(numbers) - 1) // 2 : len(numbers) // 2 + 1]
        return sum(middle) / len(middle)
    if aggregate == "trimmed_mean" and len(numbers) > 2:
        numbers = numbers[1:-1]
    return sum(numbers) / len(numbers)


@searching()
@given(GIVEN, INTERESTS, WEIGHTS, AGGREGATES, st.integers(1, 3))
def test_columns_bring_together_what_counts(marks, interests, weights, aggregate, parts):
    panel = a_panel(weights, interests)
    scores = columns(marks, parts)
    for lot in LOTS:
        lot_marks = LotMarks(scores, panel, lot)
        for criterion in CRITERIA:
            counted = [counting(marks, interests, lot, criterion, each) for each in VENDORS]
            found = lot_marks.aggregated(Panel(aggregate=aggregate), criterion, VENDORS)
            assert found == [expected(aggregate, each, weights) for each in counted]
            for vendor, by_id in zip(VENDORS, counted, strict=True):
                given_scores = lot_marks.counted(criterion, vendor)
                assert {each.evaluator: each.score for each in given_scores} == by_id
                assert lot_marks.count(criterion, vendor) == len(by_id)
