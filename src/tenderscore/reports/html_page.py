"""One HTML page with all that it needs in it: no script, nothing from a network."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tenderscore.model.records import record
from tenderscore.model.result import Evaluation
from tenderscore.reports._award import award_rows
from tenderscore.reports._lots import about, counts_line, heading, warning_row
from tenderscore.reports._marks import DRAWN
from tenderscore.reports._rows import OUTCOMES, standing_cells
from tenderscore.reports._sections import sections, segments
from tenderscore.reports._style import Style
from tenderscore.reports._words import Words

_TOP = 1000


@record
class HtmlPage:
    """``--format html``: a page to publish, print or mail."""

    def render(self, evaluation: Evaluation, style: Style) -> bytes:
        """The whole page."""
        words = Words.people(style.language)
        top = max(style.top, _TOP)
        shown = evaluation.warnings[:top]
        content = _page().render(
            **_speaking(words),
            language=style.language,
            heading=heading(evaluation, words),
            about=about(evaluation, words),
            lots=sections(evaluation, top, words),
            award=award_rows(evaluation, words),
            currency=evaluation.tender.currency and words.name(evaluation.tender.currency),
            warnings=[warning_row(problem, words) for problem in shown],
            more_warnings=len(evaluation.warnings) - len(shown),
            counts=counts_line(evaluation.counts, words),
        )
        return content.encode()


def _speaking(words: Words) -> dict[str, object]:
    """What the template says its own sentences with."""
    return {
        "_": words.translate,
        "more": words.more,
        "outcomes": {key: words.say(word) for key, word in OUTCOMES.items()},
    }


@cache
def _page() -> Template:
    environment = Environment(
        loader=PackageLoader("tenderscore.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["segments"] = segments
    environment.filters["standing"] = standing_cells
    environment.globals["marks"] = DRAWN
    return environment.get_template("page.html")
