"""What the numbers of each package must show, checked every time the packages are made."""

from fractions import Fraction
from statistics import median

from . import extras, facts
from .base import Line


class Unmet(Exception):
    """A package does not show what it must."""


def must(condition, message):
    if not condition:
        raise Unmet(message)


def rate(part, whole):
    return part / whole if whole else 0.0


def between(name, value, low, high):
    must(low <= value <= high, f"{name}: {value:.4f} is not between {low} and {high}")


def agreed_of(projects, year, currency=""):
    return [one for one in projects if one.fiscal_year == year and one.promised and one.currency == currency]


def accrued_of(projects, lines, year=None):
    """Accrued on some projects, over every fiscal year or over one."""
    codes = {one.project_id for one in projects}
    return sum(one.devengado or 0 for one in lines
               if one.project_id in codes and (year is None or one.fiscal_year == year))


def common(name, projects, lines, allocations, funds):
    """Checks of both packages: codes, states, ladder, and promises within what each section was given."""
    titles = [one.title for one in projects]
    must(len(set(titles)) == len(titles), f"{name}: a title is repeated")
    must({one.status for one in projects} == {"identification", "preparation", "implementation", "completion",
                                              "paused", "cancelled"}, f"{name}: a state is not used")
    for column in ("votes", "beneficiaries", "cost_estimate", "technical_design_cost", "agreed_amount"):
        must(any(getattr(one, column) is None for one in projects), f"{name}: no blank {column}")
    for one in projects:
        dates = [when for when in (one.agreed_on, one.actual_start, one.actual_end or one.status_date) if when]
        must(dates == sorted(dates), f"{name} {one.project_id}: dates out of order {dates}")
        must(not one.actual_end or one.actual_end == one.status_date, f"{name} {one.project_id}: ended another day")
    breaks = [one for one in lines if one.breaks_ladder()]
    must(1 <= len(breaks) <= 2, f"{name}: {len(breaks)} lines break the ladder")
    must(sum((one.devengado or 0) < 0 for one in lines) == 1, f"{name}: not one negative correction")
    must(any(getattr(one, stage) is None for one in lines for stage in Line.STAGES), f"{name}: no blank stage")
    must(any(one.project_id == "" for one in lines), f"{name}: no line without a project")
    for year, fund in funds.items():
        must(sum(allocations[year]) == fund, f"{name} {year}: the allocations do not total the fund")
        promised = sum(one.promised for one in agreed_of(projects, year) if one.scope != "district")
        must(promised <= fund, f"{name} {year}: more promised than the fund")
        between(f"{name} {year} promised / fund", rate(promised, fund), 0.97, 1)
        for place, given in enumerate(allocations[year], start=1):
            here = sum(one.promised for one in agreed_of(projects, year) if one.section_id == f"S{place}")
            must(here <= given, f"{name} {year} S{place}: promised {here} of {given}")
            between(f"{name} {year} S{place} promised / given", rate(here, given), 0.93, 1)


def villa(projects, lines, allocations, funds, figures):
    """The study's story of Villa El Salvador."""
    common("VES", projects, lines, allocations, funds)
    must(tuple(allocations[2000]) == facts.VES_ALLOCATION_2000, "VES 2000: not the allocation worked out apart")
    must(sum(row["population"] for row in figures[2000]) == facts.VES_PEOPLE, "VES 2000: not 350,000 people")
    must(sum(row["people_without_basic_services"] for row in figures[2000]) * 100
         == facts.VES_PEOPLE * facts.VES_UNSERVED_PERCENT, "VES 2000: not 40 % without services")
    first, second, third = (agreed_of(projects, year) for year in (2000, 2001, 2003))
    must(median(one.promised for one in first) < 30_000_00, "VES 2000: the works are not small")
    small = sum(one.kind.key in ("roof", "playground", "park") for one in first)
    must(small * 2 > len(first), "VES 2000: roofs, playgrounds and parks are not most of the works")
    must(sum(one.kind.key in ("roof", "sidewalk") for one in second) * 2 > len(second),
         "VES 2001: roofs and sidewalks are not most of the works")
    promised = [sum(one.promised for one in group) for group in (first, second, third)]
    between("VES 2000 kept", rate(accrued_of(first, lines), promised[0]), 0.75, 0.85)
    between("VES 2001 kept", rate(accrued_of(second, lines), promised[1]), 0.42, 0.48)
    between("VES 2001 spent in 2002", rate(accrued_of(second, lines, 2002), accrued_of(second, lines)), 0.4, 0.9)
    between("VES 2003 kept so far", rate(accrued_of(third, lines), promised[2]), 0.02, 0.15)
    finished = sum(one.status == "completion" for one in second)
    between("VES 2001 finished", rate(finished, len(second)), 0.1, 0.4)
    even = [one.promised for one in second if one.section_id == "S3"]
    must(even == [facts.VES_SECTION_3_EACH] * facts.VES_SECTION_3_NEIGHBOURHOODS,
         "VES 2001: section 3 is not 10,000 for each of its 30 neighbourhoods")


