"""Files and folders, read within bounds: what is wrong with one is a problem, not an exception."""

from __future__ import annotations

import os
import posixpath
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.errors import Message, Place, Problem
from tenderscore.model.records import record
from tenderscore.model.refusals import reason_of

if TYPE_CHECKING:
    from collections.abc import Collection

TEXT_SUFFIXES = (".yaml", ".yml", ".json")
MOST_TEXT_BYTES = 16 * 2**20

# A named pipe that nobody writes to must not make opening it wait.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_TABLES = (".csv", ".xlsx")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = "\ufeff"


@record
class Listing:
    """The files of a folder, each as its path and the name that people know it by."""

    files: tuple[tuple[Path, str], ...]
    problems: tuple[Problem, ...] = ()


def list_folder(folder: Path, name: str, suffixes: Collection[str] = TEXT_SUFFIXES) -> Listing:
    """The files with these suffixes, in any case, that lie directly in a folder, by name.

    Hidden files are passed over. A link is followed where it stays inside the folder.
    """
    try:
        with os.scandir(folder) as scan:
            found = sorted(scan, key=_name)
    except OSError as error:
        return Listing((), (_unreadable(name, error),))
    files: list[tuple[Path, str]] = []
    problems = [_passed_over(each, name) for each in found if _looks_meant(each, suffixes)]
    for entry in found:
        if not _wanted(entry, suffixes):
            continue
        shown = posixpath.join(name, _shown(entry.name))
        problem = _name_problem(entry, shown) or _link_problem(entry, folder, shown)
        if problem is None:
            files.append((Path(entry.path), shown))
        else:
            problems.append(problem)
    return Listing(tuple(files), tuple(problems))


def read_text(path: Path, name: str, limit: int = MOST_TEXT_BYTES) -> str | Problem:
    """The text of a UTF-8 file of at most ``limit`` bytes, less its byte-order mark."""
    content = read_bytes(path, name, limit)
    if isinstance(content, Problem):
        return content
    if b"\0" in content or content.startswith(_WIDE_MARKS):
        return _binary(name)
    try:
        return content.decode().removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        return _not_utf8(name, content, error.start)


def read_bytes(path: Path, name: str, limit: int) -> bytes | Problem:
    """The bytes of a regular file, at most ``limit``; a larger one is not read at all."""
    try:
        descriptor = os.open(path, _OPENING)
        try:
            return _read(descriptor, name, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _not_a_file(name) if path.is_dir() else _unreadable(name, error)


def _read(descriptor: int, name: str, limit: int) -> bytes | Problem:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return _not_a_file(name)
    if status.st_size > limit:
        return _too_large(name, limit)
    content = os.read(descriptor, status.st_size + 1)
    # Short of its size, or still growing: go on to the end or the limit.
    while len(content) != status.st_size and len(content) <= limit:
        more = os.read(descriptor, limit + 1 - len(content))
        if not more:
            break
        content += more
    return content if len(content) <= limit else _too_large(name, limit)


def _wanted(entry: os.DirEntry[str], suffixes: Collection[str]) -> bool:
    return not entry.name.startswith(".") and Path(entry.name).suffix.lower() in suffixes


def _looks_meant(entry: os.DirEntry[str], suffixes: Collection[str]) -> bool:
    """Whether a file that is not read was probably to be: ``acme.yaml.txt``, a table of bids."""
    name = Path(entry.name.lower())
    suffix, before = name.suffix, name.stem
    if entry.name.startswith(".") or suffix in suffixes:
        return False
    return suffix in _TABLES or (suffix == ".txt" and before.endswith(tuple(suffixes)))


def _passed_over(entry: os.DirEntry[str], name: str) -> Problem:
    message = Message("this file is not read")
    if Path(entry.name).suffix.lower() in _TABLES:
        hint = Message("a table of bids takes the place of a whole folder: name it instead")
    else:
        hint = Message("take .txt off the end of its name")
    return Problem(
        "unread-file", message, Place(posixpath.join(name, _shown(entry.name))), hint, "warning"
    )


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _shown(name: str) -> str:
    r"""A file's name as text; bytes of it that are not UTF-8 as ``\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _name_problem(entry: os.DirEntry[str], shown: str) -> Problem | None:
    if _shown(entry.name) == entry.name:
        return None
    hint = Message("rename the file: a bid's id may follow from its file's name")
    return Problem("file-name", Message("the file's name is not UTF-8"), Place(shown), hint)


def _link_problem(entry: os.DirEntry[str], folder: Path, shown: str) -> Problem | None:
    if not entry.is_symlink():
        return None
    target = Path(os.path.realpath(entry.path))
    if target.is_relative_to(os.path.realpath(folder)):
        return None
    message = Message("this is a link that leads out of the folder")
    hint = Message("put the file itself here: a round is judged by what lies in its folders")
    return Problem("link-outside", message, Place(shown), hint)


def _not_a_file(name: str) -> Problem:
    message = Message("this is not a file, though it is named like one")
    return Problem("not-a-file", message, Place(name), Message("move it out of the way"))


def _too_large(name: str, limit: int) -> Problem:
    message = Message("this file is larger than {limit} MB and is not read", limit=limit // 2**20)
    return Problem("file-too-large", message, Place(name))


def _unreadable(name: str, error: OSError) -> Problem:
    reason = reason_of(error)
    return Problem(
        "file-unreadable", Message("this cannot be read: {reason}", reason=reason), Place(name)
    )


def _binary(name: str) -> Problem:
    message = Message("this is not UTF-8 text: UTF-16 perhaps, or no text at all")
    return Problem("not-utf8", message, Place(name), Message("save it again as UTF-8"))


def _not_utf8(name: str, content: bytes, offset: int) -> Problem:
    before = content[:offset].decode().removeprefix(_BYTE_ORDER_MARK)
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    message = Message("the byte {byte} here is not UTF-8", byte=f"0x{content[offset]:02x}")
    hint = Message("save the file again as UTF-8")
    return Problem("not-utf8", message, Place(name, line, column), hint)
