"""Section 5: problems and warnings, and the commands that explain."""

import re

GROUP = """
id: g
title: Quality
weight: 100
criteria:
  - {id: x, title: Speed, weight: 100, fact: x, score: {method: points}}
"""

ACME = "vendor: {id: acme, name: Acme Services}\nx: 60\n"

BOLT = "vendor: {id: bolt, name: Bolt Works}\nx: 50\n"

GOOD = {"criteria/g.yaml": GROUP, "bids/acme.yaml": ACME, "bids/bolt.yaml": BOLT}

INVALID = {**GOOD, "bids/bolt.yaml": BOLT.replace("50", "many")}


SUM = {**GOOD, "criteria/g.yaml": GROUP.replace("weight: 100, fact", "weight: 95, fact")}


class TestDiagnostics:
    def test_a_problem_has_its_place_code_line_and_mark(self, round_files, run):
        round_files(SUM)
        done = run("evaluate", "bids")
        assert done.code == 1
        assert done.out == ""
        assert re.search(
            r"^criteria/g\.yaml:\d+:\d+: error\[weight-sum\]: .*95.*\n"
            r"\s+\d+ \| .*\n"
            r"\s+\| *\^+$",
            done.err,
            re.MULTILINE,
        )

    def test_the_words_of_a_weight_sum(self, problems):
        found = [each for each in problems(SUM) if each["code"] == "weight-sum"]
        assert found[0]["message"] == "criteria add up to 95, not 100"

    def test_a_problem_in_json_has_all_its_keys(self, round_files, run):
        round_files(INVALID)
        done = run("evaluate", "bids", "--format", "json")
        assert done.json["schema"] == "tenderscore/problems/1"
        keys = {"code", "severity", "message", "file", "line", "column", "help"}
        assert all(keys <= set(each) for each in done.json["problems"])
        (error,) = [each for each in done.json["problems"] if each["severity"] == "error"]
        assert (error["file"], error["line"], error["column"]) == ("bids/bolt.yaml", 2, 4)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", error["code"])

    def test_check_gives_the_same_problems(self, round_files, run):
        round_files(INVALID)
        there = run("evaluate", "bids", "--format", "json").json
        assert run("check", "bids", "--format", "json").json == there

    def test_all_problems_of_all_files_are_reported_in_one_run(self, problems):
        found = problems(
            {
                "tender.yaml": "id: T\ncurency: CNY\n",
                "criteria/g.yaml": GROUP.replace("fact: x, score", "facts: x, score"),
                "criteria/method.yaml": "roundin: {total: 2}\n",
                "scores/li.yaml": "evaluater: {id: li}\n",
                "rates.yaml": "- {date: soon, from: USD, to: CNY, rate: 7}\n",
                "bids/acme.yaml": "vendor: {id: acme}\nprice: -1\nreceived: soon\n",
                "bids/bolt.yaml": "vendor: {nmae: Bolt}\n",
                "bids/core.yaml": "vendor: {id: core\n",
            }
        )
        assert {each["file"] for each in found} >= {
            "tender.yaml",
            "criteria/g.yaml",
            "criteria/method.yaml",
            "scores/li.yaml",
            "rates.yaml",
            "bids/acme.yaml",
            "bids/bolt.yaml",
            "bids/core.yaml",
        }
        assert {each["line"] for each in found if each["file"] == "bids/acme.yaml"} >= {2, 3}

    def test_the_first_twenty_are_shown_in_full_and_the_rest_a_line_each(self, round_files, run):
        wrong = {f"bids/v{n}.yaml": f"vendor: {{id: v{n}}}\nx: many\n" for n in range(25)}
        round_files({"criteria/g.yaml": GROUP, **wrong})
        err = run("evaluate", "bids").err
        assert all(f"bids/v{n}.yaml:2:4: error[" in err for n in range(25))
        assert len(re.findall(r"^ +2 \| x: many$", err, re.MULTILINE)) == 20

    def test_where_a_rule_meets_a_fact_both_places_are_shown(self, round_files, run):
        round_files(INVALID)
        err = run("evaluate", "bids").err
        assert "bids/bolt.yaml:2:4" in err
        assert "criteria/g.yaml:6" in err

    def test_warnings_go_to_stderr_and_the_result_to_stdout(self, round_files, run):
        round_files({**GOOD, "bids/bolt.yaml": "vendor: {id: bolt}\n"})
        done = run("evaluate", "bids", "--format", "json")
        assert done.json["schema"] == "tenderscore/evaluation/1"
        assert "warning[missing-fact]" in done.err
        assert "bids/bolt.yaml" in done.err

    def test_quiet_keeps_the_result_and_the_code(self, round_files, run):
        round_files({**GOOD, "bids/bolt.yaml": "vendor: {id: bolt}\n"})
        loud = run("evaluate", "bids", "--format", "json")
        quiet = run("evaluate", "bids", "--format", "json", "--quiet")
        assert (quiet.code, quiet.out) == (loud.code, loud.out)
        assert len(quiet.err) < len(loud.err)

    def test_every_code_met_here_can_be_explained(self, round_files, run):
        round_files(INVALID)
        found = run("evaluate", "bids", "--format", "json").json["problems"]
        codes = {each["code"] for each in found} | {"weight-sum", "missing-fact", "tie-at-cut"}
        for code in codes:
            done = run("explain-code", code)
            assert done.code == 0, code
            assert len(done.out.split()) > 10

    def test_a_problem_in_a_file_found_by_an_absolute_path_names_it(self, round_files, run):
        folder = round_files(INVALID)
        assert "bids/bolt.yaml:2:4: error[" in run("evaluate", str(folder / "bids")).err


class TestExplain:
    def test_it_shows_fact_place_rule_points_weight_and_contribution(self, round_files, run):
        round_files(
            {
                "criteria/g.yaml": """
                    id: g
                    weight: 100
                    criteria:
                      - id: years
                        title: Years in this service
                        weight: 25
                        fact: years
                        score: {method: linear, worst: 0, best: 16}
                      - {id: y, weight: 75, fact: y, score: {method: points}}
                    """,
                "bids/acme.yaml": "vendor: {id: acme}\nyears: 12\ny: 10\n",
            }
        )
        out = run("explain", "bids", "acme").out
        for place in ("bids/acme.yaml:2", "criteria/g.yaml:"):
            assert place in out
        for part in ("Years in this service", "12", "75", "25", "18.75", "26.25"):
            assert part in out

    def test_it_says_which_requirement_failed(self, round_files, run):
        round_files(
            {
                **GOOD,
                "criteria/method.yaml": """
                    requirements: {r: {title: Fast enough, fact: x, at_least: 55}}
                    """,
            }
        )
        assert "Fast enough" in run("explain", "bids", "bolt").out
