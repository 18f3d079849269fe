"""Hardens the process it runs in, for good: what a query cannot do even if the engine is taken over.

`LAYERS` names them in their order; each alone stops something that no other does.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checker import landlock, seccomp

ON_LINUX = sys.platform.startswith("linux")
PEAK_UNIT_BYTES = 1 << 10 if ON_LINUX else 1  # of getrusage(2): kilobytes on Linux, bytes on macOS
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


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a process may still do: read these files, hold so much, compute so long, live while `parent` lives."""

    readable: tuple[str, ...]
    memory_bytes: int
    cpu_seconds: int
    parent: int


def threads() -> int:
    """How many threads this process has; 1 where that cannot be told."""
    folder = "/proc/self/task"
    return len(os.listdir(folder)) if os.path.isdir(folder) else 1  # noqa: PTH112, PTH208 - pathlib costs start time


def harden(confinement: Confinement, layers: Iterable[str] | None = None) -> tuple[str, ...]:
    """Apply the layers (all by default) in their order, as far as the platform has them; returns those that hold.

    RuntimeError in a process that has more than one thread.
    """
    wanted = LAYERS if layers is None else [name for name in LAYERS if name in set(layers)]
    if not ON_LINUX:
        wanted = [name for name in wanted if name == LIMITS]
    if threads() != 1:
        raise RuntimeError("the kernel locks up the thread that asks, and not the others")
    libc = ctypes.CDLL(None, use_errno=True)
    return tuple(name for name in wanted if LAYERS[name](libc, confinement))


def _die_with_parent(libc: ctypes.CDLL, confinement: Confinement) -> bool:
    # A parent that died before this call sends no signal any more.
    return _control(libc, PR_SET_PDEATHSIG, signal.SIGKILL) and os.getppid() == confinement.parent


def _not_dumpable(libc: ctypes.CDLL, _: Confinement) -> bool:
    return _control(libc, PR_SET_DUMPABLE, 0)


def _no_new_privileges(libc: ctypes.CDLL, _: Confinement) -> bool:
    return _control(libc, PR_SET_NO_NEW_PRIVILEGES, 1)


def _control(libc: ctypes.CDLL, option: int, value: int) -> bool:
    return int(libc.prctl(option, value, 0, 0, 0)) == 0


def _limit_resources(_: ctypes.CDLL, confinement: Confinement) -> bool:
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: confinement.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
    }
    if ON_LINUX:
        # Reserved addresses are not memory: count from what is mapped now; the parent watches what is held.
        limits[resource.RLIMIT_AS] = _mapped_bytes() + confinement.memory_bytes + ADDRESS_SLACK_BYTES
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value))
    return True


def _mapped_bytes() -> int:
    with open("/proc/self/statm", "rb") as status:  # noqa: PTH123 - pathlib would slow the start
        return int(status.read().split()[0]) * resource.getpagesize()


def _landlock(libc: ctypes.CDLL, confinement: Confinement) -> bool:
    return landlock.restrict(libc, (*confinement.readable, *READABLE_SYSTEM_FILES))


def _seccomp(libc: ctypes.CDLL, _: Confinement) -> bool:
    return seccomp.install(libc)


def _drop_capabilities(libc: ctypes.CDLL, _: Confinement) -> bool:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    data = (ctypes.c_uint32 * 6)()
    if libc.capget(header, data) != 0:
        return False
    for index in range(6):
        data[index] = data[index] & (CAP_DAC_OVERRIDE | CAP_DAC_READ_SEARCH) if index < 2 else 0
    return int(libc.capset(header, data)) == 0


LIMITS = "limits"
# In the order in which they must come: seccomp forbids what the others need.
LAYERS: dict[str, Callable[[ctypes.CDLL, Confinement], bool]] = {
    "parent-death": _die_with_parent,
    "not-dumpable": _not_dumpable,
    "no-new-privileges": _no_new_privileges,
    LIMITS: _limit_resources,
    "capabilities": _drop_capabilities,
    "landlock": _landlock,
    "seccomp": _seccomp,
}
