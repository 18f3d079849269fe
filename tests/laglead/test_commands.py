"""The commands as people run them: a process of its own, its exit code, its two streams."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden"
EXERCISES = Path(__file__).parents[2] / "exercises"
SITTINGS = EXERCISES / "25_sessionization" / "10_sittings_30_minutes"
HEAVY = ("duckdb", "sqlglot", "polars", "numpy", "pyarrow", "rich")
BROKEN_SQL = "SELECT conversation_id,\n       turn_indx\nFROM turns"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "laglead", *arguments]
    clean = {key: value for key, value in os.environ.items() if key not in ("LAGLEAD_DEBUG", "NO_COLOR")}
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / ".cache")}
    return subprocess.run(
        command, cwd=folder, env=clean | home | environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, small_practice_log: Path) -> Path:
    folder = tmp_path_factory.mktemp("learner") / "practice"
    assert run(folder.parent, "init", "practice").returncode == 0
    (folder / "data").rmdir()
    (folder / "data").symlink_to(small_practice_log)
    return folder


def _matches_golden(name: str, text: str) -> bool:
    return re.sub(r"\d+\.\d s", "N.N s", text) == (GOLDEN / name).read_text(encoding="utf-8")


def test_a_fresh_machine_is_told_the_first_step(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0
    assert "laglead init" in done.stdout


def test_help_reads_as_it_was_written(tmp_path: Path) -> None:
    assert _matches_golden("help.txt", run(tmp_path, "--help", TERM="dumb", COLUMNS="80").stdout)


def test_an_unknown_exercise_names_its_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "show", "sitings_30_minutes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "sittings_30_minutes" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "Missing argument 'ID'. Try: laglead check --help"),
        (("check", "1", "--nope"), "No such option: --nope. Try: laglead check --help"),
        (("list", "--format", "xml"), "Invalid value for '--format': 'xml' is not one of 'text', 'json'."),
        (("generate", "--users", "many"), "Invalid value for '--users': Input should be a valid integer"),
        (("frobnicate",), "No such command 'frobnicate'. Try: laglead --help"),
    ],
)
def test_a_wrong_command_line_names_what_is_wrong_and_where_help_is(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert "laglead" in done.stderr.partition("Try: ")[2]


def test_missing_data_is_the_learners_next_step(tmp_path: Path) -> None:
    run(tmp_path, "init", ".")
    done = run(tmp_path, "check", "1")
    assert done.returncode == 2
    assert "laglead generate" in done.stderr


def test_an_error_in_json_is_one_object_on_stdout(tmp_path: Path) -> None:
    done = run(tmp_path, "check", "1", "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["exit_code"] == 2


def test_a_corrupt_manifest_is_the_tools_trouble(tmp_path: Path) -> None:
    run(tmp_path, "init", ".")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "manifest.json").write_text("{")
    done = run(tmp_path, "check", "1")
    assert done.returncode == 3
    assert "manifest.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_database_is_said_in_words(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "laglead.toml").write_text("[workspace]")
    (tmp_path / "data" / "manifest.json").write_bytes((workspace / "data" / "manifest.json").read_bytes())
    (tmp_path / "data" / "laglead.duckdb").write_bytes(b"no database")
    done = run(tmp_path, "check", "1", "--answer", str(SITTINGS / "reference.sql"))
    assert done.returncode == 3
    assert "not a valid DuckDB database file" in done.stderr
    assert "laglead generate --force" in done.stderr
    assert "{" not in done.stderr


def test_the_welcome_tells_of_damaged_data(tmp_path: Path) -> None:
    run(tmp_path, "init", ".")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "manifest.json").write_text("{")
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the manifest is not JSON" in done.stdout
    assert "laglead generate --force" in done.stdout


def test_a_closed_pipe_ends_quietly(workspace: Path) -> None:
    script = f"set -o pipefail; {sys.executable} -u -m laglead list | true"
    done = subprocess.run(["bash", "-c", script], cwd=workspace, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [("list",), ("list", "--format", "json")])
def test_a_full_disk_behind_stdout_is_one_line(workspace: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "laglead", *arguments]
        # What is printed waits in a buffer here, as it does for most people, and fails when it is written at last.
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        done = subprocess.run(
            command, cwd=workspace, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=buffered
        )
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "the disk is full. What was there before is untouched; free some space and try again."
    ]


def _run_where_no_file_may_grow_beyond(size: int, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As on a full disk: every write beyond `size` bytes of a file fails."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
    program = f"{limit} from laglead.__main__ import run; import sys; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_an_answer_that_cannot_be_begun_is_not_there(tmp_path: Path) -> None:
    run(tmp_path, "init", ".")
    done = _run_where_no_file_may_grow_beyond(0, tmp_path, "show", "1")
    assert done.returncode == 3
    assert "File too large" in done.stderr
    assert list((tmp_path / "answers").iterdir()) == []


def test_a_disk_that_fills_while_the_database_is_built_leaves_nothing_half(tmp_path: Path) -> None:
    run(tmp_path, "init", ".")
    done = _run_where_no_file_may_grow_beyond(1_500_000, tmp_path, "generate", "--users", "20")
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "The earlier data is untouched" in done.stderr
    assert "our fault" not in done.stderr
    assert [path.name for path in (tmp_path / "data").iterdir()] == []


def test_a_folder_is_no_answer(workspace: Path) -> None:
    done = run(workspace, "check", "1", "--answer", "answers")
    assert done.returncode == 2
    assert "not a regular file" in done.stdout


def test_an_interrupt_is_one_clean_line() -> None:
    program = (
        "import sys; from laglead import app, __main__, welcome;"
        "welcome.welcome = lambda: (_ for _ in ()).throw(KeyboardInterrupt); sys.exit(__main__.run([]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "Stopped. Nothing was lost.\n"


def test_generating_again_does_nothing(workspace: Path) -> None:
    before = (workspace / "data" / "manifest.json").stat().st_mtime_ns
    done = run(workspace, "generate", "--users", "60")
    assert done.stdout.startswith("Already in place")
    assert (workspace / "data" / "manifest.json").stat().st_mtime_ns == before


def test_a_right_answer_passes(workspace: Path) -> None:
    done = run(workspace, "check", "1", "--answer", str(SITTINGS / "reference.sql"))
    assert done.returncode == 0, done.stdout
    assert "✓ passed" in done.stdout.splitlines()[0]


def test_a_wrong_answer_differs_within_twenty_lines(workspace: Path) -> None:
    done = run(workspace, "check", "1", "--answer", str(SITTINGS / "wrong" / "boundary_is_a_new_sitting.sql"))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "✗ differs" in lines[0]
    assert len(lines) <= 20
    assert "\033" not in done.stdout


def test_the_json_of_a_difference_holds_its_proof(workspace: Path) -> None:
    wrong = str(SITTINGS / "wrong" / "boundary_is_a_new_sitting.sql")
    done = run(workspace, "check", "1", "--answer", wrong, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["exercise"], report["verdict"]) == (1, "sittings_30_minutes", "differs")
    assert {"tables", "expected", "actual"} <= report["counterexample"].keys()
    assert {"message", "location", "findings", "timing_ms"} <= report.keys()


def test_a_misspelt_column_gets_one_caret(workspace: Path) -> None:
    (workspace / "answers" / "sittings_30_minutes.sql").write_text(BROKEN_SQL)
    done = run(workspace, "check", "1")
    assert done.returncode == 2
    assert _matches_golden("misspelt_column.txt", done.stdout)


def test_checking_never_imports_what_is_slow(workspace: Path) -> None:
    program = (
        "import sys; from laglead.__main__ import run;"
        f"run(['check', '1', '--answer', {str(SITTINGS / 'reference.sql')!r}]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=workspace, capture_output=True, text=True, check=False, timeout=60
    )
    assert "✓ passed" in done.stdout
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_the_caller_closed_leads_nowhere(workspace: Path, closed: str) -> None:
    right = SITTINGS / "reference.sql"
    command = f"{shlex.quote(sys.executable)} -m laglead check 1 --answer {shlex.quote(str(right))} {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=workspace, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "our fault" in done.stderr) == (0, False)


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_colour_unless_it_is_unwanted(tmp_path: Path, no_color: str) -> None:
    from_child, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "NO_COLOR": no_color}
    command = [sys.executable, "-m", "laglead", "list"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=terminal) as child:
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(from_child, 4096):
                shown += part
        except OSError:  # Linux ends a closed terminal by an error
            pass
    os.close(from_child)
    assert child.returncode == 0
    assert b"sittings_30_minutes" in shown
    assert (b"\033[" in shown) is (no_color == "")


def test_doctor_names_the_layers_that_a_system_lacks_and_what_they_would_stop() -> None:
    from checker.sandbox import LAYERS  # noqa: PLC0415
    from laglead.sandbox_state import missing  # noqa: PLC0415

    assert missing(LAYERS) == ()
    on_macos = missing(("limits",))
    assert "landlock (other files and ports)" in on_macos
    assert len(on_macos) == len(LAYERS) - 1


def test_the_log_is_compared_with_published_figures(workspace: Path) -> None:
    told = json.loads(run(workspace, "data", "--realism", "--format", "json").stdout)
    assert told["published"] == 30
    assert {"name", "published", "measured", "error", "source", "assumed"} <= told["figures"][0].keys()
    text = run(workspace, "data", "--realism").stdout
    assert f"{told['within_5_percent']} of 30 published figures are met within 5 %" in text
    assert "assumptions are met" in text


def test_a_single_table_is_not_compared_with_figures(workspace: Path) -> None:
    told = run(workspace, "data", "turns", "--realism")
    assert told.returncode == 2
    assert "Leave out 'turns'" in told.stderr
