"""Each layer of the sandbox alone: what happens without any layer, and does not with this one and no other.

The probes of the operating system's layers are Python, standing in for an engine that was taken over.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker import engine, process
from checker.dataset import Dataset
from checker.engine import CONFIGURATION, Database
from checker.process import Role
from checker.sandbox import LAYERS

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these layers are Linux's")
root_only = pytest.mark.skipif(os.getuid() != 0, reason="only root has privileges that can be taken away")

PROBE = """
import os, resource, sys, time
sys.path.insert(0, {root!r})
from checker import sandbox
def harden(parent=os.getppid()):
    confinement = sandbox.Confinement(readable=(), memory_bytes=64 << 20, cpu_seconds=1, parent=parent)
    assert list(sandbox.harden(confinement, {layers!r})) == {layers!r}
{attack}
print("happened", flush=True)
"""

# layer and attack: Python that raises, dies or never returns where it is stopped.
ATTACKS = {
    "landlock, a file": ("landlock", "harden()\nopen('/etc/passwd').read()"),
    "landlock, a folder": ("landlock", "harden()\nos.listdir('/etc')"),
    "landlock, a port": ("landlock", "import socket\nharden()\nsocket.create_server(('127.0.0.1', 0))"),
    "seccomp, a process": ("seccomp", "harden()\nif os.fork() == 0: os._exit(0)"),
    "seccomp, a program": ("seccomp", "harden()\nos.execv('/bin/echo', ['echo', 'happened'])"),
    "seccomp, a socket": ("seccomp", "import _socket\nharden()\n_socket.socket(_socket.AF_UNIX)"),
    "seccomp, a signal": ("seccomp", "harden()\nos.kill(os.getppid(), 0)"),
    "seccomp, a write": ("seccomp", "harden()\nopen({out!r} + '/file', 'w')"),
    "seccomp, a removal": ("seccomp", "harden()\nos.rmdir({out!r} + '/folder')"),
    "seccomp, another's limits": ("seccomp", "harden()\nresource.prlimit(os.getppid(), resource.RLIMIT_CORE)"),
    "limits, memory": ("limits", "harden()\nbytearray(4 << 30)"),
    "limits, time": ("limits", "harden()\nend = time.process_time() + 2\nwhile time.process_time() < end: pass"),
    "limits, a file's size": ("limits", "file = os.open({out!r} + '/file', 0o102)\nharden()\nos.write(file, b'x')"),
    "limits, descriptors": ("limits", "harden()\nheld = [os.dup(0) for _ in range(100)]"),
    "parent-death": (
        "parent-death",
        "parent = os.getpid()\nif os.fork(): time.sleep(0.3); os._exit(0)\nharden(parent)\ntime.sleep(1)",
    ),
}
OF_ROOT = {
    "capabilities, another root folder": ("capabilities", "harden()\nos.chroot('/')"),
    "capabilities, another's file": ("capabilities", "harden()\nos.chown({out!r} + '/folder', 1, 1)"),
    "no-new-privileges, a program of root's": (
        "no-new-privileges",
        "os.setresgid(65534, 65534, 65534)\nos.setresuid(65534, 65534, 65534)\nharden()\n"
        "os.execv({out!r} + '/id', ['id', '-u'])",
    ),
    "not-dumpable, a look from beside": (
        "not-dumpable",
        "import ctypes\nos.setresgid(65534, 65534, 65534)\nos.setresuid(65534, 65534, 65534)\n"
        "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as a program that nobody started is\nharden()\n"
        "if os.fork() == 0:\n"
        "    try: open('/proc/%d/environ' % os.getppid(), 'rb').read()\n    except OSError: os._exit(1)\n"
        "    os._exit(0)\nassert os.wait()[1] == 0",
    ),
}


def _happens(layers: list[str], attack: str, out: Path) -> bool:
    root = str(Path(__file__).resolve().parents[2])
    code = PROBE.format(root=root, layers=layers, attack=attack.replace("{out!r}", repr(str(out))))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.strip() in ("happened", "0")


def _place(folder: Path) -> Path:
    """A folder that attacks may change, with a program that runs as root whoever starts it."""
    folder.chmod(0o777)
    (folder / "folder").mkdir()
    for parent in list(folder.parents)[:3]:
        parent.chmod(0o755)
    shutil.copy(shutil.which("id") or "/usr/bin/id", folder / "id")
    (folder / "id").chmod(0o4755)
    return folder


@linux_only
@pytest.mark.parametrize("name", ATTACKS)
def test_a_layer_of_the_system_alone_stops(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    layer, attack = ATTACKS[name]
    assert _happens([], attack, _place(tmp_path_factory.mktemp("open")))
    assert not _happens([layer], attack, _place(tmp_path_factory.mktemp("closed")))


@linux_only
@root_only
@pytest.mark.parametrize("name", OF_ROOT)
def test_a_layer_alone_takes_from_root(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    layer, attack = OF_ROOT[name]
    assert _happens([], attack, _place(tmp_path_factory.mktemp("open")))
    assert not _happens([layer], attack, _place(tmp_path_factory.mktemp("closed")))


def test_every_layer_of_the_system_has_a_probe() -> None:
    assert {layer for layer, _ in (*ATTACKS.values(), *OF_ROOT.values())} == set(LAYERS)


# -- the engine's own layers: one setting, all others as the engine has them by default ----------------


def _one_setting(name: str) -> dict[str, Any]:
    return {name: CONFIGURATION[name]}


def _spill(configuration: dict[str, Any], folder: Path) -> bool:
    with duckdb.connect(config={"temp_directory": str(folder / "spill"), **configuration}) as connection:
        connection.execute("SET memory_limit = '40MB'; SET threads = 1")
        with contextlib.suppress(duckdb.Error):
            connection.execute("CREATE TABLE t AS SELECT md5(i::VARCHAR) AS a, i FROM range(2000000) t(i) ORDER BY a")
        return (folder / "spill").exists()


def _python_variable(configuration: dict[str, Any], _: Path) -> bool:
    from pyarrow import table  # noqa: PLC0415

    secret = table({"x": [1]})
    with duckdb.connect(config=configuration) as connection:
        try:
            return bool(connection.execute("SELECT * FROM secret").fetchall() and secret)
        except duckdb.Error:
            return False


def _persistent_secret(configuration: dict[str, Any], folder: Path) -> bool:
    with duckdb.connect(config=configuration) as connection:
        try:
            connection.execute(f"SET secret_directory = '{folder / 'secrets'}'")
            connection.execute("CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')")
        except duckdb.Error:
            pass
    return any(folder.rglob("*"))


def _autoload(configuration: dict[str, Any], folder: Path) -> bool:
    """Whether an unknown function makes the engine ask for an extension."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        child = subprocess.Popen([sys.executable, "-c", _AUTOLOAD, str(configuration), address, str(folder)])
        try:
            for _ in range(40):
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    if child.poll() is not None:
                        return False
                else:
                    return True
            return False
        finally:
            child.kill()
            child.wait()


