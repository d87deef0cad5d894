"""``spend: in_rank_order``: best total first, what fits is awarded, what does not is skipped."""

from __future__ import annotations

from tenderscore.award.programme import NOBODY, Choice, Programme


def in_rank_order(programme: Programme) -> Choice:
    """The choice that walking over all bids of all lots by total comes to.

    Equal totals come in the order of the lots, then of rank and vendor.
    """
    bids = [
        (-bid.total, lot, place)
        for lot, candidates in enumerate(programme.candidates)
        for place, bid in enumerate(candidates)
    ]
    choice = (NOBODY,) * len(programme.lots)
    for _, lot, place in sorted(bids):
        if choice[lot] == NOBODY:
            more = (*choice[:lot], place, *choice[lot + 1 :])
            if not programme.broken(programme.outcome(more)):
                choice = more
    return choice
