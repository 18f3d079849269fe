"""seccomp: after `install`, this process can start no program, open no socket and change no file.

Numbers are from the kernel's tables for x86_64 and aarch64; None is a call the architecture lacks.
Call it from the only thread: later threads inherit the filter.
"""

from __future__ import annotations

import ctypes
import os
import struct

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LOAD_WORD, JUMP_EQUAL, JUMP_SET, JUMP_AT_LEAST, RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
ALLOW, KILL_PROCESS, FAIL_WITH = 0x7FFF0000, 0x80000000, 0x00050000
EPERM, ENOSYS = 1, 38
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
CLONE_THREAD = 0x00010000
OPEN_FOR_WRITING = 0o3 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
X32_BIT = 0x40000000

ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7), "arm64": (1, 0xC00000B7)}

# name: (x86_64, aarch64)
DENIED: dict[str, tuple[int | None, int | None]] = {
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "recvfrom": (45, 207), "sendmsg": (46, 211),
    "recvmsg": (47, 212), "sendmmsg": (307, 269),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "unlink": (87, None),
    "unlinkat": (263, 35), "rmdir": (84, None), "mkdir": (83, None), "mkdirat": (258, 34), "mknod": (133, None),
    "mknodat": (259, 33), "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "truncate": (76, 45), "ftruncate": (77, 46),
    "creat": (85, None), "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "memfd_create": (319, 279),
    "memfd_secret": (447, 447), "splice": (275, 76), "vmsplice": (278, 75), "tee": (276, 77),
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "inotify_init1": (294, 26), "inotify_init": (253, None), "fanotify_init": (300, 262),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97),
    "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setgroups": (116, 159), "capset": (126, 91),
    "setrlimit": (160, 164), "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274),
    "move_pages": (279, 239), "migrate_pages": (256, 238), "process_mrelease": (448, 448), "syslog": (103, 116),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "quotactl": (179, 60), "settimeofday": (164, 170), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162),
}  # fmt: skip
# Absent as far as the C library is told: it then falls back to calls whose arguments a filter can read.
ABSENT: dict[str, tuple[int | None, int | None]] = {
    "clone3": (435, 435), "openat2": (437, 437), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}  # fmt: skip
CLONE, OPEN, OPENAT, TGKILL, PRLIMIT = (56, 220), (2, None), (257, 56), (234, 131), (302, 261)
FCNTL, PRCTL = (72, 25), (157, 167)
# fcntl may make the kernel signal another process: F_SETOWN, F_SETSIG, F_SETOWN_EX.
SIGNALLING = (8, 10, 15)
PR_SET_PDEATHSIG = 1


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install(libc: ctypes.CDLL) -> bool:
    """Install the filter for good; False where kernel or architecture do not support it."""
    if os.uname().machine not in ARCHITECTURES:
        return False
    code = program(os.uname().machine, os.getpid())
    filter_ = _Program(length=len(code) // 8, instructions=code)
    return int(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter_), 0, 0)) == 0


def program(machine: str, process: int) -> bytes:
    """The filter as classic BPF: wrong architecture dies, what is denied fails, the rest is allowed."""
    column, audit = ARCHITECTURES[machine]
    parts = [_load(ARCHITECTURE_AT), _jump(JUMP_EQUAL, audit, 1, 0), _return(KILL_PROCESS), _load(NUMBER_AT)]
    if column == 0:
        parts += [_jump(JUMP_AT_LEAST, X32_BIT, 0, 1), _return(KILL_PROCESS)]
    parts += [_fails(number[column], EPERM) for number in DENIED.values()]
    parts += [_fails(number[column], ENOSYS) for number in ABSENT.values()]
    parts += [_conditional(number[column], *rule) for number, rule in _argument_rules(process)]
    return b"".join(parts) + _return(ALLOW)


def _argument_rules(process: int) -> list[tuple[tuple[int | None, int | None], tuple[int, int, int, bool]]]:
    """(numbers, (argument, comparison, operand, deny when true)) for calls judged by one argument."""
    return [
        (CLONE, (0, JUMP_SET, CLONE_THREAD, False)),
        (OPEN, (1, JUMP_SET, OPEN_FOR_WRITING, True)),
        (OPENAT, (2, JUMP_SET, OPEN_FOR_WRITING, True)),
        (TGKILL, (0, JUMP_EQUAL, process, False)),
        (PRLIMIT, (0, JUMP_EQUAL, 0, False)),
        (PRCTL, (0, JUMP_EQUAL, PR_SET_PDEATHSIG, True)),
        *((FCNTL, (1, JUMP_EQUAL, command, True)) for command in SIGNALLING),
    ]


def _instruction(code: int, if_true: int, if_false: int, operand: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)


def _load(offset: int) -> bytes:
    return _instruction(LOAD_WORD, 0, 0, offset)


def _jump(comparison: int, operand: int, if_true: int, if_false: int) -> bytes:
    return _instruction(comparison, if_true, if_false, operand)


def _return(action: int) -> bytes:
    return _instruction(RETURN, 0, 0, action)


def _fails(number: int | None, error: int) -> bytes:
    if number is None:
        return b""
    return _jump(JUMP_EQUAL, number, 0, 1) + _return(FAIL_WITH | error)


def _conditional(number: int | None, argument: int, comparison: int, operand: int, deny_when_true: bool) -> bytes:
    """For call `number` load one argument's low word, compare, and fail with EPERM or go on."""
    if number is None:
        return b""
    skip = (0, 1) if deny_when_true else (1, 0)
    body = _load(ARGUMENTS_AT + 8 * argument) + _jump(comparison, operand, *skip) + _return(FAIL_WITH | EPERM)
    return _load(NUMBER_AT) + _jump(JUMP_EQUAL, number, 0, len(body) // 8) + body
