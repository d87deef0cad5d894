"""The sentences of the package, found in its source, and the catalogues brought up to date.

Run as a program it adds what is new to each ``tenderscore.po``, empty, and takes out what is gone.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.pofile import normalize, read_po

SOURCE = Path(__file__).parents[2] / "src" / "tenderscore"
CATALOGUES = sorted((SOURCE / "locale").glob("*/LC_MESSAGES/tenderscore.po"))

_IN_PAGES = re.compile(r"""_\("([^"]+)\"""")


def templates() -> dict[str, list[str]]:
    """Every template with the files that have it."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for text in _Module(path).texts():
            found.setdefault(text, []).append(path.relative_to(SOURCE).as_posix())
    for path in sorted(SOURCE.rglob("templates/*.html")):
        for text in _IN_PAGES.findall(path.read_text(encoding="utf-8")):
            found.setdefault(text, []).append(path.relative_to(SOURCE).as_posix())
    return dict(sorted(found.items()))


class _Module:
    """One module: what its calls of ``Message``, ``HelpText`` and ``translate`` say."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tree = ast.parse(path.read_text(encoding="utf-8"))
        self._values: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self._tree):
            for name, value in _assigned(node):
                self._values.setdefault(name, []).append(value)

    def texts(self) -> Iterator[str]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in _SPEAKERS:
                yield from self._strings(node.args[0])

    def _strings(self, node: ast.expr, depth: int = 0) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=body, orelse=orelse):
                yield from self._strings(body, depth)
                yield from self._strings(orelse, depth)
            case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                for value in values:
                    yield from self._strings(value, depth)
            case ast.Subscript(value=value) | ast.Call(func=ast.Attribute(value=value, attr="get")):
                yield from self._strings(value, depth)
            case ast.Name(id=name) if name in self._values and depth < _DEEPEST:
                for value in self._values[name]:
                    yield from self._strings(value, depth + 1)
            case ast.Attribute(attr="template"):
                pass
            case _:
                where = f"{self._path}:{node.lineno}"
                raise ValueError(f"{where}: {ast.unparse(node)} is no template that can be found")


_SPEAKERS = {"Message", "HelpText", "translate"}
_DEEPEST = 4


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def placeholders(template: str) -> list[tuple[str, str, str | None]]:
    """What a template has to be filled with, and how."""
    parts = Formatter().parse(template)
    return sorted((name, spec or "", how) for _, name, spec, how in parts if name is not None)


def translations(catalogue: Path) -> dict[str, str]:
    """The templates of a catalogue with their translations."""
    with catalogue.open("rb") as po:
        return {str(entry.id): str(entry.string) for entry in read_po(po) if entry.id}


def update(catalogue: Path) -> None:
    """Write a catalogue anew: what is new is empty, what is gone is left out."""
    known = translations(catalogue)
    language = catalogue.parts[-3]
    lines = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    for template, places in templates().items():
        lines += ["", *(f"#: {place}" for place in dict.fromkeys(places))]
        lines.append(f"msgid {_quoted(template)}")
        lines.append(f"msgstr {_quoted(known.get(template, ''))}")
    catalogue.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _quoted(text: str) -> str:
    return normalize(text, width=0)


if __name__ == "__main__":
    for each in CATALOGUES:
        update(each)
        empty = sum(not text for text in translations(each).values())
        print(f"{each.parts[-3]}: {empty} sentences to translate")  # noqa: T201 - it is a program
