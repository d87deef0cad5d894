"""Which pages have which pictures, and what is said for those who do not see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

from docs.generate import compared
from docs.generate.examples import first_example, preset_example
from docs.generate.pages import ROOT
from docs.generate.pictures.axis import axis, written
from docs.generate.pictures.chart import LEFT, RIGHT, Bid, Chart, Line, drawn
from docs.generate.pictures.picture import Picture
from docs.generate.pictures.quotients import evaluated_price, price_per_point
from docs.generate.pictures.rule import Files, Reference, Rule, reads_price, rule_of, scored_by
from docs.generate.worked import worked
from tenderscore.model.numerals import fixed_text, half_up
from tenderscore.pipeline.rankings import RANKINGS
from tenderscore.sources.presets import preset, preset_ids

METHODS = (
    "linear",
    "interpolate",
    "bands",
    "ratio_to_best",
    "min_max",
    "excess_over_best",
    "deviation",
    "relative_to_mean",
    "bilinear",
)
SCORING_PRESETS = (
    "china-consultation-goods",
    "china-consultation-services",
    "china-order-87-goods",
    "china-order-87-services",
    "eu-best-price-quality-ratio",
    "india-qcbs",
    "italy-bilinear",
    "italy-inverse",
    "italy-proportional",
    "philippines-qcbe",
    "south-africa-80-20",
    "south-africa-90-10",
    "south-africa-2022-80-20",
    "south-africa-2022-90-10",
    "taiwan-total-score",
    "uk-linear",
    "uk-mean",
    "uk-relative-to-lowest",
    "un-70-30",
    "world-bank-qcbs",
)
RANKED = {
    "rankings/price_per_point": price_per_point,
    "presets/taiwan-price-per-point": price_per_point,
    "rankings/evaluated_price": evaluated_price,
    "presets/award-on-value": evaluated_price,
    "presets/china-order-87-lowest-price": evaluated_price,
    "presets/prozorro": evaluated_price,
}
_HELD = "The line is what any other value would have, the reference staying where it is."
_FREE = "The line is what any value has, whatever others offer."


def shown_parts() -> dict[str, Callable[[], str]]:
    """The parts of pages that work an example by hand, with its picture where it has one."""
    pages = [f"methods/{id_}" for id_ in METHODS]
    pages += [f"rankings/{id_}" for id_ in RANKINGS]
    pages += [f"presets/{id_}" for id_ in preset_ids()]
    return {f"by hand {page}": partial(_shown, page) for page in pages} | {
        "price rules": compared.compared
    }


def _shown(page: str) -> str:
    found = f"Worked by hand:\n\n{worked(example(page))}"
    make = pictures().get(page)
    return found if make is None else f"{found}\n{make().on_page(page)}"


def draw(page: str) -> None:
    """Put the picture of a page on the disk, if it has one and another stands there."""
    name = page.removeprefix("docs/").removesuffix(".md")
    make = pictures().get(name)
    if make is None:
        return
    path, fresh = place(name), make().svg
    if not path.exists() or path.read_text(encoding="utf-8") != fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fresh, encoding="utf-8")


def place(page: str) -> Path:
    """Where the picture of a page stands."""
    return ROOT / "docs" / "pictures" / f"{page}.svg"


@cache
def pictures() -> dict[str, Callable[[], Picture]]:
    """What makes each picture, by the path of its page without extension."""
    found: dict[str, Callable[[], Picture]] = {}
    for id_ in METHODS:
        found[f"methods/{id_}"] = cache(partial(_of_method, id_))
    for id_ in SCORING_PRESETS:
        found[f"presets/{id_}"] = cache(partial(_of_preset, id_))
    for page, make in RANKED.items():
        found[page] = cache(partial(_of_ranking, page, make))
    return found | {compared.NAME: compared.picture}


def example(page: str) -> Files:
    """The round that a page has as its example."""
    kind, _, id_ = page.partition("/")
    return preset_example(id_) if kind == "presets" else first_example(f"docs/{page}.md")


def _of_ranking(page: str, make: Callable[[str, Files], Picture]) -> Picture:
    kind, _, id_ = page.partition("/")
    title = preset(id_).preset.title if kind == "presets" else f"{id_}: the example on this page"
    return make(str(title), example(page))


def _of_method(id_: str) -> Picture:
    rule = rule_of(first_example(f"docs/methods/{id_}.md"), scored_by(id_))
    return _of_rule(f"{id_}: the example on this page", rule)


def _of_preset(id_: str) -> Picture:
    return _of_rule(str(preset(id_).preset.title), rule_of(preset_example(id_), reads_price))


def _of_rule(title: str, rule: Rule) -> Picture:
    numbers = [each.offers for each in rule.bids] + [each.at for each in rule.references]
    chart = Chart(
        title=title,
        across=axis([*numbers, *rule.turns], LEFT, RIGHT),
        across_title=rule.measures.replace("_", " "),
        lines=(Line(rule.method, rule.points, (*numbers, *rule.turns)),),
        bids=tuple(
            Bid(f"{b.name} {fixed_text(b.points, 2)}", b.offers, b.points) for b in rule.bids
        ),
        marks=tuple((_said(each), each.at) for each in rule.references),
    )
    return Picture(drawn(chart), "; ".join(_told(rule)) + ".", _HELD if rule.references else _FREE)


def _told(rule: Rule) -> Iterator[str]:
    bids = [
        f"{b.name} offers {_short(b.offers)} and has {fixed_text(b.points, 2)}" for b in rule.bids
    ]
    yield f"Points against {rule.measures.replace('_', ' ')}: {', '.join(bids)}"
    yield from map(_said, rule.references)


def _said(reference: Reference) -> str:
    if reference.at == reference.value:
        return f"{reference.name} {_short(reference.at)}"
    return f"{reference.name} {_short(reference.value)}, a price of {_short(reference.at)}"


def _short(number: Fraction) -> str:
    """A number, of which two decimals will do."""
    text = written(number)
    if len(text.partition(".")[2]) <= 2:
        return text
    return written(half_up(number, 2))
