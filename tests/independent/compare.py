#!/usr/bin/env python3
"""What the compare page should say of a package, worked out apart from it: from the CSV files alone, with decimals.

    compare.py FOLDER [OTHER]

Prints JSON: differences between years, sections and municipalities in every measure, and the promise chain of each round.
It shares no code with Yupay; where the two differ, one of them is wrong. Amounts are texts; null is "no data", and a side
without any rows is "-".
"""
import csv
import json
import pathlib
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

STAGES = {
    "agreed": "agreed_amount",
    "pia": "pia",
    "pim": "pim",
    "certified": "certificado",
    "committed": "compromiso_anual",
    "accrued": "devengado",
    "paid": "girado",
}
CENT = Decimal("0.01")
TENTH = Decimal("0.1")
NOTHING = "-"  # no rows at all
FLOWS = {"certified", "committed", "accrued", "paid"}
BUILT = {"completion", "completed", "maintenance"}


def rounded(value, step):
    # ROUND_HALF_UP rounds halves away from zero, below zero too.
    return value.quantize(step, rounding=ROUND_HALF_UP) + 0  # never a negative zero


def plain(value):
    return None if value is None else value if value == NOTHING else format(value, "f")


class Package:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        read = self.read
        self.sections = [row["section_id"] for row in read("sections")]
        self.statuses = {row["status_id"]: row for row in read("statuses", "codelists")}
        self.rounds = {row["fiscal_year"]: row for row in read("processes")}
        self.projects = {row["project_id"]: row for row in read("projects")}
        self.prices = {row["year"]: Decimal(row["index"]) for row in read("price_index")}
        self.allocations = defaultdict(dict)
        for row in read("allocations"):
            self.allocations[row["fiscal_year"]][row["section_id"]] = Decimal(row["amount"])
        self.people = {
            (row["fiscal_year"], row["section_id"]): int(row["population"])
            for row in read("section_figures")
            if row["population"]
        }
        self.lines = read("budget")
        self.months = read("execution_months")
        self.crosswalk = read("crosswalk")
        self.agreed = [self.project_row(row) for row in self.projects.values()]
        self.spending = [self.line_row(row) for row in self.lines]
        self.years = {
            "round": sorted({row["round"] for row in self.agreed}),
            "fiscal": sorted({row["fiscal"] for row in self.agreed + self.spending}),
        }

    def read(self, name, folder="data"):
        if not (self.folder / folder / f"{name}.csv").exists():
            return []
        with open(self.folder / folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def is_agreed(self, project):
        if project["agreed_amount"]:
            return Decimal(project["agreed_amount"]) != 0
        return True if project["agreed_on"] else None

    def section_of(self, project):
        return project["section_id"] or ("district" if project["scope"] == "district" else None)

    def keys_of(self, project):
        if project is None:
            return {"dimension": None, "status": None, "function": None, "is_agreed": None, "id": None, "round": None}
        return {
            "dimension": project["dimension_id"] or None,
            "status": project["status"] or None,
            "function": project["function_code"] or None,
            "is_agreed": self.is_agreed(project),
            "id": project["project_id"],
            "round": project["fiscal_year"],
        }

    def project_row(self, project):
        return {
            **self.keys_of(project),
            "fiscal": project["fiscal_year"],
            "section": self.section_of(project),
            "currency": project["currency"] or self.rounds[project["fiscal_year"]]["currency"],
            "amounts": {"agreed": project["agreed_amount"]},
        }

    def line_row(self, line):
        project = self.projects.get(line["project_id"])
        currency = (project or {}).get("currency") or "PEN"
        section = line["section_id"] or (self.section_of(project) if project else None)
        return {
            **self.keys_of(project),
            "fiscal": line["fiscal_year"],
            "section": section,
            "currency": currency,
            "as_of": line["as_of"],
            "amounts": {stage: line[column] for stage, column in STAGES.items() if stage != "agreed"},
        }

    def rows(self, stage, basis, years, sections=None):
        """The rows of a side: by round only works of the act."""
        table = self.agreed if stage == "agreed" else self.spending
        for row in table:
            is_in = row["currency"] == "PEN" and row["round" if basis == "round" else "fiscal"] in years
            is_listed = basis == "fiscal" or row["is_agreed"] is True
            if is_in and is_listed and (sections is None or row["section"] in sections):
                yield row

    def population(self, year, section=None):
        wanted = [section] if section else self.sections
        counts = [self.people.get((year, one)) for one in wanted]
        return None if None in counts or not counts else sum(counts)

    def is_partial(self, stage, basis, year):
        if stage in ("agreed", "pia"):
            return False
        if basis == "round":
            return year in self.rounds and not self.rounds[year]["closed_on"]
        days = [row["as_of"] for row in self.spending if row["fiscal"] == year and row["as_of"]]
        return bool(days) and max(days) < f"{year}-12-31"


    def last_month(self, basis, years, stage):
        """The last month of the years that are not over, where the package has the months of all of them."""
        partial = [year for year in years if self.is_partial(stage, basis, year)]
        has_months = all(any(row["fiscal_year"] == year for row in self.months) for year in years)
        if basis != "fiscal" or not partial or not has_months or stage not in FLOWS:
            return None
        days = [max(row["as_of"] for row in self.spending if row["fiscal"] == year and row["as_of"]) for year in partial]
        # The shipped packages are read on the last day of a month.
        return min(int(day[5:7]) for day in days)

    def month_rows(self, years, last, stage):
        for month in self.months:
            project = self.projects.get(month["project_id"])
            currency = (project or {}).get("currency") or "PEN"
            if month["fiscal_year"] in years and int(month["month"]) <= last and currency == "PEN":
                section = month["section_id"] or (self.section_of(project) if project else None)
                amounts = {stage: month[STAGES[stage]]}
                yield {**self.keys_of(project), "fiscal": month["fiscal_year"], "section": section, "amounts": amounts}

    def became(self, key, code, year, last_year):
        """What a code of a year is called in a later one: codes with their shares."""
        table = {"section": "sections", "dimension": "dimensions"}.get(key)
        parts = [
            row
            for row in self.crosswalk
            if row["table"] == table and row["from_id"] == code and year <= row["from_year"] and row["to_year"] <= last_year
        ]
        return [(row["to_id"], Decimal(row["share_percent"] or 100)) for row in parts]

    def not_comparable(self, key, first_year, last_year):
        table = {"section": "sections", "dimension": "dimensions"}.get(key)
        return {
            row["to_id"]
            for row in self.crosswalk
            if row["table"] == table
            and row["comparable"] == "false"
            and first_year <= row["from_year"]
            and row["to_year"] <= last_year
        }


def shared_out(amount, shares):
    """By largest remainders, the earlier of two alike first."""
    cents, sign = abs(amount) * 100, -1 if amount < 0 else 1
    exact = [cents * share / 100 for share in shares]
    whole = [int(part) for part in exact]
    left = int(cents) - sum(whole)
    order = sorted(range(len(shares)), key=lambda at: (whole[at] - exact[at], at))
    for at in order[:left]:
        whole[at] += 1
    return [sign * Decimal(part) / 100 for part in whole]


class Side:
    """One side of a comparison: the amount of each value, and how each is told."""

    def __init__(self, package, basis, years, stage, key, sections=None, real=None, last_year=None, last_month=None):
        self.package, self.years, self.sections, self.key = package, years, sections, key
        self.is_partial = last_month is None and any(package.is_partial(stage, basis, year) for year in years)
        self.lacks_index = False
        cells = defaultdict(list)
        if last_month is None:
            rows = package.rows(stage, basis, years, sections)
        else:
            rows = package.month_rows(years, last_month, stage)
        for row in rows:
            year = row["round" if basis == "round" else "fiscal"]
            # A work keeps the dimension of its round while it is paid for in later years.
            coded_in = row["round"] if key == "dimension" and row["round"] else year
            cells[(row[key], coded_in, row["fiscal"])].append(row["amounts"][stage])
        self.first_code = min((coded_in for _, coded_in, _ in cells), default=None)
        self.amounts, unconverted = {}, set()
        for (value, coded_in, spent_in), texts in cells.items():
            published = [Decimal(text) for text in texts if text]
            amount = sum(published) if published else None
            if amount is not None and real:
                prices = package.prices
                known = spent_in in prices and real in prices
                amount = rounded(amount * prices[real] / prices[spent_in], CENT) if known else None
            parts = package.became(key, value, coded_in, last_year) if last_year and value else []
            codes = [code for code, _ in parts] or [value]
            amounts = [amount]
            if parts:
                shares = [share for _, share in parts]
                amounts = [None] * len(parts) if amount is None else shared_out(amount, shares)
            for code, part in zip(codes, amounts):
                if published and part is None:
                    unconverted.add(code)
                    self.lacks_index = True
                known = self.amounts.get(code)
                self.amounts[code] = known if part is None else part + (known or 0)
        for code in unconverted:
            self.amounts[code] = None
        known = [amount for amount in self.amounts.values() if amount is not None]
        if not self.amounts:
            self.total = NOTHING
        else:
            self.total = sum(known, Decimal(0)) if known and not self.lacks_index else None

    def people_year(self):
        wanted = self.sections or self.package.sections
        for year in reversed(self.years):
            if all((year, section) in self.package.people for section in wanted):
                return year
        return None

    def shown(self, value, measure):
        amount = self.amounts.get(value, NOTHING)
        if amount is None or amount == NOTHING or measure == "total":
            return amount
        if measure == "share":
            return self.share(amount)
        year = self.people_year()
        if self.key == "section":
            people = self.package.people.get((year, value))
        else:
            people = self.everybody(year)
        return rounded(amount / people, CENT) if people else None

    def share(self, amount):
        if self.total in (None, NOTHING) or self.total <= 0:
            return None
        return rounded(amount * 100 / self.total, TENTH)

    def everybody(self, year):
        if year is None:
            return None
        wanted = self.sections or self.package.sections
        return sum(self.package.people[(year, section)] for section in wanted)

    def shown_total(self, measure):
        if self.total in (None, NOTHING) or measure == "total":
            return self.total
        if measure == "share":
            return self.share(self.total)
        people = self.everybody(self.people_year())
        return rounded(self.total / people, CENT) if people else None


def difference(a, b):
    if a is None or b is None:
        return None
    if a == NOTHING and b == NOTHING:
        return None
    if a == NOTHING:
        return b
    if b == NOTHING:
        return -a
    return b - a


def change(a, b, measure, is_partial):
    if measure == "share" or is_partial or a in (None, NOTHING) or b in (None, NOTHING) or a <= 0:
        return None
    return rounded((b - a) * 100 / a, TENTH)


def compared(sides, measure, last_year=None):
    a, b = sides
    if last_year:
        first = min((side.first_code for side in sides if side.first_code), default=last_year)
        broken = a.package.not_comparable(a.key, first, last_year)
    else:
        broken = set()
    is_partial = a.is_partial or b.is_partial

    def row(left, right, is_comparable=True):
        if not is_comparable:
            return [plain(left), plain(right), None, None]
        return [plain(left), plain(right), plain(difference(left, right)), plain(change(left, right, measure, is_partial))]

    values = sorted({*a.amounts, *b.amounts}, key=lambda value: (value is None, value or ""))
    rows = {
        value or "-": row(a.shown(value, measure), b.shown(value, measure), value not in broken) for value in values
    }
    return {"rows": rows, "total": row(a.shown_total(measure), b.shown_total(measure)), "partial": is_partial}


def differences(package, other):
    found = []

    def add(make, question, last_year=None):
        for measure in ("total", "person", "share"):
            found.append({**question, "measure": measure, **compared(make(None), measure, last_year)})
        for base in package.prices:
            found.append({**question, "measure": "total", "real": base, **compared(make(base), "total", last_year)})

    for basis in ("round", "fiscal"):
        years = package.years[basis]
        pairs = [([one], [two]) for one in years for two in years if one != two]
        pairs.append((years[:-1], years[-1:]))
        for a, b in pairs:
            for stage in STAGES:
                for key in ("section", "dimension", "status", "function"):
                    last_month = package.last_month(basis, [*a, *b], stage)
                    last_year = max([*a, *b])

                    def sides(real):
                        told = {"real": real, "last_year": last_year, "last_month": last_month}
                        return [Side(package, basis, years, stage, key, **told) for years in (a, b)]

                    question = {"basis": basis, "a": a, "b": b, "stage": stage, "key": key, "months": last_month}
                    add(sides, question, last_year)
    for year in package.years["round"]:
        for a, b in ([package.sections[:1], package.sections[1:3]], [package.sections[2:], package.sections[:2]]):

            def sections(real):
                return [Side(package, "round", [year], "accrued", "dimension", one, real) for one in (a, b)]

            add(sections, {"basis": "round", "year": year, "by": "section", "a": a, "b": b, "stage": "accrued", "key": "dimension"})
    if other:
        for a in package.years["round"]:
            for b in other.years["round"]:
                for key in ("dimension", "status"):
                    pair = [Side(package, "round", [a], "accrued", key), Side(other, "round", [b], "accrued", key)]
                    question = {"basis": "round", "with": other.folder.name, "a": [a], "b": [b], "stage": "accrued", "key": key}
                    for measure in ("total", "person", "share"):
                        found.append({**question, "measure": measure, **compared(pair, measure)})
    return found


def chain_of(package, year, section):
    """The six steps of a round: of a section, or of all where it is None; a pair of amount and works each."""

    def is_here(row):
        return section is None or row["section"] == section

    agreed = [row for row in package.rows("agreed", "round", [year]) if is_here(row)]
    spending = [row for row in package.rows("accrued", "round", [year]) if is_here(row)]
    budget_years = {row["fiscal"] for row in package.rows("accrued", "round", [year])}
    budget_year = year if year in budget_years else min(budget_years, default=None)

    def amount(rows, stage):
        published = [Decimal(row["amounts"][stage]) for row in rows if row["amounts"][stage]]
        return sum(published, Decimal(0)) if published else None

    def works(rows, stage):
        by_work = defaultdict(Decimal)
        for row in rows:
            if row["amounts"][stage] and row["id"]:
                by_work[row["id"]] += Decimal(row["amounts"][stage])
        return sum(1 for total in by_work.values() if total > 0)

    allotted = package.allocations[year]
    entitled = sum(allotted.values()) if section is None else allotted.get(section)
    in_budget = [row for row in spending if row["fiscal"] == budget_year]
    built = [row for row in agreed if package.statuses.get(row["status"], {}).get("oc4ids_status") in BUILT]
    built_amount = amount(built, "agreed")
    steps = {
        "entitled": (entitled, None),
        "agreed": (amount(agreed, "agreed"), len(agreed)),
        "opening": (amount(in_budget, "pia"), works(in_budget, "pia")),
        "modified": (amount(in_budget, "pim"), works(in_budget, "pim")),
        "spent": (amount(spending, "accrued"), works(spending, "accrued")),
        "built": (Decimal("0.00") if built_amount is None else built_amount, len(built)),
    }
    links, before, works_before = {}, None, None
    for step, (money, count) in steps.items():
        gap = money - before if None not in (money, before) else None
        works_gap = count - works_before if None not in (count, works_before) else None
        links[step] = {"amount": plain(money), "works": count, "gap": plain(gap), "works_gap": works_gap}
        before = money if money is not None else before
        works_before = count if count is not None else works_before
    promised, spent = steps["agreed"][0], steps["spent"][0]
    lost = promised - spent if None not in (promised, spent) else None
    percent = rounded(lost * 100 / promised, TENTH) if lost is not None and promised > 0 else None
    return {"links": links, "lost": plain(lost), "lost_percent": plain(percent), "budget_year": budget_year}


def chains(package):
    found = {}
    for year in package.years["round"]:
        rows = [*package.rows("agreed", "round", [year]), *package.rows("accrued", "round", [year])]
        others = {row["section"] for row in rows} - set(package.sections)
        sections = [*package.sections, *sorted(others, key=str)]
        losses = {one: chain_of(package, year, one) for one in sections if one}
        order = [one for one in losses if losses[one]["lost"] and Decimal(losses[one]["lost"]) > 0]
        order.sort(key=lambda one: -Decimal(losses[one]["lost"]))
        found[year] = {"whole": chain_of(package, year, None), "sections": losses, "losers": order}
    return found


def main():
    package = Package(sys.argv[1])
    other = Package(sys.argv[2]) if len(sys.argv) > 2 else None
    json.dump({"differences": differences(package, other), "chains": chains(package)}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
