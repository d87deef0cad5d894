"""What `tenderscore prices` prints: every format, every width, whatever names bids have."""

import csv
import io
import json
import unicodedata

import pytest

from contract.prices import bid, priced
from contract.test_hostile_text import NAMES, UNSAFE

WIDE = {f"vendor-{n:02}": {"labour": 1000 + n, "other": 500} for n in range(12)}
CHINESE = {"甲": {"人工": 60}, "乙丙丁科技有限公司": {"人工": 70}}
FILES = priced(
    tender="budget: 300\nestimate: {labour: 50, other: 60}\n",
    a={"labour": 60, "other": 40},
    b={"labour": 70, "other": 50},
    c=130,
)


class TestLayout:
    @pytest.fixture
    def lines(self, round_files, run, monkeypatch):
        def invoke(files, width, *options):
            monkeypatch.setenv("COLUMNS", str(width))
            round_files(files)
            done = run("prices", "bids", *options)
            assert done.code == 0, done.err
            return done.out.splitlines()

        return invoke

    @pytest.mark.parametrize("width", [60, 80, 140])
    def test_it_is_as_wide_as_the_screen(self, lines, width):
        shown = lines(priced(tender="budget: 2000\n", **WIDE), width)
        assert max(map(cells, shown)) <= width

    def test_every_bid_of_a_wide_table_is_shown(self, lines):
        narrow, wide = (
            [line.split() for line in lines(priced(**WIDE), width) if line.startswith("Item")]
            for width in (80, 140)
        )
        shown = [word for head in narrow for word in head if word.startswith("vendor-")]
        assert shown == sorted(WIDE) * 2
        assert len(narrow) > len(wide)

    def test_the_first_twenty_of_many_and_how_many_more(self, lines):
        shown = lines(priced(**{f"v{n:02}": 100 + n for n in range(23)}), 80)
        assert "and 3 more" in shown

    def test_columns_of_chinese_names_are_aligned(self, lines):
        files = priced(a=1, b=2)
        for number, (name, tree) in enumerate(CHINESE.items()):
            text = bid("ab"[number], tree).replace("{id: ", f"{{name: {name}, id: ")
            files[f"bids/{'ab'[number]}.yaml"] = text
        shown = lines(files, 80)
        rows = [line for line in shown if line.endswith(("60", "70")) and "(" not in line]
        assert len({cells(line) for line in rows[:2]}) == 1

    @pytest.mark.parametrize(("language", "title"), [("zh-Hans", "价格"), ("zh-Hant", "價格")])
    def test_in_chinese(self, lines, language, title):
        assert title in lines(priced(a=100), 80, "--lang", language)[0]


def cells(text):
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


class TestFormats:
    def test_csv_has_a_row_for_every_price_and_item(self, round_files, run):
        round_files(FILES)
        out = run("prices", "bids", "--format", "csv").out
        rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
        found = [(row["vendor"], row["item"], row["amount"]) for row in rows]
        assert found == [
            ("a", "", "100"),
            ("a", "labour", "60"),
            ("a", "other", "40"),
            ("b", "", "120"),
            ("b", "labour", "70"),
            ("b", "other", "50"),
            ("c", "", "130"),
        ]
        assert (rows[1]["share"], rows[1]["over_estimate"], rows[1]["median"]) == ("60", "20", "65")

    def test_files_of_several_formats_at_once(self, round_files, run):
        folder = round_files(FILES)
        names = ("prices.json", "prices.csv", "prices.md", "prices.txt")
        done = run("prices", "bids", *(part for name in names for part in ("--output", name)))
        assert done.code == 0
        assert all((folder / name).stat().st_size for name in names)

    @pytest.mark.parametrize("form", ["html", "xlsx", "pdf"])
    def test_there_are_no_others(self, round_files, run, form):
        round_files(FILES)
        assert run("prices", "bids", "--format", form).code == 2

    def test_a_table_of_ten_thousand_offers(self, round_files, run):
        head = "vendor.id,price.amount,price.currency,price.breakdown.a,price.breakdown.b.c\n"
        rows = "".join(f"v{n},{3 * n + 10}.5,CNY,{2 * n + 10}.5,{n}\n" for n in range(10_000))
        files = priced()
        files["bids.csv"] = head + rows
        round_files(files)
        out = " ".join(run("prices", "bids.csv").out.split())
        assert "and 9,980 more" in out
        assert "10,000 bids that meet the requirements of all: lowest 10.50, mean 15,009.00" in out

    def test_the_order_of_files_changes_nothing(self, round_files, run):
        shown = []
        for files in (FILES, dict(reversed(FILES.items()))):
            round_files(files)
            shown.append(run("prices", "bids", "--format", "json").out)
        assert shown[0] == shown[1]

    def test_an_invalid_round(self, round_files, run):
        round_files(FILES | {"bids/a.yaml": "vendor: {id: a}\nprice: -1\n"})
        done = run("prices", "bids", "--format", "json")
        assert (done.code, done.json["problems"][0]["code"]) == (1, "price")

    def test_one_lot_alone(self, round_files, run):
        files = dict(FILES)
        files["tender.yaml"] = "currency: CNY\nlots: {web: , shop: }\n"
        round_files(files)
        done = run("prices", "bids", "--lot", "web", "--format", "json")
        assert [lot["id"] for lot in done.json["lots"]] == ["web"]
        assert run("prices", "bids", "--lot", "wep").code == 2

    def test_a_lot_without_bids(self, round_files, run):
        files = dict(FILES)
        files["tender.yaml"] = "currency: CNY\nlots: {web: , shop: }\n"
        for vendor in "abc":
            files[f"bids/{vendor}.yaml"] += "offers: {web: {}}\n"
        round_files(files)
        assert "There are no bids." in run("prices", "bids").out


class TestHostileText:
    """What bids and their items are called is data in every format."""

    @staticmethod
    def _round(name, item):
        files = priced(a=100, b=None)
        money = {"amount": 100, "currency": "CNY", "breakdown": {item: 60, "other": 40}}
        for vendor in "ab":
            files[f"bids/{vendor}.yaml"] = (
                f"vendor: {{id: {vendor}, name: {json.dumps(name)}}}\nprice: {json.dumps(money)}\n"
            )
        return files

    @pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
    @pytest.mark.parametrize("kind", NAMES)
    def test_names_of_vendors_and_items(self, round_files, run, kind, form):
        text = NAMES[kind]
        # YAML takes no such character in a key, and a key with a dot is no key.
        item = "".join(char for char in text if char.isprintable() and char != ".")
        round_files(self._round(text, item[:900] or "x"))
        done = run("prices", "bids", "--format", form)
        assert (done.code, done.out == "") == (0, False), done.err
        assert not [char for char in UNSAFE if char in done.out]
        assert len(done.out) < 60_000

    @pytest.mark.parametrize("kind", ["a formula", "another formula", "an at sign"])
    def test_no_cell_of_csv_is_a_formula(self, round_files, run, kind):
        round_files(self._round(NAMES[kind], NAMES[kind].replace(".", "")))
        out = run("prices", "bids", "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]

    @pytest.mark.parametrize("kind", ["a pipe", "HTML", "Markdown"])
    def test_no_text_breaks_out_of_a_markdown_table(self, round_files, run, kind):
        counts = []
        for text in (NAMES[kind], "Acme"):
            round_files(self._round(text, text.replace(".", "")))
            out = run("prices", "bids", "--format", "markdown").out.replace("\\|", "")
            assert "<script" not in out
            counts.append([line.count("|") for line in out.splitlines() if line.startswith("|")])
        assert counts[0] == counts[1]
