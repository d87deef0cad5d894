"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tenderscore.errors import Message, OutputError
from tenderscore.model.records import record
from tenderscore.model.refusals import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files: none is replaced before the last is safely on the disk.

    A file's permissions stay; a link stays one, and what it points to is replaced; a device or a
    pipe is written to as it is.

    Raises:
        OutputError: one could not be written; then none was changed.
    """
    with ExitStack() as unfinished:
        copies = [_copy(path, content, unfinished) for path, content in contents.items()]
        for copy in copies:
            with failing_as_output(copy.path):
                copy.put_in_place()


@contextmanager
def failing_as_output(path: Path) -> Iterator[None]:
    """The system's errors as ``OutputError``, with the file's name and the reason."""
    try:
        yield
    except OSError as error:
        template = "cannot write {path}: {reason}"
        message = Message(template, path=str(path), reason=reason_of(error))
        raise OutputError(message) from error


@record
class _Copy:
    """New content for a file, in a file of its own beside it until all is ready."""

    path: Path
    target: Path
    beside: Path

    def put_in_place(self) -> None:
        self.beside.replace(self.target)


@record
class _Stream:
    """New content for what is no plain file."""

    path: Path
    content: bytes

    def put_in_place(self) -> None:
        with self.path.open("wb") as device:
            device.write(self.content)


def _copy(path: Path, content: bytes, unfinished: ExitStack) -> _Copy | _Stream:
    with failing_as_output(path):
        target = Path(os.path.realpath(path))
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            return _Stream(path, content)
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        beside = target.with_name(f".tenderscore-{os.urandom(6).hex()}.tmp")
        # Before there is anything to remove: an interruption may come as soon as there is.
        unfinished.callback(_remove, beside)
        _write(beside, content, mode)
        return _Copy(path, target, beside)


def _write(path: Path, content: bytes, mode: int | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if mode is not None:
            path.chmod(stat.S_IMODE(mode))
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def create_together(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Create files, by their paths in a folder; on failure all that was created goes again.

    Raises:
        OutputError: one could not be created.
    """
    with ExitStack() as undone:
        for name, content in contents.items():
            path = folder / name
            with failing_as_output(path):
                _make_folder(path.parent, undone)
                if not os.path.lexists(path):
                    undone.callback(_remove, path)
                _write(path, content, None)
        undone.pop_all()


def _make_folder(folder: Path, undone: ExitStack) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, undone)
    folder.mkdir()
    undone.callback(_remove_folder, folder)


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