def by_dimension(projects):
    totals = {}
    for one in projects:
        totals[one.kind.dimension] = totals.get(one.kind.dimension, 0) + one.promised
    return totals


def san_juan(projects, lines, allocations, funds, figures):
    """The study's story of San Juan de Miraflores."""
    common("SJM", projects, lines, allocations, funds)
    people = sum(row["population"] for row in figures[2004])
    must(people < facts.SJM_PEOPLE_BELOW, "SJM 2004: not under 400,000 people")
    listed = agreed_of(projects, 2004)
    whole = sum(one.promised for one in listed)
    leading = 0
    for place in range(1, facts.SJM_SECTIONS + 1):
        here = [one for one in listed if one.section_id == f"S{place}"]
        human = by_dimension(here).get("human", 0)
        most = human * 2 > sum(one.promised for one in here)
        must(most == (human == max(by_dimension(here).values())), f"SJM S{place}: human leads without being most")
        leading += most
    must(leading == 5, f"SJM 2004: human development is most in {leading} sections")
    totals = by_dimension(listed)
    order = sorted(totals, key=totals.get, reverse=True)
    must(order[:3] == ["human", "ecological", "urban"], f"SJM 2004: the order is {order}")
    between("SJM 2004 economic", rate(totals["economic"], whole), 0.015, 0.025)
    spent = accrued_of(listed, lines)
    between("SJM 2004 kept", rate(spent, whole), 0.1, 0.3)
    between("SJM 2004 finished", rate(sum(one.status == "completion" for one in listed), len(listed)), 0.03, 0.12)
    outside = sum(one.devengado or 0 for one in lines if one.project_id == "")
    outside += accrued_of([one for one in projects if not one.agreed_on], lines)
    must(outside > spent, "SJM 2004: less spent outside the list than on it")
    works = agreed_of(projects, 2004, "USD")
    must(sum(one.promised for one in works) == facts.SJM_DISTRICT_RESERVE_USD, "SJM 2004: not US$ 1,100,000 of works")
    must(all(one.scope == "district" and not one.section_id for one in works), "SJM 2004: USD outside district works")
    priced = [one for one in listed if one.cost_estimate]
    far = sum(abs(one.promised - one.cost_estimate) * 4 > one.cost_estimate for one in priced)
    must(far * 2 > len(priced), "SJM 2004: most works got about what they cost")
    must(sum(one.cost_estimate is None for one in listed) >= 5, "SJM 2004: few works without a cost")
    must(all(one.feasibility for one in projects if one.fiscal_year == 2005), "SJM 2005: feasibility not filled")


def months(name, lines, rows):
    """The months of each year and work add up to its lines at every stage they tell."""
    for place, stage in enumerate(extras.MONTHLY, start=4):
        whole, told = {}, {}
        for one in lines:
            key = (one.fiscal_year, one.project_id, one.section_id)
            whole[key] = whole.get(key, 0) + (getattr(one, stage) or 0)
        for row in rows:
            key = (row[0], row[2], row[3])
            told[key] = told.get(key, 0) + round(Fraction(row[place] or 0) * 100)
        must({key: amount for key, amount in whole.items() if amount} == {key: amount for key, amount in told.items() if amount},
             f"{name}: the months do not add up to the lines at {stage}")
