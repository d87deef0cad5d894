"""The options that several commands share, and how a choice is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from tenderscore.errors import Message, UsageError

FORMATS = ("table", "json", "csv", "markdown", "html", "xlsx", "pdf")
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def _language(word: str) -> str:
    if word in LANGUAGES:
        return word
    from tenderscore.model.suggestions import did_you_mean  # noqa: PLC0415 - costs start-up time

    raise UsageError(Message("unknown language {word!r}", word=word), did_you_mean(word, LANGUAGES))


Bids: TypeAlias = Annotated[
    Path, typer.Argument(metavar="BIDS", help="The folder of bids, or one table (CSV or XLSX).")
]
Tender: TypeAlias = Annotated[
    Path | None,
    typer.Option("--tender", metavar="FILE", help="Instead of tender.yaml beside BIDS."),
]
Criteria: TypeAlias = Annotated[
    Path | None,
    typer.Option("--criteria", metavar="DIR", help="Instead of criteria/ beside BIDS."),
]
Scores: TypeAlias = Annotated[
    Path | None,
    typer.Option("--scores", metavar="DIR", help="Instead of scores/ beside BIDS."),
]
Rates: TypeAlias = Annotated[
    Path | None,
    typer.Option("--rates", metavar="FILE", help="Instead of rates.yaml beside BIDS."),
]
Lots: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--lot", metavar="ID", help="This lot alone; may be given several times."),
]
Until: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="ROUND", help="Stop after this round: no winner, just its shortlist."
    ),
]
Form: TypeAlias = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        help="What standard output gets.",
    ),
]
Outputs: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        metavar="FILE",
        help="Also write a file, in the format of its extension; may be given several times.",
    ),
]
Language: TypeAlias = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        help="The language of titles and messages.",
        callback=_language,
    ),
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", help="Say nothing of warnings and of what was written.")
]
