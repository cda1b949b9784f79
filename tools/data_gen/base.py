"""Small parts shared by both packages: chance, exact sharing out, the project record and the ladder of a line."""

import random
from dataclasses import dataclass, field
from fractions import Fraction


class Dice:
    """Chance from a seed, drawn only through `random()`, whose sequence Python promises to keep."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def between(self, low, high):
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def per_mille(self, low, high):
        """A rate between two rates given in thousandths."""
        return Fraction(self.between(low, high), 1000)

    def chance(self, percent):
        return self._random.random() * 100 < percent

    def pick(self, items):
        return items[self.between(0, len(items) - 1)]

    def shuffled(self, items):
        """A new list with the items in another order."""
        pool = list(items)
        for last in range(len(pool) - 1, 0, -1):
            other = self.between(0, last)
            pool[last], pool[other] = pool[other], pool[last]
        return pool


def largest_remainder(total, shares):
    """Splits a whole total by exact shares that add to 1; ties go to the earlier place."""
    shares = [Fraction(share) for share in shares]
    if sum(shares) != 1:
        raise ValueError(f"the shares add to {sum(shares)}, not 1")
    quotas = [total * share for share in shares]
    parts = [quota.numerator // quota.denominator for quota in quotas]
    order = sorted(range(len(shares)), key=lambda place: (parts[place] - quotas[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def by_weight(total, weights):
    """Splits a whole total in proportion to whole weights."""
    whole = sum(weights)
    return largest_remainder(total, [Fraction(weight, whole) for weight in weights])


def rule_shares(rule, figures):
    """Each section's share: the weighted sum of its part of every measure."""
    sections = range(len(figures))
    totals = {measure: sum(row[measure] for row in figures) for *_, measure, _ in rule}
    return [
        sum(Fraction(weight, 100) * Fraction(figures[place][measure], totals[measure]) for *_, measure, weight in rule)
        for place in sections
    ]


def rounded(amount, step):
    """Down to a multiple of step."""
    return int(amount) // step * step


def portion(amount, rate):
    """A whole part of an amount of money, in minor units."""
    exact = Fraction(amount) * rate
    return exact.numerator // exact.denominator


def money(minor):
    """Minor units as written in the files; None stays blank."""
    if minor is None:
        return ""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


@dataclass
class Project:
    """A row of projects.csv, with what the generator needs to build the rows that hang from it."""

    project_id: str
    fiscal_year: int
    title: str
    kind: "object"
    section_id: str = ""
    neighbourhood_id: str = ""
    scope: str = "section"
    dimension_id: str = ""
    currency: str = ""
    objective_id: str = ""
    status: str = "identification"
    status_date: str = ""
    cost_estimate: int | None = None
    technical_design_cost: int | None = None
    agreed_amount: int | None = None
    agreed_on: str = ""
    feasibility: str = ""
    votes: int | None = None
    priority_rank: int | None = None
    beneficiaries: int | None = None
    planned_end: str = ""
    actual_start: str = ""
    actual_end: str = ""
    physical_progress_percent: int | None = None
    location: str = ""
    financing: list = field(default_factory=list)

    @property
    def promised(self):
        """What the act promised, nothing where it does not say."""
        return self.agreed_amount or 0


@dataclass
class Line:
    """A row of budget.csv; stages in minor units, None where not published."""

    fiscal_year: int
    project_id: str
    section_id: str
    financing_source_code: str
    pia: int | None
    pim: int | None
    certificado: int | None
    compromiso_anual: int | None
    devengado: int | None
    girado: int | None
    as_of: str

    STAGES = ("pia", "pim", "certificado", "compromiso_anual", "devengado", "girado")

    def breaks_ladder(self):
        """Whether a stage after the opening budget holds more than the one before it."""
        known = [value for name in self.STAGES[1:] if (value := getattr(self, name)) is not None]
        return any(later > earlier for earlier, later in zip(known, known[1:]))


def ladder(dice, year, project_id, section_id, code, pia, pim, accrued, as_of):
    """A line whose stages go down step by step from the modified budget to what was paid."""
    accrued = min(accrued, pim)
    certified = accrued + portion(pim - accrued, dice.per_mille(0, 600))
    committed = accrued + portion(certified - accrued, dice.per_mille(0, 700))
    paid = accrued if dice.chance(60) else portion(accrued, dice.per_mille(880, 990))
    return Line(year, project_id, section_id, code, pia, pim, certified, committed, accrued, paid, as_of)