_AUTOLOAD = """
import ast, sys, duckdb
on = {"autoload_known_extensions": True, "autoinstall_known_extensions": True, "extension_directory": sys.argv[3],
      "custom_extension_repository": sys.argv[2], "autoinstall_extension_repository": sys.argv[2]}
try:
    duckdb.connect(config={**on, **ast.literal_eval(sys.argv[1])}).execute("FROM sql_auto_complete('sel')")
except duckdb.Error:
    pass
"""


def _deep(configuration: dict[str, Any], _: Path) -> bool:
    with duckdb.connect(config=configuration) as connection:
        try:
            return bool(connection.execute("SELECT 1" + "::INTEGER" * 400).fetchall())
        except duckdb.Error:
            return False


def _home(configuration: dict[str, Any], _: Path) -> bool:
    home = str(Path.home())
    name = next(iter(configuration), "secret_directory")
    with duckdb.connect(config={"home_directory": home, **configuration}) as connection:
        row = connection.execute("SELECT value FROM duckdb_settings() WHERE name = ?", [name]).fetchone()
        return row is not None and home in str(row[0])


PROBES: dict[str, Callable[[dict[str, Any], Path], bool]] = {
    "temp_directory": _spill,
    "python_enable_replacements": _python_variable,
    "allow_persistent_secrets": _persistent_secret,
    "autoload_known_extensions": _autoload,
    "autoinstall_known_extensions": _autoload,
    "max_expression_depth": _deep,
    "secret_directory": _home,
    "home_directory": _home,
}


