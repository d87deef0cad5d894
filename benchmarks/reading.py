"""Ten thousand YAML bids from disk to located nodes, against composing the same bytes in memory."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.timing import Ratio, compared
from tenderscore.sources import read_documents

BIDS = 10_000
BID = """\
vendor: {{id: v-{number:05d}, country: CN, name: Vendor {number} 外包服务, location: [{place}]}}
received: 2026-03-{day:02d}T{hour:02d}:12:00+08:00
qualifications: {{business_licence: true, tax_registration: true}}
experience:
  years: {years}
  similar_projects: {projects}
  certificates: [ISO27001, ISO9001]
finances:
  revenue: {revenue}
  assets: {assets}
  liabilities: 24_000_000
  credit_rating: AA
service: {{response_hours: {hours}, local_staff: {staff}, plan: "On site, 24/7"}}
price: {{amount: {price}, currency: CNY}}
offers:
  it-support: {{price: {price}, response_hours: 4}}
  marketing: {{price: {other_price}.50, campaigns: 3}}
evidence: {{experience.similar_projects: references.pdf}}
"""


def bid(number: int, chance: random.Random) -> str:
    """One bid of some 700 bytes, unlike the others."""
    return BID.format(
        number=number,
        place=f"{chance.randrange(18, 50)}.{chance.randrange(100):02d}, 114.{number % 97:02d}",
        day=chance.randrange(1, 31),
        hour=chance.randrange(24),
        years=chance.randrange(40),
        projects=chance.randrange(200),
        revenue=chance.randrange(10**6, 10**9),
        assets=chance.randrange(10**6, 10**9),
        hours=chance.randrange(1, 48) / 2,
        staff=chance.randrange(900),
        price=f"{chance.randrange(1, 9)}_{chance.randrange(100, 999)}_000",
        other_price=chance.randrange(10**5, 10**7),
    )


def main() -> list[Ratio]:
    """Opening, checking, decoding, parsing and typing, over PyYAML's C composer alone."""
    chance = random.Random(1)  # noqa: S311 - any bids will do, but the same each time
    contents = [bid(number, chance).encode() for number in range(BIDS)]
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:05d}.yaml") for number in range(BIDS)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)

        def read() -> None:
            for document in read_documents((path, path.name) for path in paths):
                if document.problems:
                    raise ValueError(document.problems)

        def compose() -> None:
            for content in contents:
                yaml.compose(content, Loader=yaml.CBaseLoader)

        name = "reading: 10,000 YAML bids from disk / composing their bytes with PyYAML's C parser"
        return [compared(name, read, compose, 1.5)]


if __name__ == "__main__":
    print(*(each.row for each in main()), sep="\n")
