"""A line on standard error that says what takes long, while it does."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from tenderscore.cli.console import Console, is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderscore.errors import Message

_PATIENCE = 1.0
_ERASED = "\r\x1b[2K"


@contextmanager
def working(console: Console, doing: Message) -> Iterator[None]:
    """Say what is being done, and for how long, where somebody watches and it takes a while."""
    if console.quiet or not is_terminal(sys.stderr):
        yield
        return
    done = Event()
    clock = Thread(target=_tell, args=(console, doing, done), daemon=True)
    clock.start()
    try:
        yield
    finally:
        done.set()
        clock.join()


def _tell(console: Console, doing: Message, done: Event) -> None:
    begun = monotonic()
    told = False
    while not done.wait(_PATIENCE):
        seconds = round(monotonic() - begun)
        console.say(f"{_ERASED}{console.words().say(doing)} {seconds} s")
        told = True
    if told:
        console.say(_ERASED)
