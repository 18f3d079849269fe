"""Landlock: after `restrict`, this process reads only the named files and reaches no TCP port.

Source: Linux, Documentation/userspace-api/landlock.rst (ABI 1 to 7). Call it from the only
thread: the kernel restricts the calling thread and what it starts later.
"""

from __future__ import annotations

import ctypes
import os

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
RULE_PATH_BENEATH = 1
READ_FILE, READ_DIRECTORY = 1 << 2, 1 << 3
FILE_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
TCP_BIND_AND_CONNECT = 0b11
SCOPE_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi_version(libc: ctypes.CDLL) -> int:
    """The kernel's Landlock version, 0 where it has none."""
    return max(0, int(libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)))


def restrict(libc: ctypes.CDLL, readable: tuple[str, ...]) -> bool:
    """Allow reading of `readable` (files, or folders with all below) and nothing else; False where unsupported."""
    abi = abi_version(libc)
    if abi < 1:
        return False
    ruleset = _Ruleset(
        files=(1 << FILE_RIGHTS_BY_ABI[min(abi, 5)]) - 1,
        network=TCP_BIND_AND_CONNECT if abi >= 4 else 0,
        scoped=SCOPE_SOCKETS_AND_SIGNALS if abi >= 6 else 0,
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    descriptor = libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if descriptor < 0:
        return False
    try:
        for path in readable:
            _allow(libc, descriptor, path)
        return int(libc.syscall(RESTRICT_SELF, descriptor, 0)) == 0
    finally:
        os.close(descriptor)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = READ_FILE | READ_DIRECTORY if os.path.isdir(path) else READ_FILE  # noqa: PTH112 (pathlib costs start time)
        rule = _PathBeneath(allowed=rights, parent=parent)
        libc.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
