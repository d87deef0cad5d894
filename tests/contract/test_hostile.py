"""Hostile and broken input ends in a clean error, in bounded time and memory, nothing written."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("tenderscore"))

GROUP = (
    "id: g\nweight: 100\ncriteria:\n  - {id: x, weight: 100, fact: x, score: {method: points}}\n"
)

SECONDS = 30

KILOBYTES = 1_000_000


@pytest.fixture
def bounded(tmp_path):
    """Run the installed command in `folder` and hold it to time and memory."""

    def invoke(folder, *argv):
        with (tmp_path / "out").open("w+b") as out, (tmp_path / "err").open("w+b") as err:
            process = subprocess.Popen([COMMAND, *argv], cwd=folder, stdout=out, stderr=err)
            status, usage = wait(process)
            out.seek(0)
            err.seek(0)
            texts = out.read().decode("utf-8"), err.read().decode("utf-8")
        assert usage.ru_maxrss < KILOBYTES
        assert "Traceback" not in texts[1]
        return os.waitstatus_to_exitcode(status), *texts

    return invoke


def wait(process):
    """The status and resource usage of a process that ends in time."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return status, usage
        time.sleep(0.02)
    process.kill()
    process.wait()
    pytest.fail(f"still running after {SECONDS} seconds")


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)

QUADRATIC = "a: &a [" + "x, " * 20_000 + "x]\nb: [" + "*a, " * 20_000 + "*a]\n"

BROKEN = {
    "an alias bomb": "vendor: {id: acme}\n" + LAUGHS,
    "a quadratic alias bomb": "vendor: {id: acme}\n" + QUADRATIC,
    "an alias to itself": "vendor: {id: acme}\nx: &x [*x]\n",
    "duplicate keys": "vendor: {id: acme}\nx: 1\nx: 1\n",
    "deep flow lists": "vendor: {id: acme}\nx: " + "[" * 100_000 + "]" * 100_000 + "\n",
    "deep flow maps": "vendor: {id: acme}\nx: " + "{a: " * 100_000 + "1" + "}" * 100_000 + "\n",
    "deep block lists": "vendor: {id: acme}\nx:\n  " + "- " * 100_000 + "1\n",
    "brackets left open": "vendor: {id: acme}\nx: " + "[" * 100_000 + "\n",
    "invalid UTF-8": b"vendor: {id: acme}\nx: \xc3\x28\n",
    "nan": "vendor: {id: acme}\nx: .nan\n",
    "infinity": "vendor: {id: acme}\nx: .inf\n",
    "a negative price": "vendor: {id: acme}\nx: 1\nprice: -1\n",
    "a price of zero": "vendor: {id: acme}\nx: 1\nprice: 0.00\n",
    "a 40-digit number": "vendor: {id: acme}\nx: 1" + "0" * 39 + "\n",
    "a million digits": "vendor: {id: acme}\nx: " + "9" * 1_000_000 + "\n",
    "a huge exponent": "vendor: {id: acme}\nx: 1e999999999\n",
    "a tiny exponent": "vendor: {id: acme}\nx: 1e-999999999\n",
    "an exponent of a million digits": "vendor: {id: acme}\nx: 1e" + "9" * 1_000_000 + "\n",
    "an unknown key of vendor's": "vendor: {id: acme, idd: acme}\nx: 1\nsupersedes: [a]\n",
    "a million lines of nothing": "\n" * 1_000_000,
    "a very long key": "vendor: {id: acme}\n" + "k" * 1_000_000 + ": 1\nx: many\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_bid_ends_in_a_clean_error(round_files, bounded, kind):
    folder = round_files({"criteria/g.yaml": GROUP, "bids/acme.yaml": BROKEN[kind]})
    code, out, err = bounded(folder, "evaluate", "bids", "--output", "result.json")
    assert (code, out) == (1, "")
    assert "bids/acme.yaml:" in err
    assert len(err) < 100_000
    assert not (folder / "result.json").exists()


@pytest.mark.parametrize("kind", ["an alias bomb", "deep flow lists", "invalid UTF-8"])
def test_it_is_a_problem_in_json_too(round_files, bounded, kind):
    folder = round_files({"criteria/g.yaml": GROUP, "bids/acme.yaml": BROKEN[kind]})
    code, out, _ = bounded(folder, "evaluate", "bids", "--format", "json")
    assert code == 1
    assert "bids/acme.yaml" in [each["file"] for each in json.loads(out)["problems"]]


@pytest.mark.parametrize("kind", ["an alias bomb", "deep flow lists", "a million digits"])
@pytest.mark.parametrize("path", ["tender.yaml", "criteria/h.yaml", "scores/li.yaml", "rates.yaml"])
def test_a_broken_file_of_another_kind_ends_in_a_clean_error(round_files, bounded, kind, path):
    folder = round_files(
        {
            "criteria/g.yaml": GROUP,
            "bids/acme.yaml": "vendor: {id: acme}\nx: 1\n",
            path: BROKEN[kind],
        }
    )
    code, out, err = bounded(folder, "evaluate", "bids")
    assert (code, out) == (1, "")
    assert path in err


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"vendor": {"id": "acme"}, "x": ' + '{"a": ' * 100_000 + "1" + "}" * 100_001,
        '{"vendor": {"id": "acme"}, "x": ' + "9" * 1_000_000 + "}",
        '{"vendor": {"id": "acme"}, "x": 1e999999999}',
    ],
    ids=["deep lists", "deep maps", "a million digits", "a huge exponent"],
)
def test_a_broken_json_bid_ends_in_a_clean_error(round_files, bounded, text):
    folder = round_files({"criteria/g.yaml": GROUP, "bids/acme.json": text})
    code, out, err = bounded(folder, "evaluate", "bids")
    assert (code, out) == (1, "")
    assert "bids/acme.json" in err


