"""XLSX from the inside (ECMA-376): a ZIP archive of XML parts, taken apart within bounds.

Nothing here trusts the file: the archive's directory, what it unpacks to, the depth of its XML and
the size of its sheets are bounded, and a document type, the way to XML's entity bombs, is refused.
A reader in native code was tried and put aside: 1,300 bytes that claim four billion strings, or a
cell in the last row and column, made it end the process, and error cells came out as empty ones.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from tenderscore.errors import Message
from tenderscore.model.records import record

MOST_BYTES = 2**26
MOST_UNPACKED = 2**26
MOST_PARTS = 4096
DEEPEST = 64
_BLOCK = 2**16
_DIRECTORY_ENTRY = b"PK\x01\x02"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

_DATES: Final = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_ELAPSED: Final = 46
_NO_CODE = re.compile(r'"[^"]*"?|\\.|[_*].|general|e[+-]|\[(?![hms]+\])[^\]]*\]?', re.IGNORECASE)
_ELAPSED_CODE = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DATE_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)

# What the standard library raises for archives and XML that are not what they claim to be.
_DAMAGE: Final = (
    ArithmeticError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
    struct.error,
    zlib.error,
)

Attributes = dict[str, str]
Opened = Callable[[str, Attributes], None]
Closed = Callable[[str, str], None]


class WorkbookError(Exception):
    """The file is no workbook that can be read; the problem to report, less its place."""

    def __init__(self, code: str, message: Message, help_: Message | None = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.help = help_


@record
class Sheet:
    """A worksheet: its name, whether people see it, and the part that has its cells."""

    name: str
    is_visible: bool
    part: str


@record
class Formats:
    """Which cell styles show a number as a date or time of day, and which as time gone by."""

    dates: frozenset[int] = frozenset()
    elapsed: frozenset[int] = frozenset()


class Workbook:
    """The parts of a workbook that say what its cells mean."""

    def __init__(self, data: bytes) -> None:
        with _refusing():
            self._archive = _opened(data)
            self._left = MOST_UNPACKED
            book = self._target("_rels/.rels", "", "/officeDocument") or "xl/workbook.xml"
            relations = f"{dirname(book)}/_rels/{book.rpartition('/')[2]}.rels".lstrip("/")
            self._relations = self._read_relations(relations, dirname(book))
            self.counts_from_1904 = False
            self.sheets: list[Sheet] = []
            self._read_book(book)
            self.strings = self._read_strings()
            self.formats = self._read_formats()

    def parse(self, part: str, opened: Opened, closed: Closed) -> Iterator[None]:
        """Read a part: ``opened`` gets each element's name and attributes, ``closed`` its text.

        It pauses after each block, so that what has been read can be taken away.
        """
        with _refusing():
            parser = _parser(opened, closed)
            for block in self._blocks(part):
                parser.Parse(block, False)
                yield
            parser.Parse(b"", True)
            yield

    def _blocks(self, part: str) -> Iterator[bytes]:
        info = self._archive.getinfo(part)
        if info.flag_bits & 1:
            raise _locked()
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BadZipFile(part)
        with self._archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise _too_large()
                yield block

    def _parse_all(self, part: str, opened: Opened, closed: Closed) -> None:
        for _ in self.parse(part, opened, closed):
            pass

    def _read_relations(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """Of each relation its kind and the part that it leads to."""
        relations: dict[str, tuple[str, str]] = {}

        def opened(name: str, attributes: Attributes) -> None:
            if name == "Relationship":
                target = attributes.get("Target", "")
                path = normpath(join("/", folder, target)).lstrip("/")
                relations[attributes.get("Id", "")] = (attributes.get("Type", ""), path)

        self._parse_all(part, opened, _nothing)
        return relations

    def _target(self, part: str, folder: str, kind: str) -> str | None:
        relations = self._read_relations(part, folder)
        return next((path for type_, path in relations.values() if type_.endswith(kind)), None)

    def _related(self, kind: str) -> str | None:
        """The part of a kind, where the workbook has it."""
        paths = (path for type_, path in self._relations.values() if type_.endswith(kind))
        return next((path for path in paths if path in self._archive.NameToInfo), None)

    def _read_book(self, part: str) -> None:
        def opened(name: str, attributes: Attributes) -> None:
            if name == "workbookPr":
                self.counts_from_1904 = attributes.get("date1904", "0") in {"1", "true"}
            elif name == "sheet":
                id_ = next((v for key, v in attributes.items() if key.endswith(":id")), "")
                type_, path = self._relations.get(id_, ("", ""))
                if type_.endswith("/worksheet"):
                    visible = attributes.get("state", "visible") == "visible"
                    self.sheets.append(Sheet(attributes.get("name", ""), visible, path))

        self._parse_all(part, opened, _nothing)

    def _read_strings(self) -> list[str]:
        """The shared strings; what tells how a name is pronounced is no part of it."""
        strings: list[str] = []
        runs: list[str] = []
        is_aside = False

        def opened(name: str, _attributes: Attributes) -> None:
            nonlocal is_aside
            is_aside = is_aside or name == "rPh"

        def closed(name: str, text: str) -> None:
            nonlocal is_aside
            if name == "t" and not is_aside:
                runs.append(text)
            elif name == "rPh":
                is_aside = False
            elif name == "si":
                strings.append(unescaped("".join(runs)))
                runs.clear()

        part = self._related("/sharedStrings")
        if part is not None:
            self._parse_all(part, opened, closed)
        return strings

    def _read_formats(self) -> Formats:
        codes: dict[str, str] = {}
        styles: list[str] = []
        is_inside = False

        def opened(name: str, attributes: Attributes) -> None:
            nonlocal is_inside
            is_inside = is_inside or name == "cellXfs"
            if name == "numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name == "xf" and is_inside:
                styles.append(attributes.get("numFmtId", "0"))

        def closed(name: str, _text: str) -> None:
            nonlocal is_inside
            is_inside = is_inside and name != "cellXfs"

        part = self._related("/styles")
        if part is not None:
            self._parse_all(part, opened, closed)
        kinds = [_format_kind(number, codes.get(number)) for number in styles]
        return Formats(
            frozenset(style for style, kind in enumerate(kinds) if kind == "date"),
            frozenset(style for style, kind in enumerate(kinds) if kind == "elapsed"),
        )


def unescaped(text: str) -> str:
    """The text with ``_x000D_`` and the like as the characters that they stand for."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code == 0 or 0xD800 <= code < 0xE000 else chr(code)


