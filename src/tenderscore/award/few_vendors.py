"""The optimum of a programme that bounds the number of vendors: ``vendors: {at_most: 3}``.

As a mixed integer programme it is hard to prove: where any three of a hundred vendors may share
the lots, parts of many vendors together are worth far more. So the vendors are found by a search of
their own (``vendor_search``); who gets which lot, once they are known, is a question like others.
"""

from __future__ import annotations

from collections.abc import Collection

from tenderscore.award.limits import IncumbentsEach, LotsPerVendor, VendorsAtMost
from tenderscore.award.optimum import Search, Worth, each_for_itself
from tenderscore.award.programme import Choice, Programme
from tenderscore.award.vendor_search import FewVendors, Found, good_vendors
from tenderscore.award.vendor_table import Caps, Table, Vendors

_COUNTED = LotsPerVendor, IncumbentsEach
_MOST_SEARCHES, _FEW_SEARCHES = 2_000, 600


class TooLongError(Exception):
    """Too many sets of vendors took a search of their own."""


def of_few_vendors(programme: Programme) -> Choice | None:
    """The optimum; None where there is none, or where the search takes too long."""
    most = min(int(each.limit) for each in programme.limits if isinstance(each, VendorsAtMost))
    others = [each for each in programme.limits if not isinstance(each, VendorsAtMost)]
    programme = programme.with_limits(others)
    if not any(programme.candidates):
        return None
    if not any(isinstance(each, _COUNTED) for each in others):
        return _found(programme, most, {}, _MOST_SEARCHES)
    # How many lots a vendor may have seldom binds those that are found without a look at it; where
    # it does, each vendor's lots are counted, which takes longer.
    choice = _found(programme, most, {}, _FEW_SEARCHES)
    return choice or _counted(programme, most)


def _counted(programme: Programme, most: int) -> Choice | None:
    caps = _caps(programme)
    lots = sum(1 for among in programme.candidates if among)
    if sum(sorted(caps.values(), reverse=True)[:most]) < lots:
        return None
    return _found(programme, most, caps, _MOST_SEARCHES)


def _found(programme: Programme, most: int, caps: Caps, searches: int) -> Choice | None:
    lots = _Lots(programme, most, caps, searches)
    try:
        return FewVendors(lots.table, most, lots.best_of).choice()
    except TooLongError:
        return None


def _caps(programme: Programme) -> Caps:
    """How many lots each vendor may have."""
    bidders = {bid.vendor for among in programme.candidates for bid in among}
    caps = dict.fromkeys(sorted(bidders), len(programme.lots))
    for limit in programme.limits:
        if isinstance(limit, _COUNTED):
            bound = bidders & limit.vendors if isinstance(limit, IncumbentsEach) else bidders
            caps |= {vendor: min(int(limit.limit), caps[vendor]) for vendor in sorted(bound)}
    return caps


class _Lots:
    """What lots are worth under all other constraints, in the gains' whole units.

    A lot more is worth more than all that the lots can gain. With ``caps`` the vendors' lots are
    counted, and the constraints that say so have no price: it would be each vendor's own.
    """

    def __init__(self, programme: Programme, most: int, caps: Caps, searches: int) -> None:
        self._programme, self._caps, self._searches = programme, caps, searches
        priced = [each for each in programme.limits if not caps or not isinstance(each, _COUNTED)]
        self._search = Search(programme.with_limits(priced))
        self.table = self._priced(most, None)
        if not self._search.is_plain:
            # The constraints' prices had better be those of vendors that may well be the best.
            good = good_vendors(self.table.worth, min(most, len(self.table.vendors)))
            self.table = self._priced(most, self._names(good))

    def best_of(self, vendors: Vendors, least: int | None) -> Found | None:
        """The best choice among some vendors; None where none is worth so much."""
        programme = self._programme.among(self._names(vendors))
        choice = each_for_itself(programme)
        if choice is None:
            search = self._search_of(programme)
            if least is not None and self._whole(search.most_worth) < least:
                return None
            choice = search.choice()
        if choice is None:
            return None
        outcome = programme.outcome(choice)
        holders = {lot: bid.vendor for lot, bid in outcome.chosen.items()}
        places = self.table.places([holders.get(lot) for lot in programme.lots])
        return self._whole(outcome.worth), places

    def _whole(self, worth: Worth) -> int:
        """Lots and gain counted together, in the whole units of this search and no other."""
        lots, gain = worth
        return self._search.a_lot * lots + gain // self._search.unit

    def _search_of(self, programme: Programme) -> Search:
        self._searches -= 1
        if self._searches < 0:
            raise TooLongError
        return Search(programme)

    def _priced(self, most: int, vendors: Collection[str] | None) -> Table:
        bound = self._search.bound_of_lots(vendors)
        return Table(self._programme, most, bound, self._caps)

    def _names(self, vendors: Collection[int]) -> set[str]:
        return {self.table.vendors[at] for at in vendors}
