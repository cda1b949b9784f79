#!/usr/bin/env python3
"""Writes packages that lie at an edge, for looking at pages and for their tests.

    python3 tools/edge_packages.py OUT            writes every package as a folder of OUT
    python3 tools/edge_packages.py OUT NAME...    writes only these
    python3 tools/edge_packages.py --list         names them, with what each is for

Each is a municipality that loads whole, and differs from a plain small one (`plain`) in one thing. The same bytes every
time; only the standard library is needed.
"""

import csv
import json
import sys
from pathlib import Path

LONG = "Mejoramiento integral y ampliación progresiva de las vías de acceso, veredas, escalinatas y áreas verdes "
ARABIC = ("حديقة الحي الجديد", "إنارة الشارع الرئيسي", "مدرسة الأمل", "سوق المنتجات المحلية", "ملعب الشباب", "طريق المدخل الشمالي")
MARKUP = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></table><h1>roto</h1>", "&amp; &lt;b&gt;",
          "\"><svg onload=alert(1)>", "=HYPERLINK(\"http://x.example\")", "{{constructor}}", "'; DROP TABLE obras; --")
STATUSES = (("identification", "En idea", "Idea", "identification", "true"),
            ("preparation", "En preparación", "In preparation", "preparation", "true"),
            ("implementation", "En obra", "Under way", "implementation", "true"),
            ("completion", "Terminada", "Finished", "completion", "false"),
            ("paused", "Paralizada", "Paused", "implementation", "true"),
            ("cancelled", "Cancelada", "Cancelled", "cancelled", "false"))
DIMENSIONS = ("Humana", "Ecológica", "Urbana", "Económica")
STAGES = ("pia", "pim", "certificado", "compromiso_anual", "devengado", "girado")
LADDER = {"pia": 90, "pim": 100, "certificado": 85, "compromiso_anual": 75, "devengado": 60, "girado": 55}


class Edge:
    """What a package is like; the plain one, but for what is said."""

    def __init__(self, about, **changes):
        self.about = about
        self.rounds = (2001, 2002, 2003)
        self.years = (2001, 2002, 2003, 2004)
        self.works = 24
        self.sections = 4
        self.dimensions = len(DIMENSIONS)
        self.stages = STAGES
        self.unit = 1_000_00
        self.sign = 1
        self.leave_out = ()
        self.no_population = False
        self.name = lambda kind, number: f"{kind} {number}"
        self.small = False
        self.__dict__.update(changes)


def long_name(kind, number):
    return (f"{kind} {number}: " + LONG * 4)[:299] + "."


def listed(names):
    return lambda kind, number: f"{names[number % len(names)]} {number}"


