"""Villa El Salvador: rounds of 2000, 2001 and 2003, as the study tells them, with invented projects."""

from . import ballots, checks, extras, facts, rows
from .base import Dice, Line, largest_remainder, portion, rounded, rule_shares
from .works import KINDS, VES_NAMES, Titles, neighbourhoods

NAME = "villa-el-salvador"
# The second round slipped into 2002, where the study knows no round of its own; the third is of 2003.
FUNDS = {2000: facts.VES_FUND_2000, 2001: 2_187_500_00, 2003: 1_750_000_00}
INVESTMENT = {2000: 5_714_285_71, 2001: 6_250_000_00, 2003: 5_000_000_00}
GROWTH_PER_MILLE = {2000: 0, 2001: 20, 2003: 61}
AGREED_ON = {2000: "2000-05-27", 2001: "2001-08-25", 2003: "2003-04-26"}
CLOSED_ON = {2000: "2001-04-30", 2001: "2002-12-31", 2003: ""}
PLANNED = {2000: ("2000-10-31", "2000-12-20"), 2001: ("2001-11-30", "2001-12-28"), 2003: ("2003-09-30", "2003-12-19")}
STARTS = {2000: ("2000-07-10", "2001-04-30"), 2001: ("2001-09-03", "2002-05-31"),
          2003: ("2003-05-05", "2003-05-19")}
EARLY = {2000: ("2000-07-10", "2000-09-20"), 2001: ("2001-09-03", "2001-10-31")}  # about half of the works
CUT = {2000: "2001-12-31", 2001: "2002-12-31", 2003: "2003-06-30"}

# How many works each section gets in each round, and which kinds come up (repeated = more often).
COUNTS = {2000: (10, 9, 8, 8, 7, 7, 6, 6), 2001: (6, 6, 30, 5, 5, 5, 5, 4), 2003: (5, 5, 4, 4, 4, 4, 4, 4)}
MENU = {
    2000: ("roof", "playground", "park", "roof", "playground", "park", "roof", "sidewalk", "playground", "green",
           "roof", "park", "kitchen", "medicine", "playground", "hall", "roof", "trees", "park", "training"),
    2001: ("roof", "sidewalk", "roof", "sidewalk", "roof", "sidewalk", "playground", "roof", "sidewalk", "park",
           "roof", "milk", "sidewalk", "safety", "roof", "sidewalk", "sports", "green"),
    2003: ("sidewalk", "waste", "park", "sports", "library", "hall", "safety", "light", "training", "sports",
           "school", "kitchen", "park", "sidewalk"),
}
# The few strategic works: section, kind, title, part of the section's money in thousandths.
STRATEGIC = {
    2000: (("S1", "road", "Mejoramiento de la vía de acceso norte, sección 1", 250),
           ("S4", "water", "Expediente de agua y desagüe para cuatro barrios de la sección 4", 300),
           ("S6", "road", "Nivelación de la vía de acceso a la parte alta, sección 6", 330)),
    2001: (("S5", "water", "Estudio previo de agua y desagüe para tres barrios de la sección 5", 310),
           ("S7", "road", "Nivelación de la vía de ingreso compartida, sección 7", 300)),
    2003: (("S3", "road", "Nivelación de la avenida común de diez grupos, sección 3", 650),
           ("S6", "water", "Redes de agua y desagüe, primera etapa, sección 6", 450)),
}
STATES = {
    2000: (("completion", 46), ("implementation", 7), ("paused", 3), ("cancelled", 3), ("preparation", 2)),
    2001: (("completion", 19), ("implementation", 21), ("paused", 9), ("preparation", 11), ("cancelled", 4),
           ("identification", 2)),
    2003: (("identification", 7), ("preparation", 15), ("implementation", 10), ("completion", 1), ("paused", 1)),
}


