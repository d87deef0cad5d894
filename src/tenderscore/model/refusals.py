"""Why the system refused to read or write a file, in words that can be translated."""

from __future__ import annotations

import errno
from typing import Final

from tenderscore.errors import Message

# The words of the system itself, so that English stays what people search for.
_REASONS: Final = {
    errno.ENOENT: Message("No such file or directory"),
    errno.EACCES: Message("Permission denied"),
    errno.EEXIST: Message("File exists"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.EFBIG: Message("File too large"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EROFS: Message("Read-only file system"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ELOOP: Message("Too many levels of symbolic links"),
    errno.EIO: Message("Input/output error"),
}


def reason_of(error: OSError) -> Message | str:
    """What the system says; in its own language where it is none of the usual things.

    >>> reason_of(PermissionError(errno.EACCES, "Permission denied"))
    Message('Permission denied')
    """
    usual = _REASONS.get(error.errno or 0)
    return usual or error.strerror or type(error).__name__
