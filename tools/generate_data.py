#!/usr/bin/env python3
"""Writes the two data packages Yupay ships: data/villa-el-salvador and data/san-juan-de-miraflores.

    python3 tools/generate_data.py            rewrites both folders, byte for byte the same every time
    python3 tools/generate_data.py --check    writes nothing; exit code 1 if what stands is not what would be written
    python3 tools/generate_data.py --summary  says what came out, by round

What is fact and what is invented: every figure taken from the published study of the two districts or from the
ministry stands in `data_gen/facts.py`, and only those rows say `paper` or `ministry`. Projects, neighbourhoods, budget
lines, dates of meetings and figures by section are invented from a fixed seed, in such a way that they add up to the
study's figures and tell its story; those rows say `illustrative`. `data_gen/checks.py` refuses to write a package
that stops telling it. Only the standard library is needed.
"""

import csv
import io
import sys
from pathlib import Path

from data_gen import san_juan, schema, villa
from data_gen.checks import Unmet, accrued_of, agreed_of
from data_gen.base import money

ROOT = Path(__file__).resolve().parent.parent / "data"
DISTRICTS = (villa, san_juan)


def csv_bytes(table, rows):
    """A table as it is written: header and rows, LF, UTF-8; None stays blank."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column["name"] for column in table[3])
    for row in rows:
        if len(row) != len(table[3]):
            raise ValueError(f"{table[0]}: {len(row)} cells for {len(table[3])} columns: {row}")
        writer.writerow(row)
    return text.getvalue().encode("utf-8")


def package_files(district, tables, ballots, geometry):
    """Every file of a package by its path inside the folder."""
    known = {table[0]: table for table in schema.tables()}
    contents = {name: csv_bytes(known[name], rows) for name, rows in tables.items()}
    files = {known[name][2]: content for name, content in contents.items()}
    files |= {f"ballots/{year}.pb": content for year, content in ballots.items()}
    if geometry:
        files["data/sections.geojson"] = geometry
    described = schema.pretty(schema.descriptor(district, contents, ballots, geometry)) + "\n"
    files["datapackage.json"] = described.encode("utf-8")
    return files


def all_files():
    """Every file of both packages by its path under data/."""
    files = {}
    for module in DISTRICTS:
        district, tables, _, _, ballots = module.build()
        geometry = module.geometry()
        for path, content in package_files(district, tables, ballots, geometry).items():
            files[f"{district['name']}/{path}"] = content
    return files


def standing():
    """Paths of the files that stand in the packages' folders now."""
    return {path.relative_to(ROOT).as_posix() for module in DISTRICTS
            for path in (ROOT / module.NAME).rglob("*") if path.is_file()}


def differences(files):
    """Paths that are missing, too many, or not as they would be written."""
    changed = {path for path, content in files.items()
               if not (ROOT / path).is_file() or (ROOT / path).read_bytes() != content}
    return sorted(changed | (standing() - set(files)))


def write(files):
    """Writes every file and takes away what no longer belongs."""
    for path in standing() - set(files):
        (ROOT / path).unlink()
    for path, content in files.items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def summary():
    """One line a round and currency: projects, promised, accrued."""
    for module in DISTRICTS:
        district, _, projects, lines, _ = module.build()
        for year in sorted({one.fiscal_year for one in projects}):
            for currency in ("", "USD"):
                group = agreed_of(projects, year, currency)
                if not group:
                    continue
                promised, accrued = sum(one.promised for one in group), accrued_of(group, lines)
                print(f"{district['title']} {year} {currency or 'PEN'}: {len(group)} projects, agreed "
                      f"{money(promised)}, accrued {money(accrued)} ({accrued / promised:.1%})")


def main(arguments):
    try:
        files = all_files()
    except Unmet as unmet:
        print(f"generate_data: {unmet}", file=sys.stderr)
        return 1
    if arguments == ["--check"]:
        changed = differences(files)
        for path in changed:
            print(f"generate_data: data/{path} is not what the generator writes", file=sys.stderr)
        return 1 if changed else 0
    if arguments == ["--summary"]:
        summary()
        return 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    write(files)
    for module in DISTRICTS:
        size = sum(len(content) for path, content in files.items() if path.startswith(module.NAME))
        print(f"data/{module.NAME}: {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
