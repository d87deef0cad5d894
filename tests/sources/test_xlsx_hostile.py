"""Workbooks that are broken, or made to break a reader, are a problem in bounded time and space."""

import struct
import tracemalloc
from fractions import Fraction
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from tenderscore.sources import workbook as module
from tenderscore.sources.xlsx_table import read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADERS = '<row r="1"><c r="A1" t="str"><v>vendor.id</v></c><c r="B1" t="str"><v>x</v></c></row>'


def relations(**targets):
    each = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def parts(rows="", **others):
    """The parts of a workbook whose one sheet has headers and some rows, as XML."""
    return {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="worksheet"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}"><sheetData>{HEADERS}{rows}</sheetData></worksheet>'
        ),
        **others,
    }


def packed(files, method=ZIP_DEFLATED):
    book = BytesIO()
    with ZipFile(book, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return book.getvalue()


@pytest.fixture
def table(tmp_path):
    def reading(content):
        path = tmp_path / "on-disk.xlsx"
        path.write_bytes(content if isinstance(content, bytes) else packed(content))
        return read(path, "bids.xlsx", texts=frozenset({"vendor.id"}))

    return reading


@pytest.fixture
def codes(table):
    return lambda content: [f"{p.place} {p.code}" for p in table(content).problems]


@pytest.fixture
def xs(table):
    """The values of column `x` under some rows' XML."""

    def reading(rows, **others):
        found = table(parts(rows, **others))
        assert found.problems == ()
        return [found.columns["x"].value(row) for row in range(found.rows)]

    return reading


def cell(content, attributes="", ref="B2"):
    return f'<row r="2"><c r="{ref}" {attributes}>{content}</c></row>'


BROKEN = ["bids.xlsx broken-workbook"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"vendor.id,x\n",
        b"PK\x03\x04 nonsense",
        b"PK\x05\x06" + bytes(18),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        packed({}),
        packed({"[Content_Types].xml": "<Types/>"}),
        packed(parts())[:-30],
        packed(parts(), ZIP_BZIP2),
    ],
)
def test_a_file_that_is_no_workbook_is_a_problem(codes, content):
    assert codes(content) == BROKEN


@pytest.mark.parametrize("path", sorted(set(parts()) - {"xl/sharedStrings.xml"}))
def test_a_workbook_without_one_of_its_parts_is_a_problem(codes, path):
    files = parts()
    del files[path]
    assert codes(files) == BROKEN


@pytest.mark.parametrize("path", sorted(parts()))
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"<a>", b"<a>\xff</a>", b"<a/><b/>", b"&a;"])
def test_a_part_that_is_no_xml_is_a_problem(codes, path, content):
    assert codes(parts(**{path: content})) == BROKEN


@pytest.mark.parametrize("path", sorted(parts()))
def test_an_entity_bomb_is_refused_before_it_goes_off(codes, path):
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairs)
    bomb = f'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">{entities}]><z>&i;</z>'
    assert codes(parts(**{path: bomb})) == BROKEN


def test_an_entity_that_names_a_file_is_refused(codes):
    bomb = '<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><z>&a;</z>'
    assert codes(parts(**{"xl/sharedStrings.xml": bomb})) == BROKEN


def test_a_target_outside_the_archive_is_not_followed(codes, tmp_path):
    (tmp_path / "sheet.xml").write_text(parts()["xl/worksheets/sheet1.xml"], encoding="utf-8")
    target = relations(worksheet=f"../../../..{tmp_path}/sheet.xml")
    assert codes(parts(**{"xl/_rels/workbook.xml.rels": target})) == BROKEN


def test_xml_nests_within_bounds(codes):
    assert codes(parts("<row>" * 100_000)) == BROKEN
    assert codes(parts(**{"xl/sharedStrings.xml": "<a>" * 100_000})) == BROKEN