def test_a_bid_of_200_megabytes_ends_in_a_clean_error(round_files, bounded):
    folder = round_files({"criteria/g.yaml": GROUP, "bids/acme.yaml": "vendor: {id: acme}\n"})
    with (folder / "bids" / "acme.yaml").open("ab") as bid:
        block = b"- one line of many\n" * 55_000
        bid.write(b"x:\n")
        for _ in range(200):
            bid.write(block)
    code, out, err = bounded(folder, "evaluate", "bids")
    assert (code, out) == (1, "")
    assert "bids/acme.yaml" in err


def valid_round():
    return {"criteria/g.yaml": GROUP, "bids/acme.yaml": "vendor: {id: acme}\nx: 1\n"}


def test_a_symlink_out_of_the_folder_is_not_followed(round_files, bounded, tmp_path):
    outside = tmp_path / "secret.yaml"
    outside.write_text("vendor: {id: spy}\nx: 99\n")
    folder = round_files(valid_round())
    (folder / "bids" / "spy.yaml").symlink_to(outside)
    code, out, err = bounded(folder, "evaluate", "bids")
    assert (code, out) == (1, "")
    assert "bids/spy.yaml" in err


@pytest.mark.parametrize("kind", ["folder", "dangling", "loop", "pipe"])
def test_what_is_no_file_ends_in_a_clean_error(round_files, bounded, kind):
    folder = round_files(valid_round())
    odd = folder / "bids" / "odd.yaml"
    if kind == "folder":
        odd.mkdir()
    elif kind == "dangling":
        odd.symlink_to(folder / "bids" / "gone.yaml")
    elif kind == "loop":
        odd.symlink_to(odd)
    else:
        os.mkfifo(odd)
    code, out, err = bounded(folder, "evaluate", "bids")
    assert (code, out) == (1, "")
    assert "bids/odd.yaml" in err


@pytest.mark.parametrize("name", ["tender.yaml", "rates.yaml", "criteria/method.yaml"])
def test_a_folder_of_a_files_name_ends_in_a_clean_error(round_files, bounded, name):
    folder = round_files(valid_round())
    (folder / name).mkdir()
    code, out, err = bounded(folder, "evaluate", "bids")
    assert (code, out) == (1, "")
    assert name in err


