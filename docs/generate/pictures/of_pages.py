"""Which pages have which pictures, and what is said for those who do not see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

from docs.generate.pages import ROOT, Page
from docs.generate.pictures.axis import axis, written
from docs.generate.pictures.chart import LEFT, RIGHT, Bid, Chart, Line, drawn
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
    "china-order-87-goods",
    "china-order-87-services",
    "eu-best-price-quality-ratio",
    "india-qcbs",
    "italy-bilinear",
    "italy-inverse",
    "italy-proportional",
    "south-africa-80-20",
    "south-africa-90-10",
    "taiwan-total-score",
    "uk-linear",
    "uk-mean",
    "uk-relative-to-lowest",
    "un-70-30",
    "world-bank-qcbs",
)
_HELD = "The line is what any other value would have, the reference staying where it is."
_FREE = "The line is what any value has, whatever others offer."


@dataclass(frozen=True)
class Picture:
    """An SVG, what it shows in words, and a sentence for everybody."""

    svg: str
    words: str
    caption: str


def shown_parts() -> dict[str, Callable[[], str]]:
    """The parts of pages that work an example by hand, with its picture where it has one."""
    examples = {
        **{f"methods/{id_}": partial(first_example, f"docs/methods/{id_}.md") for id_ in METHODS},
        **{
            f"rankings/{id_}": partial(first_example, f"docs/rankings/{id_}.md") for id_ in RANKINGS
        },
        **{f"presets/{id_}": partial(preset_example, id_) for id_ in preset_ids()},
    }
    return {f"by hand {page}": partial(_shown, page, files) for page, files in examples.items()}


def _shown(page: str, files: Callable[[], Files]) -> str:
    found = f"Worked by hand:\n\n{worked(files())}"
    make = pictures().get(page)
    return found if make is None else f"{found}\n{_image(page, make())}"


def _image(page: str, picture: Picture) -> str:
    return f"![{picture.words}](../pictures/{page}.svg)\n\n{picture.caption}\n"


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
    return found


def _of_method(id_: str) -> Picture:
    rule = rule_of(first_example(f"docs/methods/{id_}.md"), scored_by(id_))
    return _of_rule(f"{id_}: the example on this page", rule)


def _of_preset(id_: str) -> Picture:
    return _of_rule(str(preset(id_).preset.title), rule_of(preset_example(id_), reads_price))


def first_example(page: str) -> Files:
    """The files of a page down to the first command."""
    found: dict[str, str] = {}
    for block in Page.read(page).blocks():
        if block.language == "console":
            break
        if block.file is not None:
            found[block.file] = block.text
    return found


def preset_example(id_: str) -> Files:
    """The files of a preset's own example."""
    node = preset(id_).document.root.get("example", "files")
    return {path: str(each.value) for path, each in (node.items() if node else ())}


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
