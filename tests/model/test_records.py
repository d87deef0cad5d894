"""Records are given their fields once, are equal where these are, and never change."""

import copy
import pickle
from dataclasses import FrozenInstanceError, field

import pytest

from tenderscore.model.records import record, replace


@record
class Offer:
    vendor: str
    price: int
    lots: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False, repr=False)

    def __str__(self):
        return f"{self.vendor} for {self.price}"


class TestRecord:
    def test_fields_are_given_in_order_by_name_or_not_at_all(self):
        assert Offer("acme", 5, ["it"]) == Offer(price=5, vendor="acme", lots=["it"])
        assert Offer("acme", 5).lots == []
        assert Offer("acme", 5).lots is not Offer("acme", 5).lots

    @pytest.mark.parametrize(
        ("given", "named"),
        [
            (("acme",), {}),
            ((), {"price": 5}),
            (("acme", 5), {"vendor": "bolt"}),
            (("acme", 5), {"cost": 1}),
            (("acme", 5, [], "", "more"), {}),
        ],
    )
    def test_what_does_not_fit_its_fields_is_refused(self, given, named):
        with pytest.raises(TypeError, match="Offer takes vendor, price, lots, note"):
            Offer(*given, **named)

    def test_nothing_about_it_changes(self):
        offer = Offer("acme", 5)
        with pytest.raises(FrozenInstanceError):
            offer.price = 4
        with pytest.raises(FrozenInstanceError):
            del offer.price
        with pytest.raises(AttributeError):
            offer.discount = 1
        assert offer.price == 5

    def test_records_are_equal_where_their_compared_fields_are(self):
        assert Offer("acme", 5, [], "late") == Offer("acme", 5, [], "early")
        assert Offer("acme", 5) != Offer("acme", 6)
        assert Offer("acme", 5) != ("acme", 5, [], "")

    def test_equal_records_are_one_key(self):
        @record
        class Lot:
            id: str

        assert len({Lot("it"), Lot("it"), Lot("hr")}) == 2

    def test_it_shows_its_fields_and_keeps_its_own_text(self):
        assert repr(Offer("acme", 5)) == "Offer(vendor='acme', price=5, lots=[])"
        assert str(Offer("acme", 5)) == "acme for 5"

    def test_patterns_take_it_apart(self):
        match Offer("acme", 5):
            case Offer(vendor, price):
                assert (vendor, price) == ("acme", 5)

    def test_copies_are_equal(self):
        offer = Offer("acme", 5, ["it"])
        assert copy.deepcopy(offer) == pickle.loads(pickle.dumps(offer)) == offer  # noqa: S301
        assert copy.deepcopy(offer).lots is not offer.lots


def test_replace_leaves_the_first_as_it_was():
    offer = Offer("acme", 5, note="late")
    cheaper = replace(offer, price=4)
    assert (cheaper.price, cheaper.note, offer.price) == (4, "late", 5)
