"""Files are read within bounds, and folders listed, with problems for what is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tenderscore.errors import Problem
from tenderscore.sources import TEXT_SOURCES, read_document, read_documents
from tenderscore.sources.files import TEXT_SUFFIXES, list_folder, read_bytes, read_text

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
needs_byte_names = pytest.mark.skipif(sys.platform != "linux", reason="names are text there")


def written(path: Path, content: bytes = b"a: 1\n") -> Path:
    path.write_bytes(content)
    return path


def problem(path: Path, limit: int = 2**20) -> tuple[str, str]:
    outcome = read_text(path, "bids/a.yaml", limit)
    assert isinstance(outcome, Problem)
    return outcome.code, str(outcome.place)


def names(folder: Path, *suffixes: str) -> list[str]:
    listing = list_folder(folder, "bids", suffixes or TEXT_SUFFIXES)
    assert listing.problems == ()
    return [name for _, name in listing.files]


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in list_folder(folder, "bids").problems]


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", ""), ("外包𠀀\n".encode(), "外包𠀀\n"), (b"\xef\xbb\xbfa", "a"), (b"a\r\nb", "a\r\nb")],
)
def test_a_file_is_utf8_text_less_its_byte_order_mark(tmp_path, content, text):
    assert read_text(written(tmp_path / "a.yaml", content), "a.yaml") == text


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xff", "bids/a.yaml:1:1"),
        ("a: 1\nb: 外".encode() + b"\xe5\x8c", "bids/a.yaml:2:5"),
        ("a: 1\nb: 服务\n".encode("gb18030"), "bids/a.yaml:2:4"),
        (b"\xef\xbb\xbfa\xff", "bids/a.yaml:1:2"),
        ("a: é".encode("latin-1"), "bids/a.yaml:1:4"),
        (b"\xed\xa0\x80", "bids/a.yaml:1:1"),
        ("a: 1".encode("utf-16"), "bids/a.yaml"),
        ("a: 1".encode("utf-16-be"), "bids/a.yaml"),
        (b"a: \0", "bids/a.yaml"),
    ],
)
def test_what_is_not_utf8_is_an_error_at_the_first_wrong_byte(tmp_path, content, place):
    assert problem(written(tmp_path / "a.yaml", content)) == ("not-utf8", place)


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(200 * 2**30)
    assert problem(path) == ("file-too-large", "bids/a.yaml")


def test_the_limit_itself_is_allowed(tmp_path):
    path = written(tmp_path / "a.yaml", b"x" * 100)
    assert read_text(path, "a.yaml", 100) == "x" * 100
    assert problem(path, 99)[0] == "file-too-large"


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="there is no /proc")
def test_a_file_that_says_it_is_empty_is_read_to_its_end_or_the_limit():
    maps = Path("/proc/self/maps")
    assert len(read_bytes(maps, "maps", 2**24)) > 100
    assert problem(maps, 100)[0] == "file-too-large"


def test_a_folder_named_like_a_file_is_an_error(tmp_path):
    (tmp_path / "a.yaml").mkdir()
    assert names(tmp_path) == ["bids/a.yaml"]
    assert problem(tmp_path / "a.yaml")[0] == "not-a-file"


@needs_pipes
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    assert problem(tmp_path / "a.yaml")[0] == "not-a-file"


@needs_pipes
def test_a_device_is_no_file():
    assert problem(Path("/dev/zero"))[0] == "not-a-file"


def test_a_file_that_has_vanished_cannot_be_read(tmp_path):
    assert problem(tmp_path / "a.yaml") == ("file-unreadable", "bids/a.yaml")


def test_a_file_without_permission_cannot_be_read(tmp_path):
    path = written(tmp_path / "a.yaml")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert problem(path)[0] == "file-unreadable"


def test_a_folder_lists_its_yaml_and_json_files_by_name(tmp_path):
    for name in ("b.yaml", "a.yml", "C.JSON", "é.yaml", "a.yaml", "外.yaml", "Z.Yaml"):
        written(tmp_path / name)
    for name in (".hidden.yaml", "a.pdf", "a.yaml~", "a.yaml.bak", "yaml", "README.md", ".yaml"):
        written(tmp_path / name)
    (tmp_path / "more").mkdir()
    written(tmp_path / "more" / "d.yaml")
    assert names(tmp_path) == [
        "bids/C.JSON",
        "bids/Z.Yaml",
        "bids/a.yaml",
        "bids/a.yml",
        "bids/b.yaml",
        "bids/é.yaml",
        "bids/外.yaml",
    ]


def test_a_file_that_was_probably_meant_is_spoken_of(tmp_path):
    for name in ("a.yaml", "b.yaml.TXT", "c.csv", "D.XLSX", "notes.txt"):
        written(tmp_path / name)
    assert codes(tmp_path) == [
        ("unread-file", "bids/D.XLSX"),
        ("unread-file", "bids/b.yaml.TXT"),
        ("unread-file", "bids/c.csv"),
    ]


def test_tables_are_listed_where_they_are_asked_for(tmp_path):
    for name in ("a.csv", "b.xlsx", "c.yaml"):
        written(tmp_path / name)
    assert names(tmp_path, ".csv", ".xlsx") == ["bids/a.csv", "bids/b.xlsx"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    assert codes(tmp_path / "none") == [("file-unreadable", "bids")]


@needs_links
def test_a_link_out_of_the_folder_is_an_error(tmp_path):
    folder = tmp_path / "bids"
    folder.mkdir()
    outside = written(tmp_path / "b.yaml")
    (folder / "absolute.yaml").symlink_to(outside)
    (folder / "broken.yaml").symlink_to(tmp_path / "none")
    (folder / "relative.yaml").symlink_to("../b.yaml")
    (folder / "twice.yaml").symlink_to("relative.yaml")
    assert codes(folder) == [
        ("link-outside", f"bids/{name}.yaml")
        for name in ("absolute", "broken", "relative", "twice")
    ]


@needs_links
def test_a_link_inside_the_folder_is_followed(tmp_path):
    folder = tmp_path / "bids"
    folder.mkdir()
    written(folder / "a.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "link").symlink_to(folder)
    assert names(tmp_path / "link") == ["bids/a.yaml", "bids/b.yaml"]


@needs_links
def test_a_link_to_itself_cannot_be_read(tmp_path):
    (tmp_path / "a.yaml").symlink_to("a.yaml")
    assert names(tmp_path) == ["bids/a.yaml"]
    assert problem(tmp_path / "a.yaml")[0] == "file-unreadable"


@needs_byte_names
def test_a_name_that_is_not_utf8_is_an_error_shown_escaped(tmp_path):
    written(Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.yaml")))
    assert codes(tmp_path) == [("file-name", r"bids/a\xff.yaml")]


def test_a_document_is_read_by_its_suffix(tmp_path):
    assert set(TEXT_SUFFIXES) == set(TEXT_SOURCES)
    for name in ("a.yaml", "a.YML", "a.json", "a.JSON", "a.txt"):
        document = read_document(written(tmp_path / name, b'{"a": 010}'), name)
        syntax = [each.code for each in document.problems]
        assert syntax == (["json-syntax"] if name.lower().endswith("json") else [])
        assert document.file == name


def test_a_document_that_cannot_be_read_is_none_with_the_problem(tmp_path):
    document = read_document(tmp_path / "none.yaml", "bids/none.yaml")
    assert document.root.value is None
    assert [each.code for each in document.problems] == ["file-unreadable"]


def test_documents_come_in_the_order_of_their_files(tmp_path):
    paths = [tmp_path / f"{number}.yaml" for number in range(200)]
    sizes = [2**20 if number in {3, 5} else number for number in range(200)]
    for path, size in zip(paths, sizes, strict=True):
        written(path, b"x" * size)
    paths[7].unlink()
    documents = list(read_documents((path, path.name) for path in paths))
    assert [each.file for each in documents] == [path.name for path in paths]
    assert [len(each.text) for each in documents] == [*sizes[:7], 0, *sizes[8:]]
    assert [each.code for each in documents[7].problems] == ["file-unreadable"]