@pytest.mark.parametrize("path", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_what_a_workbook_unpacks_to_is_bounded(codes, path, monkeypatch):
    monkeypatch.setattr(module, "MOST_UNPACKED", 2**20)
    bomb = packed(parts(**{path: parts()[path].replace("</", " " * 2**25 + "</", 1)}))
    tracemalloc.start()
    assert codes(bomb) == ["bids.xlsx file-too-large"]
    assert tracemalloc.get_traced_memory()[1] < 2**24
    tracemalloc.stop()


def test_what_is_not_read_may_be_large(codes, monkeypatch):
    monkeypatch.setattr(module, "MOST_UNPACKED", 2**22)
    assert codes(parts(**{"xl/media/film.bin": bytes(2**23)})) == []


def test_a_workbook_is_bounded(codes, monkeypatch):
    monkeypatch.setattr("tenderscore.sources.xlsx_table.MOST_BYTES", 1000)
    assert codes(packed(parts(), ZIP_STORED)) == ["bids.xlsx file-too-large"]


def test_an_archive_has_at_most_so_many_parts(codes):
    files = {f"xl/{part}": b"" for part in range(module.MOST_PARTS)}
    assert codes(parts(**files)) == ["bids.xlsx file-too-large"]


def test_a_part_that_claims_to_be_smaller_than_it_is_is_a_problem(codes):
    """The directory says 100 bytes, the part goes on: the check sum is not that of 100 bytes."""
    content = packed(parts())
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    lying = content[: entry + 24] + struct.pack("<I", 100) + content[entry + 28 :]
    assert codes(lying) == BROKEN


def test_a_part_that_claims_to_lie_beyond_all_bounds_is_a_problem(codes):
    """An archive of the larger kind may place a part at byte 2**64 - 1."""
    content = packed(parts())
    entry = content.index(b"PK\x01\x02")
    name = struct.unpack("<H", content[entry + 28 : entry + 30])[0]
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    head = (
        content[entry : entry + 30]
        + struct.pack("<H", len(extra))
        + content[entry + 32 : entry + 42]
    )
    moved = head + b"\xff" * 4 + content[entry + 46 : entry + 46 + name] + extra
    rest = content[entry + 46 + name :]
    end = rest.index(b"PK\x05\x06")
    size = struct.unpack("<I", rest[end + 12 : end + 16])[0] + len(extra)
    tail = rest[: end + 12] + struct.pack("<I", size) + rest[end + 16 :]
    assert codes(content[:entry] + moved + tail) == BROKEN


def test_a_part_with_a_password_is_a_problem(table):
    content = bytearray(packed(parts()))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    (problem,) = table(bytes(content)).problems
    assert (problem.code, str(problem.help)) == (
        "broken-workbook",
        "save it as .xlsx without a password",
    )


def test_a_cell_in_the_last_row_and_column_costs_nothing(codes):
    tracemalloc.start()
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert codes(parts(far)) == ["bids.xlsx:S!XFD1048576 column-without-header"]
    assert tracemalloc.get_traced_memory()[1] < 2**23
    tracemalloc.stop()


def test_shared_strings_are_as_many_as_there_are(xs):
    counts = 'count="4000000000" uniqueCount="4000000000"'
    strings = f'<sst xmlns="{MAIN}" {counts}><si><t>a</t></si></sst>'
    assert xs(cell("<v>0</v>", 't="s"'), **{"xl/sharedStrings.xml": strings}) == ["a"]


@pytest.mark.parametrize(
    "row",
    [
        cell("<v>twelve</v>"),
        cell("<v>NaN</v>"),
        cell("<v>1e999</v>"),
        cell("<v>-INF</v>"),
        cell("<v>1</v>", 't="s"'),
        cell("<v>-1</v>", 't="s"'),
        cell("<v>x</v>", 't="s"'),
        cell("<v>1</v>", 't="zzz"'),
        cell("<v>1</v>", 's="-1"'),
        cell("<v>1</v>", f's="{"9" * 5000}"'),
        cell("<v>1</v>", ref="B3"),
        cell("<v>1</v>", ref="XFE2"),
        cell("<v>1</v>", ref="ZZZZZZ2"),
        cell("<v>1</v>", ref="2"),
        cell("<v>1</v>", ref="B"),
        cell("<v>1</v>", ref="b2"),
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        f'<row r="{"9" * 5000}"/>',
        '<row r="3"/><row r="2"/>',
        '<row r="2"><c r="B2"><v>1</v></c><c r="B2"><v>2</v></c></row>',
        f'<row r="2">{"<c/>" * 16385}</row>',
    ],
)
def test_cells_that_no_spreadsheet_writes_are_a_problem(codes, row):
    assert codes(parts(row)) == BROKEN


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ('<row><c t="str"><v>a</v></c></row>', None),
        ("<row><c/><c><v>7</v></c></row>", 7),
        ('<row r="9"><c r="B9"><v> 7 </v></c></row>', 7),
        (cell("<v>7</v>", 's="99"'), 7),
        (cell("<v><![CDATA[7]]></v>"), 7),
        (cell("<v>1<!-- one -->2</v>"), 12),
        (cell("<v>&#49;2</v>"), 12),
        (cell("<v>&lt;b&gt;</v>", 't="str"'), "<b>"),
        (cell("<v>a_x000D_b_x0041_</v>", 't="str"'), "a\rbA"),
        (cell("<v>_xD800__x0000_</v>", 't="str"'), "_xD800__x0000_"),
        (cell("<v>_x005F_x0041_</v>", 't="str"'), "_x0041_"),
        (cell("<is><r><t>a</t></r><rPh><t>x</t></rPh></is>", 't="inlineStr"'), "a"),
        (cell('<f t="shared" si="0"/><v>12</v>', 't="str"'), "12"),
        (cell("<v>true</v>", 't="b"'), True),
        (cell("<v>0.25</v><v>7</v>"), 7),
        (cell("<v>30</v><extLst><ext><v>1</v></ext></extLst>"), 1),
    ],
)
def test_cells_that_are_written_unusually_are_read(xs, row, value):
    assert xs(row) == [value]


