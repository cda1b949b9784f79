"""Turns what a district's module decides (rounds, projects, lines) into the rows of the tables."""

from datetime import date, timedelta
from fractions import Fraction

from . import facts
from .base import Project, by_weight, ladder, money, portion, rounded
from .works import OBJECTIVE_OF_KIND, OBJECTIVES

DIMENSIONS = (
    ("human", "Humana", "Human", 1), ("ecological", "Ecológica", "Ecological", 2), ("urban", "Urbana", "Urban", 3),
    ("economic", "Económica", "Economic", 4),
    ("institutional", "Político-institucional", "Political and institutional", 5),
)
STATUSES = (
    ("identification", "En idea", "Idea", 1, "identification", "true"),
    ("preparation", "En preparación", "In preparation", 2, "preparation", "true"),
    ("implementation", "En obra", "Under way", 3, "implementation", "true"),
    ("completion", "Terminado", "Finished", 4, "completion", "false"),
    ("paused", "Paralizado", "Stopped", 5, "implementation", "true"),
    ("cancelled", "Cancelado", "Cancelled", 6, "cancelled", "false"),
)
PHASES = (
    ("pia", "Presupuesto inicial (PIA)", "Opening budget (PIA)", 1),
    ("pim", "Presupuesto modificado (PIM)", "Modified budget (PIM)", 2),
    ("certificado", "Certificado", "Certified", 3), ("compromiso_anual", "Compromiso anual", "Annual commitment", 4),
    ("devengado", "Devengado", "Accrued", 5), ("girado", "Girado", "Paid", 6),
)
COMMON_CODES = ("07", "08", "09", "18")


def day(text):
    return date.fromisoformat(text)


def later(text, days):
    return (day(text) + timedelta(days=days)).isoformat()


def dice_day(dice, first, last):
    """A day between two days, both included."""
    return later(first, dice.between(0, max(0, (day(last) - day(first)).days)))


def new_project(dice, code, year, kind, title, section, agreed_on):
    """A project with the guesses every project has: people served and what it would cost."""
    made = Project(code, year, title, kind, section_id=section, agreed_on=agreed_on)
    made.beneficiaries = None if dice.chance(8) else dice.between(6, 60) * 10
    return made