PACKAGES = {
    "plain": Edge("a small municipality with every table"),
    "long-names": Edge("names of 300 characters", name=long_name),
    "right-to-left": Edge("names from right to left", name=listed(ARABIC)),
    "markup": Edge("markup, formulas and quotes in names", name=listed(MARKUP)),
    "huge": Edge("works of 10^15 soles", unit=10 ** 15 * 100 // 40, works=8),
    "negative": Edge("totals below zero: more was taken back than spent", sign=-1),
    "one-project": Edge("one work in one round", works=1, rounds=(2001,), years=(2001,)),
    "no-project": Edge("rounds without a work", works=0),
    "sixty-sections": Edge("60 sections", sections=60, works=120),
    "twenty-five-dimensions": Edge("25 dimensions", dimensions=25, works=75),
    "no-price-index": Edge("no price index", leave_out=("price_index",)),
    "no-population": Edge("nobody counted", no_population=True),
    "no-sections": Edge("no table of sections", leave_out=("sections", "section_figures", "neighbourhoods", "allocations",
                                                           "project_sections", "crosswalk", "sections-geometry")),
    "no-statuses": Edge("no table of statuses", leave_out=("statuses", "status_history")),
    "missing-year": Edge("a year between others without a round, lines or prices", rounds=(2001, 2002, 2004),
                         years=(2001, 2002, 2004)),
    "missing-stage": Edge("no modified budget", stages=tuple(stage for stage in STAGES if stage != "pim")),
    "no-financing": Edge("no table of who pays", leave_out=("financing",)),
    "no-geometry": Edge("no outlines and no points", leave_out=("sections-geometry", "location")),
    "fifty-thousand": Edge("50,000 works with lines", works=12_500, rounds=(2001, 2002, 2003, 2004), sections=20,
                           unit=100_00, small=True),
}


def money(minor):
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def sections_of(edge):
    return [f"S{place}" for place in range(1, edge.sections + 1)]


def code_lists(edge):
    """Lists of codes, and figures by section."""
    has_sections = "sections" not in edge.leave_out
    dimensions = [(f"d{place}", edge.name("Dimensión" if place > len(DIMENSIONS) else DIMENSIONS[place - 1], place))
                  for place in range(1, edge.dimensions + 1)]
    sections = sections_of(edge) if has_sections else []
    tables = {
        "sections": (("section_id", "name", "level1", "level2"),
                     [(code, edge.name("Sección", place), edge.name("Zona", 1 + (place - 1) * 2 // edge.sections), "")
                      for place, code in enumerate(sections, start=1)]),
        "neighbourhoods": (("neighbourhood_id", "section_id", "name"),
                           [(f"{code}-{number}", code, edge.name(f"Barrio {number} de {code}", place))
                            for place, code in enumerate(sections, start=1) for number in (1, 2, 3)]),
        "dimensions": (("dimension_id", "label_es", "label_en"), [(code, name, name) for code, name in dimensions]),
        "statuses": (("status_id", "label_es", "label_en", "oc4ids_status", "is_open"), STATUSES),
        "objectives": (("objective_id", "dimension_id", "title", "parent"),
                       [row for code, _ in dimensions[:4]
                        for row in ((f"{code}-o", code, edge.name("Objetivo estratégico", 1), ""),
                                    (f"{code}-o1", code, edge.name("Objetivo", 2), f"{code}-o"))]),
        "section_figures": (("fiscal_year", "section_id", "population", "people_without_basic_services"),
                            [(year, code, "" if edge.no_population else 9000 + 700 * place, 900 + 60 * place)
                             for year in edge.rounds for place, code in enumerate(sections, start=1)]),
        "price_index": (("year", "index", "base", "series"),
                        [(year, f"{100 + 3 * (year - 2001)}.{year % 10}0", "2001=100", "ilustrativa") for year in edge.years]),
        "crosswalk": (("table", "from_id", "from_year", "to_id", "to_year", "share_percent", "comparable"), []),
    }
    if len(sections) > 2:
        tables["crosswalk"][1].extend([("sections", "S2", edge.rounds[0], "S2", edge.rounds[-1], 60, "true"),
                                       ("sections", "S2", edge.rounds[0], "S3", edge.rounds[-1], 40, "false")])
    return tables


def works_of(edge):
    """One row a work: its place among all, its round, code, section, dimension, state and promise."""
    sections = sections_of(edge)
    made = []
    for round_place, year in enumerate(edge.rounds):
        for number in range(edge.works):
            place = round_place * edge.works + number
            is_district = number % 12 == 11
            made.append({
                "place": place, "round": year, "id": f"P{place + 1:05d}", "is_district": is_district,
                "section": "" if is_district or "sections" in edge.leave_out else sections[number % len(sections)],
                "dimension": f"d{1 + number * 7 % edge.dimensions}", "status": STATUSES[(place * 5 + 3) % len(STATUSES)][0],
                "promised": edge.unit * (10 + place * 37 % 91) * (0 if number % 15 == 14 else 1),
            })
    return made


def project_tables(edge, works):
    """Works, who pays for them, and what became of them."""
    has = {table: table not in edge.leave_out for table in ("sections", "statuses", "location")}
    rows, financing, history, changes, joint = [], [], [], [], []
    for work in works:
        code, place, year = work["id"], work["place"], work["round"]
        is_joint = bool(work["section"]) and place % 10 == 3 and edge.sections > 1
        neighbourhood = f"{work['section']}-{1 + place % 3}" if work["section"] and not is_joint else ""
        row, column = divmod(int(work["section"][1:]) - 1, 8) if work["section"] else (0, 0)
        point = f"{-76.99 + 0.01 * column + 0.001 * (place % 9):.4f}, {-12.25 + 0.01 * row + 0.001 * (place % 7):.4f}"
        is_built = work["status"] == "completion"
        rows.append((
            code, year, edge.name("Obra", place + 1), work["section"], neighbourhood,
            "district" if work["is_district"] else "multi" if is_joint else "section", work["dimension"],
            f"{work['dimension']}-o1" if place % 3 and int(work["dimension"][1:]) <= 4 else "",
            f"{10 + place % 12}", f"{1 + place % 10:02d}", f"{2000000 + place}" if place % 2 else "",
            work["status"] if has["statuses"] else "", f"{year + 1}-06-30", money(work["promised"] + work["promised"] // 5),
            money(work["promised"] // 20), money(work["promised"]), f"{year}-05-20", ("yes", "pending", "no", "")[place % 4],
            place % 60, 1 + place % 40, 100 + place % 900, f"{year}-12-15", f"{year}-07-01", f"{year + 1}-03-31" if is_built else "",
            100 if is_built else place % 90, point if has["location"] and work["section"] and place % 3 else "",
        ))
        if edge.small and place % 5:
            continue
        part = work["promised"] // 5
        financing += [(f"F{place}a", code, "municipality", "cash", money(work["promised"])),
                      (f"F{place}b", code, ("community", "ngo", "private")[place % 3], ("labour", "materials", "land", "")[place % 4],
                       money(part))]
        history += [(code, f"{year}-12-31", "preparation"), (code, f"{year + 1}-06-30", work["status"])]
        if place % 6 == 1:
            changes.append((code, f"{year}-09-10", "amount", money(work["promised"] * 2), money(work["promised"]), edge.name("Motivo", place)))
        if is_joint:
            beside = f"S{1 + int(work['section'][1:]) % edge.sections}"
            joint += [(code, work["section"], 70), (code, beside, 30)]
    return {
        "projects": (("project_id", "fiscal_year", "title", "section_id", "neighbourhood_id", "scope", "dimension_id",
                      "objective_id", "function_code", "cofog_division", "cui", "status", "status_date", "cost_estimate",
                      "technical_design_cost", "agreed_amount", "agreed_on", "feasibility", "votes", "priority_rank",
                      "beneficiaries", "planned_end", "actual_start", "actual_end", "physical_progress_percent", "location"), rows),
        "financing": (("financing_id", "project_id", "source", "form", "amount"), financing),
        "status_history": (("project_id", "date", "status"), history),
        "changes": (("project_id", "date", "kind", "before", "after", "reason"), changes),
        "project_sections": (("project_id", "section_id", "share_percent"), joint),
    }


def money_tables(edge, works):
    """Rounds, what sections were given, lines, months and totals."""
    lines, months, totals = [], [], {}
    for work in works:
        for step, year in enumerate((work["round"], work["round"] + 1)):
            if year not in edge.years or (step and work["place"] % 2):
                continue
            whole = work["promised"] // (2 - step) or edge.unit
            amounts = {stage: edge.sign * whole * LADDER[stage] // 100 for stage in edge.stages}
            lines.append((f"L{len(lines) + 1}", year, work["id"], work["section"], ("07", "09", "18")[work["place"] % 3],
                          *(money(amounts[stage]) for stage in edge.stages), f"{year}-12-31"))
            for stage, amount in amounts.items():
                totals.setdefault(year, dict.fromkeys(edge.stages, 0))[stage] += amount
            if not edge.small:
                first = amounts["devengado"] // 3
                months += [(year, 7, work["id"], money(first)), (year, 12, work["id"], money(amounts["devengado"] - first))]
    promised = {year: sum(work["promised"] for work in works if work["round"] == year and not work["is_district"])
                for year in edge.rounds}
    sections = sections_of(edge)
    given = [(year, code, money(sum(work["promised"] for work in works if work["round"] == year and work["section"] == code)))
             for year in edge.rounds for code in sections]
    return {
        "processes": (("fiscal_year", "currency", "investment_budget", "participatory_fund", "closed_on"),
                      [(year, "PEN", money(amount * 3), money(amount), f"{year + 1}-12-31") for year, amount in promised.items()]),
        "allocations": (("fiscal_year", "section_id", "amount"), given),
        "budget": (("budget_line_id", "fiscal_year", "project_id", "section_id", "financing_source_code", *edge.stages, "as_of"), lines),
        "execution_months": (("fiscal_year", "month", "project_id", "devengado"), months),
        "official_totals": (("fiscal_year", *edge.stages, "as_of", "months_covered"),
                            [(year, *(money(amount * 5) for amount in stages.values()), f"{year}-12-31", 12)
                             for year, stages in sorted(totals.items())]),
    }


def outlines(edge):
    """Square outlines, eight in a row."""
    features = []
    for place, code in enumerate(sections_of(edge)):
        row, column = divmod(place, 8)
        west, south = -7699 + column, -1225 + row
        corners = ((west, south), (west + 1, south), (west + 1, south + 1), (west, south + 1), (west, south))
        features.append({"type": "Feature", "properties": {"section_id": code},
                         "geometry": {"type": "Polygon", "coordinates": [[[x / 100, y / 100] for x, y in corners]]}})
    return {"type": "FeatureCollection", "features": features}


def write(folder, name, edge):
    """Writes a package, and says how many works and bytes it has."""
    works = works_of(edge)
    tables = code_lists(edge) | project_tables(edge, works) | money_tables(edge, works)
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for table, (columns, rows) in tables.items():
        if table in edge.leave_out:
            continue
        with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        resources.append({"name": table, "path": f"{table}.csv"})
    if "sections-geometry" not in edge.leave_out:
        (folder / "sections.geojson").write_text(json.dumps(outlines(edge)), encoding="utf-8")
        resources.append({"name": "sections-geometry", "path": "sections.geojson", "format": "geojson"})
    descriptor = {"name": name, "title": edge.name(f"Prueba {name}", 1), "description": f"{edge.about}.", "version": "1.0.0",
                  "countryCode": "PE", "yupay": {"demonstration": True, "notice_es": "Datos de prueba.", "notice_en": "Test data.",
                                                 "contact": "mailto:prueba@yupay.example"}, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {len(works)} works, {size} bytes")


def main(arguments):
    if arguments == ["--list"]:
        for name, edge in PACKAGES.items():
            print(f"{name:24} {edge.about}")
        return 0
    unknown = [name for name in arguments[1:] if name not in PACKAGES]
    if not arguments or arguments[0].startswith("-") or unknown:
        print(__doc__ if not unknown else f"edge_packages: no package {', '.join(unknown)}; see --list", file=sys.stderr)
        return 2
    for name in arguments[1:] or PACKAGES:
        write(Path(arguments[0]) / name, name, PACKAGES[name])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