def test_dates_may_be_written_as_iso_text(table):
    days = [("2026-03-30", 2), ("2026-03-31T00:00:00", 3)]
    rows = "".join(f'<row r="{n}"><c r="B{n}" t="d"><v>{day}</v></c></row>' for day, n in days)
    column = table(parts(rows)).columns["x"]
    assert [str(column.value(row)) for row in range(2)] == ["2026-03-30", "2026-03-31"]


def test_xml_may_name_its_namespace_and_its_encoding(xs):
    rows = cell("<v>外</v>", 't="str"')
    plain = parts(rows)["xl/worksheets/sheet1.xml"]
    named = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{plain}'.encode("utf-16")
    for content in (named, wide):
        assert xs("", **{"xl/worksheets/sheet1.xml": content}) == ["外"]


def test_shared_strings_are_their_runs_without_their_pronunciation(xs):
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>外</t></r><r><t xml:space="preserve">包 </t></r>'
        '<rPh sb="0" eb="1"><t>がい</t></rPh></si><si/><si><t>b</t></si></sst>'
    )
    row = "".join(f'<row r="{n + 2}"><c r="B{n + 2}" t="s"><v>{n}</v></c></row>' for n in (0, 2))
    assert xs(row, **{"xl/sharedStrings.xml": strings}) == ["外包", "b"]


def test_a_workbook_may_lie_elsewhere_in_its_archive(xs):
    files = parts(cell("<v>0.5</v>"))
    moved = {
        "_rels/.rels": relations(officeDocument="/office/book.xml"),
        "office/book.xml": files["xl/workbook.xml"],
        "office/_rels/book.xml.rels": relations(worksheet="/xl/worksheets/sheet1.xml"),
    }
    assert xs(cell("<v>0.5</v>"), **moved) == [Fraction(1, 2)]


def test_a_workbook_without_a_filled_sheet_is_empty(codes):
    rows = '<sheetData><row r="1"><c r="A1"/></row></sheetData>'
    sheet = f'<worksheet xmlns="{MAIN}">{rows}</worksheet>'
    assert codes(parts(**{"xl/worksheets/sheet1.xml": sheet})) == ["bids.xlsx empty-table"]
