"""Output formats: an evaluation in, bytes out; one file each.

A new format is a file with a frozen class and one line in ``REPORTS``. Other packages add theirs by
an entry point in the group ``tenderscore.reports``. A format's module, and the library behind it,
is loaded when the format is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic

from tenderscore.errors import Message, TenderscoreError
from tenderscore.model.explanation import Explanation
from tenderscore.model.records import record
from tenderscore.model.result import Evaluation
from tenderscore.reports._style import Report, Style, Subject_contra

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from tenderscore.model.panel_analysis import PanelAnalysis
    from tenderscore.model.price_analysis import PriceAnalysis
    from tenderscore.model.seats import PanelCheck

__all__ = [
    "EXPLANATIONS",
    "PANELS",
    "PANEL_CHECKS",
    "PRICES",
    "REPORTS",
    "Format",
    "Report",
    "Style",
    "formats",
]


@record
class Format(Generic[Subject_contra]):
    """A report that is loaded when it renders; ``suffix`` is that of its files."""

    suffix: str
    target: str

    def render(self, subject: Subject_contra, style: Style) -> bytes:
        """The whole output."""
        report: Report[Subject_contra] = _loaded(self.target)()
        return report.render(subject, style)


def _loaded(target: str) -> type:
    module, name = target.split(":")
    found: type = getattr(import_module(module), name)
    return found


REPORTS: Mapping[str, Format[Evaluation]] = {
    "table": Format(".txt", "tenderscore.reports.terminal:Terminal"),
    "json": Format(".json", "tenderscore.reports.json_document:JsonDocument"),
    "csv": Format(".csv", "tenderscore.reports.csv_table:CsvTable"),
    "markdown": Format(".md", "tenderscore.reports.markdown:Markdown"),
    "html": Format(".html", "tenderscore.reports.html_page:HtmlPage"),
    "xlsx": Format(".xlsx", "tenderscore.reports.xlsx_workbook:XlsxWorkbook"),
    "pdf": Format(".pdf", "tenderscore.reports.pdf_document:PdfDocument"),
}

EXPLANATIONS: Mapping[str, Format[Explanation]] = {
    "table": Format(".txt", "tenderscore.reports.explanations.terminal:Terminal"),
    "json": Format(".json", "tenderscore.reports.explanations.json_document:JsonDocument"),
    "csv": Format(".csv", "tenderscore.reports.explanations.csv_table:CsvTable"),
    "markdown": Format(".md", "tenderscore.reports.explanations.markdown:Markdown"),
}

PANELS: Mapping[str, Format[PanelAnalysis]] = {
    "table": Format(".txt", "tenderscore.reports.panels.terminal:Terminal"),
    "json": Format(".json", "tenderscore.reports.panels.json_document:JsonDocument"),
    "csv": Format(".csv", "tenderscore.reports.panels.csv_table:CsvTable"),
    "markdown": Format(".md", "tenderscore.reports.panels.markdown:Markdown"),
}

PANEL_CHECKS: Mapping[str, Format[PanelCheck]] = {
    "table": Format(".txt", "tenderscore.reports.panel_checks.terminal:Terminal"),
    "json": Format(".json", "tenderscore.reports.panel_checks.json_document:JsonDocument"),
}

PRICES: Mapping[str, Format[PriceAnalysis]] = {
    "table": Format(".txt", "tenderscore.reports.prices.terminal:Terminal"),
    "json": Format(".json", "tenderscore.reports.prices.json_document:JsonDocument"),
    "csv": Format(".csv", "tenderscore.reports.prices.csv_table:CsvTable"),
    "markdown": Format(".md", "tenderscore.reports.prices.markdown:Markdown"),
}


def formats(found: Iterable[EntryPoint] | None = None) -> dict[str, Format[Evaluation]]:
    """``REPORTS`` and what other packages bring: ``pack = "package.module:Class"``.

    The class has a ``suffix`` (``.xml``) beside its ``render``.

    Raises:
        TenderscoreError: two reports have one id or one suffix.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - loads the parser of e-mails

    known = dict(REPORTS)
    for entry in entry_points(group="tenderscore.reports") if found is None else found:
        suffix = str(getattr(entry.load(), "suffix", f".{entry.name}"))
        clash = next(
            (one for one, form in known.items() if one == entry.name or form.suffix == suffix), None
        )
        if clash is not None:
            message = Message(
                "the report {name!r} ({suffix}) of {value} clashes with {other!r}",
                name=entry.name,
                suffix=suffix,
                value=entry.value,
                other=clash,
            )
            raise TenderscoreError(message)
        known[entry.name] = Format(suffix, entry.value)
    return known
