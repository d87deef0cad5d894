"""Reads a round's files and remembers them, so that problems can quote their lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tenderscore.api.round_folder import RoundFolder
from tenderscore.errors import Place, Problem
from tenderscore.model.located import Document
from tenderscore.model.table import Table
from tenderscore.sources import read_document, read_documents
from tenderscore.sources.files import TEXT_SUFFIXES, list_folder
from tenderscore.sources.tables import TABLE_SOURCES, read_table


class Reader:
    """Reads files by the names that people know them by."""

    def __init__(self, folder: RoundFolder) -> None:
        self._folder = folder
        self._documents: dict[str, Document] = {}
        self._tables: dict[str, Table] = {}
        self._files: list[Path] = []

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were read so far."""
        return tuple(self._files)

    def name(self, path: Path) -> str:
        """A file's name as people see it."""
        return self._folder.name(path)

    def note(self, path: Path) -> None:
        """Remember a file that was read by others."""
        self._files.append(path)

    def folder(self, path: Path, *, tables: bool = False) -> tuple[list[Path], list[Problem]]:
        """The readable files that lie directly in a folder, and what is wrong with others."""
        suffixes = (*TEXT_SUFFIXES, *TABLE_SOURCES) if tables else TEXT_SUFFIXES
        listing = list_folder(path, self._folder.name(path), suffixes)
        return [file for file, _ in listing.files], list(listing.problems)

    def document(self, path: Path) -> Document:
        """A YAML or JSON file; its problems are in it."""
        name = self._folder.name(path)
        if name not in self._documents:
            self._files.append(path)
            self._documents[name] = read_document(path, name)
        return self._documents[name]

    def documents(self, paths: Sequence[Path]) -> list[Document]:
        """Several YAML or JSON files, in their order."""
        names = [self._folder.name(path) for path in paths]
        documents = list(read_documents(zip(paths, names, strict=True)))
        self._files.extend(paths)
        self._documents.update(zip(names, documents, strict=True))
        return documents

    def table(self, path: Path, texts: frozenset[str]) -> Table:
        """A CSV or XLSX file; its problems are in it."""
        name = self._folder.name(path)
        self._files.append(path)
        self._tables[name] = read_table(path, name, texts=texts)
        return self._tables[name]

    def quote(self, place: Place) -> str | None:
        """The line of a file at a place."""
        if place.line is None:
            return None
        document = self._documents.get(place.file)
        if document is not None:
            return document.line(place.line)
        table = self._tables.get(place.file)
        return None if table is None else table.line(place.line)
