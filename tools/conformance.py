#!/usr/bin/env python3
"""Validates the shipped data packages with frictionless 5.21.0, an independent reader of the format.

    python3 tools/conformance.py            both packages of data/
    python3 tools/conformance.py FOLDER...  the packages in these folders

Makes a virtual environment in .tools/venv the first time (that needs the network once) and leaves it there.
Prints a line for each package; exit code 1 if any has an error.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".tools" / "venv"
VERSION = "5.21.0"
PACKAGES = ("data/villa-el-salvador", "data/san-juan-de-miraflores")


def in_venv(name):
    """A program of the virtual environment."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / name


def installed():
    """The version of frictionless in the virtual environment, or nothing."""
    if not in_venv("python").exists():
        return ""
    asked = "import importlib.metadata as m; print(m.version('frictionless'))"
    done = subprocess.run([in_venv("python"), "-c", asked], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def prepare():
    """Makes the environment with the version we rely on, unless it stands already."""
    if installed() == VERSION:
        return
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"frictionless=={VERSION}"], check=True)


def validate(folder):
    """Validates every resource of a package; returns how many errors it has."""
    command = [in_venv("python"), "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f"{folder.name}: frictionless could not read it\n{done.stdout}{done.stderr}", file=sys.stderr)
        return 1
    found = [("", error) for error in report["errors"]]
    found += [(task["name"], error) for task in report["tasks"] for error in task["errors"]]
    print(f"{folder.name}: {report['stats']['tasks']} resources, {len(found)} errors")
    for name, error in found[:20]:
        print(f"  {name}: {error['message']}", file=sys.stderr)
    return len(found)


def main(arguments):
    prepare()
    folders = [Path(one) for one in arguments] or [ROOT / one for one in PACKAGES]
    return 1 if sum(validate(one.resolve()) for one in folders) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