def round_soles(minor, soles=10):
    """Up to a multiple of some soles."""
    step = soles * 100
    return -(-int(minor) // step) * step


def co_finance(dice, project, percent, ngo_percent=0, payer="ngo"):
    """Plans who pays: the town hall its promise, the community a part of the whole, perhaps somebody else.

    The community's part is `percent` of the whole, rounded up, so that a whole percentage is reached and not missed.
    """
    town = project.promised
    if not town:
        return
    whole = round_soles(Fraction(town * 100, 100 - percent - ngo_percent))
    other = portion(whole, Fraction(ngo_percent, 100))
    community = whole - town - other
    project.financing.append(("municipality", "cash", town))
    if dice.chance(12) and community > 400_00:
        work = rounded(portion(community, dice.per_mille(500, 800)), 1000)
        project.financing.append(("community", "labour", work))
        project.financing.append(("community", "materials", community - work))
    elif community:
        project.financing.append(("community", "labour" if dice.chance(80) else "materials", community))
    if other:
        project.financing.append((payer, "cash", other))
    project.cost_estimate = whole


def design_cost(dice, project, missing_percent):
    """The cost of the technical design, where somebody worked it out."""
    if project.cost_estimate and not dice.chance(missing_percent):
        project.technical_design_cost = rounded(portion(project.cost_estimate, dice.per_mille(30, 70)), 1000)


def rank(projects):
    """Priority by votes within each round and section; without votes, after the ones with them."""
    groups = {}
    for project in projects:
        if project.agreed_on:
            groups.setdefault((project.fiscal_year, project.section_id), []).append(project)
    for group in groups.values():
        for place, project in enumerate(sorted(group, key=lambda one: -(one.votes or 0)), start=1):
            project.priority_rank = place


def live(dice, project, status, window, planned, cutoff):
    """Gives a project its state, with dates and progress that agree with it; works begin within the window."""
    project.status = status
    project.planned_end = planned
    project.status_date = cutoff
    if status in ("completion", "implementation", "paused"):
        project.actual_start = dice_day(dice, *window)
    if status == "completion":
        last = min(later(project.actual_start, 150), cutoff)
        project.actual_end = dice_day(dice, later(project.actual_start, 40), last)
        project.status_date = project.actual_end
        project.physical_progress_percent = 100
    elif status == "implementation":
        project.physical_progress_percent = dice.between(4, 17) * 5
    elif status == "paused":
        project.physical_progress_percent = dice.between(2, 11) * 5
        project.status_date = dice_day(dice, later(project.actual_start, 30), cutoff)
    elif status in ("identification", "preparation"):
        project.physical_progress_percent = 0
    else:
        project.status_date = dice_day(dice, window[0], cutoff)


def dealt(dice, quotas, count):
    """Exactly the asked number of each state, in an order of chance."""
    deck = [status for status, number in quotas for _ in range(number)]
    if len(deck) != count:
        raise ValueError(f"{len(deck)} states for {count} projects")
    return dice.shuffled(deck)


def spare(states, group, just_begun):
    """Keeps the few strategic works from being cancelled, or finished in a round just begun: they change places."""
    unfit = ("cancelled", "completion") if just_begun else ("cancelled",)
    for place, (one, status) in enumerate(zip(group, list(states))):
        if one.scope == "multi" and status in unfit:
            other = next(at for at in range(place + 1, len(group))
                         if group[at].scope == "section" and states[at] not in unfit)
            states[place], states[other] = states[other], states[place]
    return states


def part_before(project, close):
    """The part of a work's days that fall up to a year's close; nothing where it had not begun."""
    if not project.actual_start or project.actual_start > close:
        return Fraction(0)
    done = (day(min(project.status_date, close)) - day(project.actual_start)).days + 1
    whole = (day(project.status_date) - day(project.actual_start)).days + 1
    return Fraction(done, whole)


def line(dice, year, project, pia, pim, accrued, as_of, code=None):
    """A budget line of a project, or of nobody when `project` is a section's code or blank."""
    owner = project.project_id if isinstance(project, Project) else ""
    section = project.section_id if isinstance(project, Project) else project
    return ladder(dice, year, owner, section, code or dice.pick(COMMON_CODES), pia, pim, accrued, as_of)


def status_rows(projects):
    """The state of each project at each year's close since the act and on the last date known."""
    rows = []
    for project in projects:
        first = project.agreed_on or project.actual_start or project.status_date
        known = {}
        for closing in range(int(first[:4]), int(project.status_date[:4])):
            close = f"{closing}-12-31"
            begun = project.actual_start and project.actual_start <= close
            waiting = "identification" if project.status == "identification" else "preparation"
            if close < project.status_date:
                known[close] = "implementation" if begun else waiting
        known[project.status_date] = project.status
        rows += [(project.project_id, when, status, facts.ILLUSTRATIVE) for when, status in sorted(known.items())]
    return rows


def project_row(project):
    kind = project.kind
    return (
        project.project_id, project.fiscal_year, project.title, project.section_id, project.neighbourhood_id,
        project.scope, project.dimension_id or kind.dimension, project.objective_id, kind.function, kind.cofog, "", project.status,
        project.status_date, money(project.cost_estimate), money(project.technical_design_cost), project.currency,
        money(project.agreed_amount), project.agreed_on, "", project.feasibility, project.votes,
        project.priority_rank, project.beneficiaries, project.planned_end, project.actual_start, project.actual_end,
        project.physical_progress_percent, project.location, facts.ILLUSTRATIVE,
    )


def project_tables(projects, lines, changes):
    """Rows of every table that hangs from the projects."""
    financing = [(project.project_id, *part) for project in projects for part in project.financing]
    lines = sorted(lines, key=lambda one: (one.fiscal_year, one.project_id == "", one.project_id))
    return {
        "projects": [project_row(project) for project in projects],
        "financing": [(f"F{place:03d}", code, payer, form, money(amount), facts.ILLUSTRATIVE)
                      for place, (code, payer, form, amount) in enumerate(financing, start=1)],
        "budget": [(f"L{place:03d}", one.fiscal_year, one.project_id, one.section_id, one.financing_source_code,
                    *(money(getattr(one, stage)) for stage in one.STAGES), one.as_of, facts.ILLUSTRATIVE)
                   for place, one in enumerate(lines, start=1)],
        "status_history": status_rows(projects),
        "changes": [(f"C{place:03d}", *change, facts.ILLUSTRATIVE)
                    for place, change in enumerate(sorted(changes, key=lambda one: (one[1], one[0])), start=1)],
        "objectives": [(*one, facts.ILLUSTRATIVE) for one in OBJECTIVES],
    }


def tie_to_plan(dice, project, percent):
    """Ties a project to an objective of the plan, for some of them."""
    if dice.chance(percent):
        project.objective_id = OBJECTIVE_OF_KIND.get(project.kind.key, "")


def spread(total, weights, step):
    """Shares out a total by weight in multiples of a step; what does not fit is left unshared."""
    return [rounded(part, step) for part in by_weight(total, weights)]


def official_rows(table):
    """The ministry's totals; 2025 was read with two months gone."""
    rows = []
    for year, *amounts in table:
        as_of, months = (f"{year}-02-28", 2) if year == 2025 else (f"{year}-12-31", 12)
        rows.append((year, *(money(amount * 100) for amount in amounts), as_of, months, facts.MINISTRY,
                     facts.MINISTRY_NOTE))
    return rows


def fixed_tables(official, reported):
    """Code lists and published figures, the same way in both packages."""
    return {
        "dimensions": DIMENSIONS, "statuses": STATUSES, "phases": PHASES, "official_totals": official_rows(official),
        "reported_figures": [(*figure[:1], figure[1] or "", *figure[2:], facts.PAPER) for figure in reported],
        "price_index": [(year, index, "2000=100", facts.PRICES_TITLE + " (encadenado)") for year, index in
                        facts.PRICE_INDEX],
    }


def rule_rows(years, paper_years=()):
    return [(year, key, label_es, label_en, measure, "direct", weight,
             facts.PAPER if year in paper_years else facts.ILLUSTRATIVE)
            for year in years for key, label_es, label_en, measure, weight in facts.RULE]


def figure_rows(figures):
    """Rows of section_figures.csv from {year: [row by section]}."""
    names = ("population", "people_without_basic_services", "households", "households_up_to_date_with_tax")
    return [(year, f"S{place}", *(row[name] for name in names), facts.ILLUSTRATIVE)
            for year, rows in figures.items() for place, row in enumerate(rows, start=1)]


def sum_of(items, value):
    return sum(value(one) or 0 for one in items)
