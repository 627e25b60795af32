"""Makes a virtual environment hold exactly what a lock file says; does nothing if it does.

Run by file, with whatever Python there is: python3 portal/stack/venv.py .venv requirements/dev.txt
It has to be understood by older Pythons too, if only to refuse them with a sentence.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
INSTALLER = os.path.join("requirements", "uv.txt")


def main(folder: str, lock: str) -> None:
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        sys.exit(
            f"Trilink needs Python {wanted} or newer; {sys.executable} is "
            f"{sys.version.split()[0]}. Choose another: make PYTHON=/path/to/python{wanted}"
        )
    stamp = os.path.join(folder, "installed.txt")
    wanted = _fingerprint(lock, INSTALLER)
    if _read(stamp) != wanted:
        _install(folder, lock)
        with open(stamp, "w") as file:
            file.write(wanted)


def _fingerprint(*paths: str) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def _read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def _install(folder: str, lock: str) -> None:
    python = os.path.join(folder, "bin", "python")
    uv = os.path.join(folder, "bin", "uv")
    if not os.path.exists(python):
        _run(
            "needs the venv module (Debian: apt-get install python3-venv)",
            sys.executable,
            "-m",
            "venv",
            folder,
        )
    if not os.path.exists(uv):
        _run("needs pip", python, "-m", "ensurepip", "--upgrade")
        _run(
            "could not install uv",
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            INSTALLER,
        )
    # `sync` also removes what an older lock brought. Compiled once, and not by each of the
    # processes that start next.
    _run(
        "could not install the packages",
        uv,
        "pip",
        "sync",
        "--quiet",
        "--require-hashes",
        "--compile-bytecode",
        "--python",
        python,
        lock,
        INSTALLER,
    )


def _run(sentence: str, *command: str) -> None:
    if subprocess.call(command) != 0:
        sys.exit(f"make setup {sentence}: {' '.join(command)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
