"""Output files appear whole or not at all."""

import os
import resource
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest

from tenderscore.cli.files import create_together, write_together
from tenderscore.errors import OutputError


@contextmanager
def largest_file(size):
    """A full disk, near enough: no file may grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestWriteTogether:
    def test_files_are_made_and_replaced(self, tmp_path):
        (tmp_path / "a").write_bytes(b"before")
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"})
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
            "a": b"1",
            "b": b"2",
        }

    def test_a_disk_that_fills_up_changes_nothing(self, tmp_path):
        (tmp_path / "a").write_bytes(b"before")
        with (
            largest_file(1000),
            pytest.raises(OutputError, match=r"cannot write .*b: File too large"),
        ):
            write_together({tmp_path / "a": b"after", tmp_path / "b": b"x" * 2000})
        assert names(tmp_path) == ["a"]
        assert (tmp_path / "a").read_bytes() == b"before"

    def test_an_interruption_changes_nothing(self, tmp_path, monkeypatch):
        def interrupted(_):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_together({tmp_path / "a": b"1"})
        assert names(tmp_path) == []

    def test_permissions_stay(self, tmp_path):
        (tmp_path / "a").touch(mode=0o640)
        write_together({tmp_path / "a": b"1"})
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640

    def test_a_new_file_has_the_usual_permissions(self, tmp_path):
        (tmp_path / "usual").touch()
        write_together({tmp_path / "a": b"1"})
        assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode

    def test_a_link_stays_and_its_target_is_replaced(self, tmp_path):
        (tmp_path / "real").write_bytes(b"before")
        (tmp_path / "link").symlink_to("real")
        write_together({tmp_path / "link": b"after"})
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_bytes() == b"after"

    def test_a_full_device_is_said_to_be_full(self):
        with pytest.raises(OutputError, match="cannot write /dev/full: No space left on device"):
            write_together({Path("/dev/full"): b"1"})

    def test_a_device_stays_a_device(self):
        write_together({Path("/dev/null"): b"1"})
        assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(OutputError, match="No such file or directory"):
            write_together({tmp_path / "no" / "a": b"1"})

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_file_that_is_read_only_is_left_alone(self, tmp_path):
        (tmp_path / "a").write_bytes(b"before")
        (tmp_path / "a").chmod(0o444)
        with pytest.raises(OutputError, match="Permission denied"):
            write_together({tmp_path / "a": b"after"})
        assert (tmp_path / "a").read_bytes() == b"before"


class TestCreateTogether:
    def test_folders_are_made_on_the_way(self, tmp_path):
        create_together(tmp_path / "x" / "y", {"a": b"1", "z/b": b"2"})
        assert (tmp_path / "x" / "y" / "z" / "b").read_bytes() == b"2"

    def test_all_goes_again_where_one_fails(self, tmp_path):
        with largest_file(1000), pytest.raises(OutputError):
            create_together(tmp_path / "x" / "y", {"a/b": b"1", "c": b"x" * 2000})
        assert names(tmp_path) == []

    def test_what_was_there_before_stays(self, tmp_path):
        (tmp_path / "mine").touch()
        with largest_file(1000), pytest.raises(OutputError):
            create_together(tmp_path, {"a": b"1", "c": b"x" * 2000})
        assert names(tmp_path) == ["mine"]

    def test_a_file_that_is_there_is_not_replaced(self, tmp_path):
        (tmp_path / "a").write_bytes(b"mine")
        with pytest.raises(OutputError, match="File exists"):
            create_together(tmp_path, {"b": b"1", "a": b"2"})
        assert (tmp_path / "a").read_bytes() == b"mine"
