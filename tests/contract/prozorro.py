"""A tender in the form of Prozorro's interface, made up: two lots, three bids, two features."""

from __future__ import annotations

import copy
import json
from typing import Any

TENDER: dict[str, Any] = {
    "tenderID": "UA-2026-01-15-000001-a",
    "procurementMethodType": "aboveThreshold",
    "awardCriteria": "lowestCost",
    "status": "complete",
    "title": "Папір і конверти",
    "title_en": "Paper and envelopes",
    "procuringEntity": {"name": "Міська бібліотека"},
    "value": {"amount": 1500, "currency": "UAH", "valueAddedTaxIncluded": True},
    "tenderPeriod": {"endDate": "2026-01-20T10:00:00+02:00"},
    "lots": [
        {"id": "paper", "title": "Папір", "status": "complete", "value": {"amount": 1000}},
        {"id": "envelopes", "title": "Конверти", "title_en": "[TESTING] ", "status": "active"},
    ],
    "items": [
        {"id": "i1", "relatedLot": "paper"},
        {"id": "i2", "relatedLot": "envelopes"},
    ],
    "features": [
        {"code": "f1", "featureOf": "tenderer", "enum": [{"value": 0.1}, {"value": 0}]},
        {
            "code": "f2",
            "featureOf": "item",
            "relatedItem": "i1",
            "enum": [{"value": 0.2}, {"value": 0.1}, {"value": 0}],
        },
    ],
    "bids": [
        {
            "id": "b1",
            "status": "active",
            "date": "2026-01-19T09:00:00+02:00",
            "tenderers": [{"name": "Ясен", "identifier": {"id": "00000011"}}],
            "parameters": [{"code": "f1", "value": 0.1}, {"code": "f2", "value": 0.1}],
            "lotValues": [
                {
                    "relatedLot": "paper",
                    "value": {"amount": 1000, "currency": "UAH"},
                    "date": "2026-01-20T12:00:00+02:00",
                },
                {"relatedLot": "envelopes", "value": {"amount": 300, "currency": "UAH"}},
            ],
        },
        {
            "id": "b2",
            "status": "active",
            "date": "2026-01-19T10:00:00+02:00",
            "tenderers": [{"name": "Береза", "identifier": {"id": "00000022"}}],
            "parameters": [{"code": "f1", "value": 0}, {"code": "f2", "value": 0}],
            "lotValues": [
                {"relatedLot": "paper", "value": {"amount": 777.78, "currency": "UAH"}},
                {"relatedLot": "envelopes", "value": {"amount": 290, "currency": "UAH"}},
            ],
        },
        {
            "id": "b3",
            "status": "deleted",
            "date": "2026-01-18T10:00:00+02:00",
            "tenderers": [{"name": "Клен", "identifier": {"id": "00000033"}}],
        },
    ],
    "awards": [
        {
            "bid_id": "b2",
            "lotID": "paper",
            "status": "unsuccessful",
            "date": "2026-01-22T11:30:00+02:00",
            "title": "Ціна не обґрунтована",
            "description": "Пояснень не надано",
        },
        {"bid_id": "b1", "lotID": "paper", "status": "active", "date": "2026-01-23T11:30:00+02:00"},
    ],
}


def tender(change: Any = None) -> dict[str, Any]:
    """The tender after a change to it."""
    made = copy.deepcopy(TENDER)
    if change is not None:
        change(made)
    return made


def single(*prices: tuple[str, object, str], **keys: Any) -> dict[str, Any]:
    """A tender without lots and features: a bid for each vendor, price and time."""
    return {
        "tenderID": "UA-2026-02-01-000002-a",
        "procurementMethodType": "belowThreshold",
        "value": {"amount": 100, "currency": "UAH"},
        "bids": [
            {
                "id": f"bid-{vendor}",
                "date": date,
                "tenderers": [{"name": vendor, "identifier": {"id": vendor}}],
                "value": {"amount": price, "currency": "UAH"},
            }
            for vendor, price, date in prices
        ],
        **keys,
    }


def text(made: Any) -> str:
    """A tender's file."""
    return json.dumps(made, ensure_ascii=False, indent=1)
