"""What stands on a sheet, in the evaluator's language: the same words in a workbook and in text."""

from __future__ import annotations

from functools import cache

from tenderscore.errors import Message
from tenderscore.model.numerals import exact_text
from tenderscore.model.text import LANGUAGES, Title
from tenderscore.reports._words import WORKING, Words
from tenderscore.sheets.score_sheet import ABSTAIN, Block, Question, ScoreSheet


class Labels:
    """The words of one sheet."""

    def __init__(self, language: str) -> None:
        self.words = Words.people(language, WORKING)
        self.abstain = self.words.say(ABSTAIN)

    def say(self, message: Message) -> str:
        """A sentence."""
        return self.words.say(message)

    def lines(self, title: Title | Message | None) -> str:
        """A text of the buyer's; its line breaks stay, nothing else in it is invisible."""
        if title is None:
            return ""
        if isinstance(title, Message):
            return self.say(title)
        lines = title.text(self.words.language).strip().splitlines()
        return "\n".join(self.words.show(line.rstrip()) for line in lines)

    def heading(self, sheet: ScoreSheet) -> str:
        """``Outsourced operations: Final``."""
        tender = sheet.tender_title or Title(sheet.tender or "")
        return self.words.headed(self.lines(tender), self.lines(sheet.round_title)).lstrip(": ")

    def criterion(self, question: Question) -> tuple[str, str, str]:
        """What a criterion belongs to, its title, its guidance; empty where it has none."""
        above = " / ".join(self.lines(title) for title in question.above)
        return above, self.lines(question.title), self.lines(question.guidance)

    def rules(self, question: Question) -> str:
        """The scale, and which scores need a comment."""
        wanted = question.comment_wanted()
        scale = self.say(question.scale())
        if wanted is None:
            return scale
        return self.say(Message("{scale}. {wanted}", scale=scale, wanted=self.say(wanted)))

    def rubric(self, question: Question) -> list[tuple[str, str]]:
        """Each score of the rubric with what it means, the highest first."""
        meanings = reversed(question.rubric)
        return [(exact_text(score), self.lines(meaning)) for score, meaning in meanings]

    def refusal(self, question: Question) -> str:
        """What is said of a score that the scale does not have."""
        template = "A score here is {scale}, or “{abstain}”."
        scale = self.say(question.scale())
        return self.say(Message(template, scale=scale, abstain=self.abstain))

    def how(self) -> str:
        """How a sheet is filled."""
        template = (
            "Fill the yellow cells: a score in every line, and in the comment what it rests on. "
            "Write “{abstain}” where you cannot or must not score: that is neither 0 nor missing. "
            "Everything else is locked."
        )
        return self.say(Message(template, abstain=self.abstain))

    def heads(self) -> list[str]:
        """The heads of the columns."""
        heads = (
            *(Message("Vendor"), Message("Criterion"), Message("What the scores mean")),
            *(Message("Score"), Message("Comment")),
        )
        return [self.say(head) for head in heads]

    def vendor(self, block: Block) -> str:
        """Who is scored."""
        return self.say(block.name) if isinstance(block.name, Message) else block.name

    def progress(self, size: int, *, several: bool) -> tuple[str, str]:
        """What stands before and after the number of scores given, in one lot or in several."""
        template = "All lots: {done} of {all} scored" if several else "{done} of {all} scored"
        before, after = self.words.translate(template).split("{done}")
        return before, after.replace("{all}", str(size))


def is_abstention(text: str) -> bool:
    """Whether a text is the word for abstaining, in any of the languages."""
    return text.strip().casefold() in _abstentions()


@cache
def _abstentions() -> frozenset[str]:
    return frozenset(Words.data(language).say(ABSTAIN).casefold() for language in LANGUAGES)