@pytest.mark.parametrize("name", PROBES)
def test_a_setting_of_the_engine_alone_stops(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert PROBES[name]({}, tmp_path_factory.mktemp("open"))
    assert not PROBES[name](_one_setting(name), tmp_path_factory.mktemp("closed"))


def test_community_extensions_are_refused_before_anything_is_asked_for() -> None:
    with duckdb.connect(config=_one_setting("allow_community_extensions")) as connection:
        row = connection.execute("SELECT current_setting('allow_community_extensions')").fetchone()
        assert row == (False,)
        with pytest.raises(duckdb.Error):
            connection.execute("SET allow_community_extensions = true")


@pytest.mark.parametrize(
    ("layer", "attack"),
    [
        ("SET enable_external_access = false", "SELECT * FROM read_text('{file}')"),
        ("SET lock_configuration = true", "SET threads = 1"),
    ],
)
def test_a_lock_alone_stops(tmp_path: Path, layer: str, attack: str) -> None:
    (tmp_path / "file").write_text("x")
    attack = attack.format(file=tmp_path / "file")
    with duckdb.connect() as connection:
        connection.execute(attack)
        connection.execute(layer)
        with pytest.raises(duckdb.Error):
            connection.execute(attack)


def test_a_read_only_file_alone_keeps_its_rows(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "log.duckdb")) as connection:
        connection.execute("CREATE TABLE turns AS SELECT 1 AS n")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{tmp_path / 'log.duckdb'}' AS laglead (READ_ONLY)")
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("DELETE FROM laglead.turns")


def test_the_gate_alone_refuses_what_the_engine_would_run() -> None:
    attack = "CREATE TEMP MACRO sum(x) AS 42"
    with duckdb.connect() as connection:
        connection.execute(attack)
        with pytest.raises(engine.Refusal):
            engine.one_select(connection, attack, pivot_allowed=True)


@linux_only
def test_a_process_with_a_second_thread_is_not_locked_up_by_halves() -> None:
    program = (
        "import os, threading, time; from checker import sandbox;"
        "threading.Thread(target=time.sleep, args=(9,), daemon=True).start();"
        "sandbox.harden(sandbox.Confinement((), 1 << 30, 9, os.getppid()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "RuntimeError" in done.stderr


def test_the_wrapping_alone_refuses_a_change_that_passes_the_gate() -> None:
    attack = "WITH d AS (DELETE FROM turns RETURNING *) SELECT * FROM d"
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE turns AS SELECT 1 AS n")
        query, _ = engine.one_select(connection, attack, pivot_allowed=False)
        with pytest.raises(duckdb.Error):
            connection.execute(f"SELECT * FROM (\n{query}\n) z")
        assert connection.execute("SELECT count(*) FROM turns").fetchall() == [(1,)]


def test_binding_beside_nothing_but_the_log_alone_hides_the_worlds(dataset: Dataset) -> None:
    attack = "SELECT count(*) FROM query('FROM wor' || 'lds.turns')"
    database = Database(str(dataset.native), tuple(dataset.catalog.tables), 1, 256 << 20)
    connection = engine.connect(database)
    assert connection.execute(attack).fetchall() != [(0,)]
    with pytest.raises(engine.Refusal):
        engine.keep_to_the_log(database, attack)


def test_a_child_has_no_environment_and_imports_nothing_from_where_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY", "sesame-open")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for module in ("json", "_duckdb", "duckdb", "checker"):
        (tmp_path / f"{module}.py").write_text("import os; os._exit(9)")
    program = "import os, sys; sys.path += {path!r}; import json, checker.engine; "
    monkeypatch.setattr(process, "PROGRAM", program + "print(dict(os.environ), flush=True) # {module} {parent}")
    child = process.spawn(Role.QUERY)
    with os.fdopen(os.dup(child.replies)) as replies:
        said = replies.read()
    child.stop()
    assert "TZ" in said
    assert "CANARY" not in said