EXPRESSIONS = {
    "parentheses": "(" * 1000 + "1" + ")" * 1000,
    "minuses": "-" * 1000 + "1",
    "nots": "1 if " + "not " * 1000 + "true else 0",
    "sums": "1" + " + 1" * 1000,
    "lists": "len(" + "[" * 1000 + "]" * 1000 + ")",
    "ifs": "1 if true else " * 1000 + "1",
    "calls": "abs(" * 1000 + "1" + ")" * 1000,
    "paths": "bid" + ".a" * 1000,
    "a chain": "1 if " + "1 < " * 1000 + "2 else 0",
    "powers of ten": " * ".join(["1e29"] * 1000),
    "open brackets": "(" * 100_000,
    "many minuses": "-" * 100_000 + "1",
    "many sums": "1" + " + 1" * 100_000,
}


@pytest.mark.parametrize("kind", EXPRESSIONS)
def test_an_expression_nested_a_thousand_deep_ends_cleanly(round_files, bounded, kind):
    text = GROUP.replace("fact: x", f'expr: "{EXPRESSIONS[kind]}"')
    folder = round_files({**valid_round(), "criteria/g.yaml": text})
    code, _, err = bounded(folder, "evaluate", "bids", "--format", "json")
    assert code in {0, 1}
    assert code == 0 or "criteria/g.yaml" in err


def test_a_hostile_pattern_takes_no_long(round_files, bounded):
    folder = round_files(
        {
            "criteria/g.yaml": GROUP,
            "criteria/method.yaml": "requirements: {r: {fact: t, matches: '(a+)+b'}}\n",
            "bids/acme.yaml": f"vendor: {{id: acme}}\nx: 1\nt: {'a' * 50_000}\n",
        }
    )
    assert bounded(folder, "evaluate", "bids")[0] == 3


def test_a_full_disk_leaves_nothing_half_written(round_files):
    folder = round_files(valid_round())
    before = sorted(path.name for path in folder.iterdir())
    done = subprocess.run(
        [COMMAND, "evaluate", "bids", "--output", "result.json"],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode not in {0, 3, 70}
    assert "Traceback" not in done.stderr
    assert "result.json" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_full_disk_keeps_the_file_that_was_there(round_files):
    folder = round_files({**valid_round(), "result.json": "as it was"})
    done = subprocess.run(
        [COMMAND, "evaluate", "bids", "--output", "result.json"],
        cwd=folder,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode not in {0, 3, 70}
    assert (folder / "result.json").read_text() == "as it was"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_standard_output_is_an_error(round_files):
    folder = round_files(valid_round())
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, "evaluate", "bids", "--format", "json"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode not in {0, 3, 70}
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_traceback(round_files):
    folder = round_files(
        {"criteria/g.yaml": GROUP}
        | {f"bids/v{n}.yaml": f"vendor: {{id: v{n}}}\nx: {n % 100}\n" for n in range(2_000)}
    )
    process = subprocess.Popen(
        [COMMAND, "evaluate", "bids", "--format", "json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.wait(timeout=SECONDS)
    process.stderr.close()
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


def wait_until_at_work(process, seconds=0.8):
    """Wait until a process has had so much of the processor, which start-up alone has not."""
    stat = Path("/proc", str(process.pid), "stat")
    while stat.exists() and process.poll() is None:
        user, system = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        if int(user) + int(system) >= seconds * os.sysconf("SC_CLK_TCK"):
            return
        time.sleep(0.02)
    time.sleep(1.2)


def test_ctrl_c_ends_without_a_traceback_and_writes_nothing(round_files):
    rows = "".join(f"v{n},{n % 100}\n" for n in range(1_000_000))
    folder = round_files({"criteria/g.yaml": GROUP, "bids.csv": f"vendor.id,x\n{rows}"})
    process = subprocess.Popen(
        [COMMAND, "evaluate", "bids.csv", "--format", "json", "--output", "result.json"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until_at_work(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode not in {0, 3, 70}
    assert "Traceback" not in err
    assert not (folder / "result.json").exists()