def figures():
    """People, services, households and tax by section; only the totals of 2000 are the study's."""
    made = {}
    for year, growth in GROWTH_PER_MILLE.items():
        made[year] = [
            {"population": rounded(people * (1000 + growth) // 1000, 10),
             "people_without_basic_services": rounded(unserved * (1000 - growth // 2) // 1000, 10),
             "households": rounded(homes * (1000 + growth) // 1000, 10),
             "households_up_to_date_with_tax": rounded(tax * (1000 + growth * 3 // 2) // 1000, 10)}
            for people, unserved, homes, tax in zip(facts.VES_POPULATION_2000, facts.VES_UNSERVED_2000,
                                                    facts.VES_HOUSEHOLDS_2000, facts.VES_TAX_2000)]
    return made


def section_names():
    groups = [tuple(f"Grupo {number}" for number in range(1, last + 1)) for last in (9, 9, 30, 5, 5, 5, 5, 5)]
    return [group + (VES_NAMES[place - 3] if place >= 3 else ()) for place, group in enumerate(groups)]


class Rounds:
    """Makes the projects of the three rounds, section by section."""

    def __init__(self, dice, allocations):
        self.dice = dice
        self.allocations = allocations
        self.places, self.said = neighbourhoods(section_names())
        self.titles = Titles(dice, self.said)
        self.projects = []

    def _code(self, year):
        number = sum(one.fiscal_year == year for one in self.projects) + 1
        return f"V{year % 100:02d}-{number:03d}"

    def _add(self, year, section, kind, codes, title=None):
        """A project without money yet; a title of its own means a work of several neighbourhoods."""
        place, said = ("", title) if title else self.titles.new(kind, codes)
        made = rows.new_project(self.dice, self._code(year), year, kind, said, section, AGREED_ON[year])
        made.neighbourhood_id = place
        if title:
            made.scope = "multi"
            made.beneficiaries = self.dice.between(20, 60) * 100
        self.projects.append(made)
        return made

    def section(self, year, number, menu):
        """The works of one section in one round, with what the act promises each."""
        name, given = f"S{number}", self.allocations[year][number - 1]
        codes = [code for code, section, _ in self.places if section == name]
        count = COUNTS[year][number - 1]
        even = year == 2001 and number == 3
        made, left = [], given
        for _, kind, title, part in (one for one in STRATEGIC[year] if one[0] == name):
            big = self._add(year, name, KINDS[kind], codes, title)
            big.agreed_amount = rounded(portion(given, self.dice.per_mille(part - 10, part + 10)), 50_000)
            left -= big.agreed_amount
            count -= 1
        for place in range(count):
            made.append(self._add(year, name, KINDS[next(menu)], [codes[place]] if even else codes))
        if even:
            amounts = [facts.VES_SECTION_3_EACH] * count
        else:
            weights = [self.dice.between(one.kind.low, one.kind.high) for one in made]
            amounts = rows.spread(left, weights, 10_000)
        for one, amount in zip(made, amounts):
            one.agreed_amount = amount

    def all(self):
        for year in FUNDS:
            menu = endless(self.dice, MENU[year])
            for number in range(1, facts.VES_SECTIONS + 1):
                self.section(year, number, menu)
        return self.projects


def endless(dice, menu):
    """The kinds of a menu, shuffled again each time it runs out."""
    while True:
        yield from dice.shuffled(menu)


def dress(dice, projects):
    """Votes, costs, states and dates of every project."""
    for year in FUNDS:
        group = [one for one in projects if one.fiscal_year == year]
        states = rows.spare(rows.dealt(dice, STATES[year], len(group)), group, year == 2003)
        for place, (one, status) in enumerate(zip(group, states)):
            one.votes = None if dice.chance(12) else dice.between(8, 64)
            percent = dice.between(20, 27) if not dice.chance(7) else dice.between(9, 17)
            helped = {(2000, 11): 18, (2001, 40): 15, (2003, 9): 25}.get((year, place), 0)
            rows.co_finance(dice, one, percent, helped, "donor" if year == 2003 else "ngo")
            rows.design_cost(dice, one, 35 if year < 2003 else 15)
            if dice.chance(4):
                one.cost_estimate = one.technical_design_cost = None
            planned = rows.dice_day(dice, *PLANNED[year])
            if year == 2003 and status in ("completion", "implementation", "paused"):
                short(dice, one, status)
            else:
                window = EARLY.get(year) if dice.chance(55) else None
                rows.live(dice, one, status, window or STARTS[year], planned, CUT[year])
            one.planned_end = planned
            if year == 2003:
                one.feasibility = "pending" if status == "identification" else "yes"
                rows.tie_to_plan(dice, one, 30)
    rows.rank(projects)


def short(dice, project, status):
    """A work of the running round, begun weeks before the cut."""
    project.status, project.status_date = status, CUT[2003]
    project.actual_start = rows.dice_day(dice, *STARTS[2003])
    project.physical_progress_percent = dice.between(1, 5) * 5
    if status == "completion":
        project.actual_end = project.status_date = "2003-06-21"
        project.physical_progress_percent = 100
    elif status == "paused":
        project.status_date = "2003-06-14"


SPENT = {  # thousandths of the promise accrued, by state
    2000: {"completion": (890, 995), "implementation": (400, 700), "paused": (200, 450), "preparation": (0, 50)},
    2001: {"completion": (820, 945), "implementation": (360, 600), "paused": (150, 350), "preparation": (0, 70),
           "identification": (0, 0)},
    2003: {"completion": (930, 960), "implementation": (100, 260), "paused": (60, 90), "preparation": (0, 30)},
}


def budget_of(dice, project):
    """Lines of one project, in the fiscal year of its round and perhaps the next one."""
    year, promised = project.fiscal_year, project.promised
    low, high = SPENT[year].get(project.status, (0, 0))
    spent = portion(promised, dice.per_mille(low, high)) if high else 0
    code = dice.pick(rows.COMMON_CODES)
    if year == 2000:
        now = portion(spent, rows.part_before(project, "2000-12-31")) if project.actual_start else spent
        made = [rows.line(dice, 2000, project, promised, promised, now, "2000-12-31", code)]
        if spent > now:
            made.append(rows.line(dice, 2001, project, 0, promised - now, spent - now, "2001-12-31", code))
        return made
    if year == 2001:
        part = rows.part_before(project, "2001-12-31")
        now = portion(spent, max(part, dice.per_mille(300, 450)) if part else 0)
        pim = max(now, portion(promised, dice.per_mille(300, 550)))
        made = [rows.line(dice, 2001, project, promised, pim, now, "2001-12-31", code)]
        if spent > now:
            rest = min(promised - now, portion(spent - now, dice.per_mille(1000, 1250)))
            pia = 0 if dice.chance(60) else rounded(rest, 10_000)
            made.append(rows.line(dice, 2002, project, pia, rest, spent - now, "2002-12-31", code))
        return made
    return [rows.line(dice, 2003, project, promised, promised, spent, CUT[2003], code)]


def faults(lines):
    """The honest blemishes: blank cells, one line paid beyond what was accrued, one correction."""
    for place, stage in ((6, "certificado"), (19, "certificado"), (33, "compromiso_anual"), (70, "girado"),
                         (88, "certificado"), (120, "pia")):
        setattr(lines[place], stage, None)
    odd = next(one for one in lines[40:] if one.fiscal_year == 2001 and (one.devengado or 0) > 5_000_00)
    odd.girado = odd.devengado + 350_00
    lines.append(Line(2002, odd.project_id, odd.section_id, odd.financing_source_code, 0, 0, 0, 0, -350_00, -350_00,
                      "2002-12-31"))


def general_lines(dice):
    """Money of the fund with no project behind it: supervision, office costs."""
    plan = ((2000, "", 42_000_00, "2000-12-31"), (2000, "S2", 18_500_00, "2000-12-31"),
            (2001, "", 61_000_00, "2001-12-31"), (2001, "S5", 23_000_00, "2001-12-31"),
            (2003, "", 38_000_00, CUT[2003]))
    return [rows.line(dice, year, section, amount, amount,
                      portion(amount, dice.per_mille(250, 350) if year == 2003 else dice.per_mille(800, 960)), as_of)
            for year, section, amount, as_of in plan]


def thematic(projects):
    """Two plans of the thematic round tables, which had no money of their own, and acts that cannot be read."""
    for number, title in ((90, "Plan distrital de salud para jóvenes (mesa temática)"),
                          (91, "Programa distrital de igualdad de género (mesa temática)")):
        one = rows.Project(f"V01-{number:03d}", 2001, title, KINDS["thematic"], scope="district")
        one.agreed_amount, one.status_date = 0, "2002-12-31"
        projects.append(one)
    for number, title, place in ((80, "Arborización de la alameda principal de la sección 2", "S2"),
                                 (81, "Mejora del mercado principal de la sección 1", "S1")):
        kind = KINDS["trees" if number == 80 else "market"]
        one = rows.Project(f"V01-{number:03d}", 2001, title, kind, section_id=place, agreed_on=AGREED_ON[2001])
        one.status, one.status_date, one.planned_end = "preparation", "2002-12-31", "2001-12-28"
        projects.append(one)


def changes(projects):
    """What was agreed against what was done."""
    made = []
    for one in projects:
        if one.fiscal_year == 2001 and one.actual_start and one.status_date > "2001-12-31":
            made.append((one.project_id, "2001-12-31", "carried_over", "2001", "2002", "Faltaron fondos en 2001"))
        elif one.status == "cancelled":
            made.append((one.project_id, one.status_date, "dropped", one.title, "",
                         "El barrio no reunió su aporte" if one.fiscal_year == 2000 else
                         "Sin dinero disponible en el año fiscal"))
    cut = [one for one in projects if one.fiscal_year == 2001 and one.status == "paused"][:4]
    for one in cut:
        made.append((one.project_id, "2002-03-15", "amount", rows.money(one.agreed_amount),
                     rows.money(rounded(one.agreed_amount // 2, 1000)), "Recorte por menor recaudación"))
    first = [one for one in projects if one.fiscal_year == 2000 and one.status == "completion"]
    made.append((first[3].project_id, "2000-08-12", "replaced", "Pintado de sardineles", first[3].title,
                 "La asamblea del barrio cambió de obra"))
    made.append((first[9].project_id, "2000-08-19", "section", "S1" if first[9].section_id != "S1" else "S2",
                 first[9].section_id, "El vecindario pertenece a otra sección"))
    return made


def process_rows():
    made = []
    for year, fund in FUNDS.items():
        match = "" if year == 2000 else facts.VES_COMMUNITY_MATCH_PERCENT
        origin = facts.PAPER if year == 2000 else facts.ILLUSTRATIVE
        url = facts.VES_DECREE_URL if year == 2001 else ""
        share = facts.VES_SHARE_PERCENT if year < 2003 else ""
        made.append((year, "PEN", rows.money(INVESTMENT[year]), rows.money(fund), "", "", share, match, url,
                     CLOSED_ON[year], origin))
    return made


def milestone_rows():
    """Steps of each round; days the study does not give are the last of the month or invented."""
    note = "El estudio da el mes; el día es convencional"
    ours, paper = facts.ILLUSTRATIVE, facts.PAPER
    return [
        (2000, "fund_assigned", "preparation", "2000-02-15", "2000-02-29", "", "", ours, ""),
        (2000, "launch", "preparation", "2000-02-28", "2000-03-04", "2000-02-26", "", ours, ""),
        (2000, "agreement_act", "formalisation", "2000-05-20", AGREED_ON[2000], "2000-05-22", "", ours, ""),
        (2000, "accounts_presented", "accountability", "", "2001-04-30", "", "", paper, note),
        (2001, "fund_assigned", "preparation", "2001-03-31", "2001-04-20", "", "", ours, ""),
        (2001, "launch", "preparation", "", "2001-04-30", "", "", paper, note),
        (2001, "rule_adopted", "preparation", "", "2001-06-30", "", facts.VES_DECREE_URL, paper, note),
        (2001, "discussions", "concertation", "2001-05-31", "2001-07-14", "2001-07-12", "", ours, ""),
        (2001, "agreement_act", "formalisation", "2001-07-15", AGREED_ON[2001], "2001-08-20", "", ours, ""),
        (2001, "projects_executed", "execution", "2001-12-28", "2002-12-31", "", "", ours,
         "Las obras pasaron al año fiscal 2002"),
        (2001, "accounts_presented", "accountability", "2002-03-31", "", "", "", ours, ""),
        (2003, "fund_assigned", "preparation", "2003-01-31", "2003-02-10", "", "", ours, ""),
        (2003, "launch", "preparation", "2003-02-15", "2003-02-22", "2003-02-17", "", ours, ""),
        (2003, "discussions", "concertation", "2003-03-31", "2003-04-05", "2003-04-01", "", ours, ""),
        (2003, "agreement_act", "formalisation", "2003-04-26", AGREED_ON[2003], "2003-04-21", "", ours, ""),
        (2003, "projects_executed", "execution", "2003-12-19", "", "", "", ours, ""),
        (2003, "accounts_presented", "accountability", "2004-03-31", "", "", "", ours, ""),
    ]


def participation_rows(dice):
    """The forum and the poll of the study, and invented workshops."""
    made = [
        (2000, "E01", "forum", "", "", 550, "", "", facts.PAPER, "Más de 550 personas, en 1999"),
        (2000, "E02", "poll", "", "", 48000, "", "", facts.PAPER, "Consulta puerta a puerta de 1999"),
    ]
    number = 3
    for year, kind, first, last in ((2000, "section_workshop", "2000-03-11", "2000-05-06"),
                                    (2001, "section_workshop", "2001-05-05", "2001-07-14"),
                                    (2001, "section_assembly", "2001-07-21", "2001-08-18"),
                                    (2003, "section_workshop", "2003-03-01", "2003-04-05")):
        for place in range(1, facts.VES_SECTIONS + 1):
            people = dice.between(55, 110) + (35 if year == 2001 else 0)
            women = portion(people, dice.per_mille(420, 610))
            young = "" if dice.chance(20) else max(5, portion(people, dice.per_mille(60, 190)))
            made.append((year, f"E{number:02d}", kind, f"S{place}", rows.dice_day(dice, first, last), people, women,
                         young, facts.ILLUSTRATIVE, ""))
            number += 1
    return made


def control_rows(projects, lines, allocations):
    made = []
    for year in FUNDS:
        agreed = sum(one.promised for one in projects if one.fiscal_year == year)
        made += [("allocations", "amount", f"fiscal_year={year}", sum(allocations[year])),
                 ("projects", "agreed_amount", f"fiscal_year={year}", agreed)]
    for year in (2000, 2001, 2002, 2003):
        for stage in ("pim", "devengado"):
            total = sum(getattr(one, stage) or 0 for one in lines if one.fiscal_year == year)
            made.append(("budget", stage, f"fiscal_year={year}", total))
    return [(f"K{place:02d}", *control[:3], rows.money(control[3]), facts.ILLUSTRATIVE)
            for place, control in enumerate(made, start=1)]


DISTRICT = {
    # Names under .example belong to nobody: nothing that is written to them arrives.
    "contact": "mailto:participa@villa-el-salvador.example",
    "name": NAME, "title": "Villa El Salvador", "budget_currency": "PEN",
    "description": "Presupuesto participativo de Villa El Salvador (Lima). Son reales los totales oficiales de 2015 a "
                   "2025 y las cifras que un estudio publicó sobre las rondas de 2000 y 2001; los proyectos, su gasto "
                   "y los datos por sección son ilustrativos, rehechos alrededor de esos hechos.",
    "notice_es": "Las cifras de los proyectos son ilustrativas, rehechas alrededor de hechos de un estudio publicado; "
                 "los totales oficiales por año, de 2015 a 2025, son reales (ministerio).",
    "description_en": "Participatory budget of Villa El Salvador (Lima). The official totals of 2015 to 2025 are real, and so are the "
    "figures a study published on the rounds of 2000 and 2001; the projects, their spending and the figures by section "
    "are illustrative, rebuilt around those facts.",
    "notice_en": "The figures of the projects are illustrative, rebuilt around facts of a published study; the "
                 "official yearly totals, 2015 to 2025, are real (ministry).",
}


SEED = "yupay/villa-el-salvador/1"


def geometry():
    """The outlines of the sections."""
    return extras.sections_geojson(facts.VES_SECTIONS)


def build():
    """The descriptor's texts, every table's rows, the checked projects and lines, and the rounds' ballots."""
    dice = Dice(SEED)
    people = figures()
    allocations = {year: largest_remainder(fund, rule_shares(facts.RULE, people[year]))
                   for year, fund in FUNDS.items()}
    rounds = Rounds(dice, allocations)
    projects = rounds.all()
    dress(dice, projects)
    lines = [made for one in projects for made in budget_of(dice, one)]
    faults(lines)
    lines += general_lines(dice)
    thematic(projects)
    projects.sort(key=lambda one: (one.fiscal_year, one.project_id))
    extras.place_works(SEED, projects, 62)
    checks.villa(projects, lines, allocations, FUNDS, people)
    tables = rows.fixed_tables(facts.OFFICIAL_VES, facts.REPORTED_VES)
    tables |= rows.project_tables(projects, lines, changes(projects))
    tables |= {
        "sections": [(f"S{place}", f"Sección {place}", facts.VES_UBIGEO, facts.PAPER)
                     for place in range(1, facts.VES_SECTIONS + 1)],
        "neighbourhoods": [(*place, facts.ILLUSTRATIVE) for place in rounds.places],
        "section_figures": rows.figure_rows(people), "processes": process_rows(),
        "allocation_rule": rows.rule_rows(FUNDS, (2000,)),
        "allocations": [(year, f"S{place}", rows.money(amount), facts.ILLUSTRATIVE)
                        for year, parts in allocations.items() for place, amount in enumerate(parts, start=1)],
        "project_sections": extras.joint_rows(projects, facts.VES_SECTIONS),
        "milestones": milestone_rows(), "participation": participation_rows(dice),
        "controls": control_rows(projects, lines, allocations),
    }
    ballots_by_year = {year: ballots.file_of(DISTRICT, year, FUNDS[year], AGREED_ON[year], projects, rounds.places,
                                             rounds.said) for year in (2000, 2001)}
    return DISTRICT, tables, projects, lines, ballots_by_year
