#!/usr/bin/env python3
"""Holds `yupay fund` against pabutools 1.2.3, an independent implementation of the funding rules.

    python3 tools/pabutools.py

Makes a virtual environment in target/pabutools-venv the first time (that needs the network once), builds the command and
runs tests/pabutools/compare.py over the elections of tests/fixtures/fund, those of ../shared/data/pabulib where that folder
stands beside the checkout, and a hundred drawn ones. Without PyPI it is skipped, and says so, unless CI is set.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "target"
VENV = TARGET / "pabutools-venv"
VERSION = "1.2.3"


def in_venv(name):
    """A program of the virtual environment."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / name


def installed():
    """The version of pabutools in the virtual environment, or nothing."""
    if not in_venv("python").exists():
        return ""
    asked = "import importlib.metadata as m; print(m.version('pabutools'))"
    done = subprocess.run([in_venv("python"), "-c", asked], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def prepare():
    """Makes the environment with the version we compare with; whether it stands in the end."""
    if installed() == VERSION:
        return True
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return subprocess.run([*pip, f"pabutools=={VERSION}"], check=False).returncode == 0


def main():
    if not prepare():
        print(f"pabutools {VERSION} no se pudo instalar de PyPI · could not be installed from PyPI", file=sys.stderr)
        if os.environ.get("CI"):
            return 1
        print("skipped: pabutools")
        return 0
    subprocess.run(["cargo", "build", "--locked", "--quiet", "--bin", "yupay"], cwd=ROOT, check=True)
    shared = ROOT.parent / "shared" / "data" / "pabulib"
    if not shared.is_dir():
        print("../shared no está junto al proyecto: sin sus elecciones · not beside the checkout: without its elections")
    files = [*sorted((ROOT / "tests/fixtures/fund").glob("*.pb")), *sorted(shared.glob("*.pb"))]
    compare = ROOT / "tests/pabutools/compare.py"
    yupay = Path(os.environ.get("CARGO_TARGET_DIR", TARGET)) / "debug" / "yupay"
    return subprocess.run([in_venv("python"), compare, yupay, TARGET / "pabutools", *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