def _format_kind(number: str, code: str | None) -> str:
    """What a number format shows: a date (or time of day), time gone by, or a plain number."""
    if code is None:
        known = int(number) if number.isdecimal() and len(number) < 4 else 0
        return "elapsed" if known == _ELAPSED else "date" if known in _DATES else ""
    section = _NO_CODE.sub("", code).partition(";")[0]
    if _ELAPSED_CODE.search(section):
        return "elapsed"
    return "date" if _DATE_CODE.search(section) else ""


def _opened(data: bytes) -> ZipFile:
    if data.startswith(_OLD_FORMAT):
        raise _locked()
    if data.count(_DIRECTORY_ENTRY) > MOST_PARTS:
        raise _too_large()
    return ZipFile(BytesIO(data))


def _parser(opened: Opened, closed: Closed) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0
    text: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _broken()
        text.clear()
        opened(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        closed(name.rpartition(":")[2] if ":" in name else name, "".join(text))
        text.clear()

    def refuse(*_declaration: object) -> None:
        raise _broken()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _nothing(_name: str, _text: str) -> None:
    pass


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever goes wrong in taking the file apart means that it is no workbook."""
    try:
        yield
    except _DAMAGE as error:
        raise _broken() from error


def _broken() -> WorkbookError:
    message = Message("this is no XLSX workbook, or it is damaged")
    help_ = Message("save it again as .xlsx in a spreadsheet program, or as CSV in UTF-8")
    return WorkbookError("broken-workbook", message, help_)


def _locked() -> WorkbookError:
    message = Message("this workbook has a password, or is an .xls of old")
    help_ = Message("save it as .xlsx without a password")
    return WorkbookError("broken-workbook", message, help_)


def _too_large() -> WorkbookError:
    message = Message("this workbook holds more than {most} bytes of XML", most=MOST_UNPACKED)
    return WorkbookError("file-too-large", message, Message("save the table as CSV in UTF-8"))
