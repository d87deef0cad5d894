"""Expressions in criteria and requirements: the arithmetic part of Python's syntax, exact.

An expression is read once, when the criteria are: unknown names, clashes of kinds and everything
outside the language are found there, each with its column. It is never run by ``eval``: what is
read becomes a chain of functions on exact fractions and instants.

>>> ratio = parse("bid.liabilities / bid.assets <= 0.4")
>>> ratio.reads
(('bid', ('liabilities',)), ('bid', ('assets',)))
>>> ratio.result_kind
'boolean'
>>> facts = {("liabilities",): 24_000_000, ("assets",): 60_000_000}
>>> ratio.evaluate(lambda root, path: facts.get(path))
True
>>> ratio.filled(lambda root, path: facts.get(path), str)
'24000000 / 60000000 <= 0.4'

What the language leaves to choose:

* A missing fact, a zero divisor, or ``min``, ``max`` or ``mean`` of nothing makes the whole value
  missing as soon as it is met, from the left. So does a null item where items are summed or
  compared by size. A ``Fault`` does the same with itself: the first of the two that is met decides.
* Values of different kinds are a clash in every comparison, ``==`` included; an item is looked for
  with ``in`` among items of which at least one is of its kind. A fact of the wrong kind would
  otherwise put a bid out without a word.
* Only numbers, dates and times of day have an order. Texts have one where both are dates or times:
  ratings and numbers in quotes sort by letters in ways that nobody means.
* ``len`` takes lists only.
"""

from tenderscore.expressions.error import ExpressionError
from tenderscore.expressions.expression import Expression, parse
from tenderscore.expressions.part import Lack

__all__ = ["Expression", "ExpressionError", "Lack", "parse"]
