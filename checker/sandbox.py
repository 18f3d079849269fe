"""Hardens the process it runs in, for good: what a query cannot do even if the engine is taken over.

Layers, in this order: parent-death signal, not dumpable, no new privileges, resource limits,
capabilities, Landlock, seccomp. Each alone stops something; the layers that hold are returned.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable

from checker import landlock, seccomp

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVILEGES = 1, 4, 38
CAPABILITY_VERSION = 0x20080522
# A builder that is root keeps what reading a foreign file takes; Landlock says which files.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1 << 1, 1 << 2
DESCRIPTORS = 64
ADDRESS_SLACK_BYTES = 3 << 29
# What the engine reads of the machine when it starts: its share of it, and the time zones.
READABLE_SYSTEM_FILES = (
    "/proc/self/cgroup",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu/online",
    "/usr/share/zoneinfo",
)


def detach_streams() -> tuple[int, int]:
    """Move the pipes off descriptors 0 and 1 and put /dev/null there; (reading, writing) descriptors."""
    reading, writing = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    return reading, writing


def harden(*, readable: tuple[str, ...], memory_bytes: int, cpu_seconds: int, parent: int) -> tuple[str, ...]:
    """Apply every layer the platform has; `parent` is the process that this one must not outlive."""
    if not sys.platform.startswith("linux"):
        _limit_resources(memory_bytes, cpu_seconds)
        return ("limits",)
    libc = ctypes.CDLL(None, use_errno=True)
    layers: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("parent-death", lambda: _control(libc, PR_SET_PDEATHSIG, signal.SIGKILL) and os.getppid() == parent),
        ("not-dumpable", lambda: _control(libc, PR_SET_DUMPABLE, 0)),
        ("no-new-privileges", lambda: _control(libc, PR_SET_NO_NEW_PRIVILEGES, 1)),
        ("limits", lambda: _limit_resources(memory_bytes, cpu_seconds)),
        ("capabilities", lambda: _drop_capabilities(libc)),
        ("landlock", lambda: landlock.restrict(libc, (*readable, *READABLE_SYSTEM_FILES))),
        ("seccomp", lambda: seccomp.install(libc)),
    )
    return tuple(name for name, apply in layers if apply())


def _control(libc: ctypes.CDLL, option: int, value: int) -> bool:
    return int(libc.prctl(option, value, 0, 0, 0)) == 0


def _limit_resources(memory_bytes: int, cpu_seconds: int) -> bool:
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
    }
    if sys.platform.startswith("linux"):
        # Reserved addresses are not memory: count from what is mapped now; the parent watches what is held.
        limits[resource.RLIMIT_AS] = _mapped_bytes() + memory_bytes + ADDRESS_SLACK_BYTES
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value))
    return True


def _mapped_bytes() -> int:
    with open("/proc/self/statm", "rb") as status:  # noqa: PTH123 - pathlib would slow the start
        return int(status.read().split()[0]) * resource.getpagesize()


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    data = (ctypes.c_uint32 * 6)()
    if libc.capget(header, data) != 0:
        return False
    for index in range(6):
        data[index] = data[index] & (CAP_DAC_OVERRIDE | CAP_DAC_READ_SEARCH) if index < 2 else 0
    return int(libc.capset(header, data)) == 0
