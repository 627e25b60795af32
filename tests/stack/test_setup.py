"""What `make setup`, `make lint` and the log watching are made of."""

import gettext
import subprocess
import sys
from pathlib import Path

import pytest

from portal.stack import addresses, browser, static
from portal.stack.addresses import committed_files, find_addresses
from portal.stack.complaints import Complaints, complaint
from portal.stack.errors import StackError
from portal.stack.next_python import find_python
from portal.stack.paths import ROOT
from portal.stack.translations import compile_catalogues

VENV_SCRIPT = ROOT / "portal" / "stack" / "venv.py"
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Offer"
msgstr "报价"
"""


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)

    assert [compile_catalogues(tmp_path), compile_catalogues(tmp_path)] == [1, 0]

    assert gettext.translation("django", tmp_path, ["zh_Hans"]).gettext("Offer") == "报价"


def test_no_catalogue_is_no_error(tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == 0


def test_old_python_is_refused_with_a_sentence() -> None:
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 2);"
        f"sys.argv = ['venv.py', 'folder', 'lock']; runpy.run_path({str(VENV_SCRIPT)!r},"
        "run_name='__main__')"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Trilink needs Python 3.11 or newer")


def test_finished_environment_is_left_alone() -> None:
    command = [sys.executable, str(VENV_SCRIPT), ".venv", "requirements/dev.txt"]

    # Where the suite runs, `make setup` has run, so nothing may be installed again.
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("host", ["py" + "pi.org", "files.python" + "hosted.org"])
def test_address_of_a_registry_is_found(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "ROOT", tmp_path)
    (tmp_path / "lock.txt").write_text(f"first\n--index-url https://{host}/simple\n")

    assert find_addresses(["lock.txt"]) == ["lock.txt:2"]


def test_locks_name_no_address() -> None:
    locks = [str(path.relative_to(ROOT)) for path in (ROOT / "requirements").glob("*.txt")]

    assert locks
    assert find_addresses(locks) == []


def test_committed_files_are_listed() -> None:
    assert "portal/stack/addresses.py" in committed_files()


def test_missing_browser_is_never_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "PACKAGES", {"no-such-browser": "no-such-browser"})
    monkeypatch.setattr("os.getuid", lambda: 1000)

    with pytest.raises(StackError, match="apt-get install --yes no-such-browser"):
        browser.ensure_browser()


def test_python_without_one_behind_it_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    assert find_python() is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"level": "ERROR", "message": "no paper", "exc_info": "Jam"}', "no paper\nJam"),
        ('{"level": "INFO", "message": "ERROR is only a word here"}', None),
        ("[2026-01-01] [ERROR] worker 1 is gone", "[2026-01-01] [ERROR] worker 1 is gone"),
        ("Traceback (most recent call last):", "Traceback (most recent call last):"),
        ('127.0.0.1 - "GET / HTTP/1.1" 200', None),
        ("[1, 2]", None),
    ],
)
def test_error_is_told_from_chatter(line: str, expected: str | None) -> None:
    assert complaint(line) == expected


def test_errors_are_shown_once_and_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "web.log"
    log.write_text("ERROR of yesterday\n")
    complaints = Complaints(log)

    with log.open("a") as file:
        file.write("ERROR of to")
        file.flush()
        complaints.show()
        file.write("day\n")
    complaints.show()
    complaints.show()

    assert capsys.readouterr().out == "web | ERROR of today\n"


def test_static_files_are_collected_again_only_when_they_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("static", "requirements", "portal/settings"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("requirements/dev.txt", "portal/settings/site.py", "static/site.css", "collected"):
        (tmp_path / file).write_text("")
    monkeypatch.setattr(static, "ROOT", tmp_path)
    monkeypatch.setattr(static, "COLLECTED", tmp_path / "collected")
    stamp = tmp_path / "stamp"

    assert not static.is_collected(stamp)
    stamp.write_text(static.fingerprint())
    assert static.is_collected(stamp)
    (tmp_path / "static" / "site.css").write_text("changed")
    assert not static.is_collected(stamp)
