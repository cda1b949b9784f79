"""San Juan de Miraflores: rounds of 2004 and 2005, as the study tells them, with invented projects."""

from . import ballots, checks, extras, facts, rows
from .base import Dice, Line, by_weight, largest_remainder, portion, rounded, rule_shares
from .works import KINDS, SJM_NAMES, Titles, neighbourhoods

NAME = "san-juan-de-miraflores"
# The study gives the fund in dollars; in soles it is invented, exactly 30 % of an invented investment budget.
INVESTMENT = {2004: 5_700_000_00, 2005: 6_000_000_00}
FUNDS = {year: amount * facts.SJM_SHARE_PERCENT // 100 for year, amount in INVESTMENT.items()}
AGREED_ON = {2004: "2003-11-22", 2005: "2004-10-30"}
CUT = {2004: "2004-12-31", 2005: "2005-03-31"}
PLANNED = {2004: ("2004-06-30", "2004-12-20"), 2005: ("2005-07-29", "2005-12-20")}

# Section figures, invented; they total 396,000 people, "just under 400,000".
POPULATION = (82000, 74000, 69000, 63000, 57000, 51000)
UNSERVED = (9800, 14100, 24800, 12600, 22200, 20900)
HOUSEHOLDS = (19500, 17600, 15700, 14900, 12900, 11500)
TAX = (12100, 9700, 5300, 8400, 4200, 3600)

# Votes of 2004 by section and dimension: the money followed them.
VOTES = {
    "S1": {"human": 236, "ecological": 92, "urban": 70, "economic": 8},
    "S2": {"human": 214, "ecological": 88, "urban": 68, "economic": 8, "institutional": 6},
    "S3": {"human": 196, "ecological": 82, "urban": 74},
    "S4": {"human": 112, "ecological": 141, "urban": 51, "economic": 10},
    "S5": {"human": 168, "ecological": 58, "urban": 62, "economic": 5},
    "S6": {"human": 142, "ecological": 48, "urban": 46, "economic": 7},
}
COUNT = {"human": 6, "ecological": 3, "urban": 2, "economic": 1, "institutional": 1}
# What each dimension asks for (repeated = more often).
ASKED = {
    "human": ("roof", "kitchen", "playground", "milk", "medicine", "sports", "hall", "library", "school"),
    "ecological": ("park", "green", "park", "trees", "park", "waste"),
    "urban": ("wall", "stairs", "sidewalk", "light", "wall"),
    "economic": ("training",), "institutional": ("leaders",),
}
PLAN_2005 = ("roof", "park", "wall", "kitchen", "stairs", "sports", "green", "library", "school", "sidewalk", "hall",
             "park", "wall", "sports", "school", "market", "light", "road", "hall", "water")
PER_SECTION_2005 = (9, 9, 8, 8, 7, 7)
STATES = {
    2004: (("completion", 5), ("implementation", 8), ("paused", 8), ("cancelled", 6), ("identification", 10)),
    2005: (("identification", 30), ("preparation", 16), ("implementation", 2)),
}
JOINT = "Estudio conjunto de agua y desagüe para siete asentamientos de la sección 3"
ROADS = (  # district-wide works of 2004: title, promised in US cents, accrued in thousandths, state
    ("Rehabilitación de la avenida de ingreso al distrito", 430_000_00, 340, "implementation"),
    ("Mejoramiento del eje vial del mercado central", 315_000_00, 260, "implementation"),
    ("Pistas y drenaje de la vía de evacuación", 235_000_00, 150, "paused"),
    ("Puente peatonal y semáforos en la vía principal", 120_000_00, 0, "preparation"),
)
ADDED = (  # works built without being in the act: title, kind, section, spent in céntimos
    ("Pintado y refacción de la plaza principal", "park", "S1", 86_400_00),
    ("Graderías del estadio municipal", "sports", "S1", 128_750_00),
    ("Pistas de la calle del palacio municipal", "road", "S2", 142_300_00),
    ("Techado del mercado de la sección 2", "market", "S2", 64_900_00),
    ("Arco de bienvenida y berma en la avenida norte", "green", "S4", 71_250_00),
    ("Losa deportiva junto al cuartel de bomberos", "sports", "S4", 52_800_00),
    ("Muro y escalinata del cerro oeste", "wall", "S6", 47_600_00),
)


def figures():
    """People, services, households and tax by section, all invented."""
    made = {}
    for year, growth in ((2004, 0), (2005, 14)):
        made[year] = [
            {"population": rounded(people * (1000 + growth) // 1000, 10), "people_without_basic_services": unserved,
             "households": rounded(homes * (1000 + growth) // 1000, 10),
             "households_up_to_date_with_tax": rounded(tax * (1000 - growth) // 1000, 10)}
            for people, unserved, homes, tax in zip(POPULATION, UNSERVED, HOUSEHOLDS, TAX)]
    return made


class Rounds:
    """Makes the projects of both rounds, section by section."""

    def __init__(self, dice, allocations):
        self.dice = dice
        self.allocations = allocations
        self.places, self.said = neighbourhoods(SJM_NAMES)
        self.titles = Titles(dice, self.said)
        self.projects = []

    def _add(self, year, section, key, title=None):
        kind = KINDS[key]
        codes = [code for code, at, _ in self.places if at == section]
        place, said = ("", title) if title else self.titles.new(kind, codes)
        number = sum(one.fiscal_year == year for one in self.projects) + 1
        made = rows.new_project(self.dice, f"M{year % 100:02d}-{number:03d}", year, kind, said, section,
                                AGREED_ON[year])
        made.neighbourhood_id = place
        self.projects.append(made)
        return made

    def by_votes(self, section, given):
        """The round of 2004: each work gets the section's money in proportion to its votes, not to its cost."""
        group = []
        for dimension, votes in VOTES[section].items():
            keys = self.dice.shuffled(ASKED[dimension])[: COUNT[dimension]]
            made = [self._add(2004, section, key) for key in keys]
            if section == "S3" and dimension == "urban":
                made.append(self._joint())
            weights = [self.dice.between(3, 12) for _ in made]
            for one, got in zip(made, by_weight(votes, weights)):
                one.votes = got
            group += made
        for one, amount in zip(group, by_weight(given, [one.votes for one in group])):
            one.agreed_amount = amount

    def _joint(self):
        """The study of seven settlements: 490 households at US$ 100 each, in soles at 3.50, an invented sum."""
        one = self._add(2004, "S3", "water", JOINT)
        one.scope, one.cost_estimate, one.feasibility, one.beneficiaries = "multi", 171_500_00, "no", 2450
        return one

    def by_cost(self, section, given, keys):
        """The round of 2005: the town hall said what each work needs."""
        made = [self._add(2005, section, key) for key in keys]
        weights = [self.dice.between(one.kind.low, one.kind.high) for one in made]
        for one, amount in zip(made, rows.spread(given, weights, 10_000)):
            one.agreed_amount, one.votes = amount, self.dice.between(12, 70)

    def all(self):
        for place, given in enumerate(self.allocations[2004], start=1):
            self.by_votes(f"S{place}", given)
        menu = [key for _ in range(4) for key in self.dice.shuffled(PLAN_2005)]
        for place, given in enumerate(self.allocations[2005], start=1):
            count = PER_SECTION_2005[place - 1]
            self.by_cost(f"S{place}", given, menu[:count])
            menu = menu[count:]
        return self.projects


def dress_2004(dice, group):
    """Costs nobody tied to the money, many gaps, few works begun."""
    rest = len(group) - sum(number for _, number in STATES[2004]) - 1
    states = iter(rows.dealt(dice, (*STATES[2004], ("preparation", rest)), len(group) - 1))
    for place, one in enumerate(group):
        status = "cancelled" if one.title == JOINT else next(states)
        if one.title == JOINT:
            one.financing = [("municipality", "cash", one.promised), ("ngo", "cash", 25_000_00)]
        else:
            rows.co_finance(dice, one, dice.between(20, 25) if place % 9 else 12, 10 if place in (7, 30) else 0)
            one.cost_estimate = None if dice.chance(14) else dice.between(one.kind.low, one.kind.high) * 100
            rows.design_cost(dice, one, 75)
            agree_with_cost(one)
        rows.live(dice, one, status, ("2004-03-01", "2004-09-12"), rows.dice_day(dice, *PLANNED[2004]), CUT[2004])
        rows.tie_to_plan(dice, one, 75)


def agree_with_cost(project):
    """Where the work costs more than what the votes gave allows, the community's part follows the cost."""
    planned = sum(amount for *_, amount in project.financing)
    if not project.cost_estimate or project.cost_estimate <= planned:
        return
    others = [part for part in project.financing if part[0] != "community"]
    share = rows.round_soles(project.cost_estimate * 22 // 100)
    project.financing = [*others, ("community", "labour", share)]


def dress_2005(dice, group):
    """Costs and designs worked out by the town hall, hardly anything begun."""
    states = rows.dealt(dice, STATES[2005], len(group))
    for place, (one, status) in enumerate(zip(group, states)):
        one.feasibility = "yes"
        rows.co_finance(dice, one, dice.between(20, 24), 12 if place == 5 else 0, "donor")
        rows.design_cost(dice, one, 10)
        one.status, one.status_date = status, CUT[2005]
        one.planned_end = rows.dice_day(dice, *PLANNED[2005])
        one.physical_progress_percent = 0
        if status == "implementation":
            one.actual_start, one.physical_progress_percent = "2005-02-14", 15
        rows.tie_to_plan(dice, one, 90)


def unreadable(projects):
    """Works in the act whose amount or votes are missing from the copy."""
    for place in (4, 21, 38, 52, 85, 99):
        projects[place].votes = None
    missing = (("M04-090", 2004, "Biblioteca comunal del paradero sur", "library", "S2"),
               ("M04-091", 2004, "Contenedores y reciclaje del mercado zonal", "waste", "S5"),
               ("M05-090", 2005, "Veredas de la calle larga de la sección 4", "sidewalk", "S4"))
    for code, year, title, key, section in missing:
        one = rows.Project(code, year, title, KINDS[key], section_id=section, agreed_on=AGREED_ON[year])
        one.status, one.status_date, one.planned_end = "identification", CUT[year], PLANNED[year][1]
        one.feasibility = "pending" if year == 2005 else ""
        projects.append(one)


def district_works(dice):
    """Road works for the whole district, promised in dollars and decided by the council."""
    made = []
    for place, (title, promised, _, status) in enumerate(ROADS, start=1):
        one = rows.Project(f"M04-D{place:02d}", 2004, title, KINDS["avenue"], scope="district", currency="USD")
        one.agreed_amount, one.agreed_on, one.beneficiaries = promised, "2003-12-13", 90_000 - 15_000 * place
        one.objective_id, one.cost_estimate = "U1", promised * 11 // 10
        one.financing = [("municipality", "cash", promised)]
        if place == 1:
            one.financing.append(("other_government", "cash", promised // 10))
        rows.design_cost(dice, one, 0)
        rows.live(dice, one, status, ("2004-02-16", "2004-08-30"), "2004-12-17", CUT[2004])
        made.append(one)
    return made


def added_works(dice):
    """Works nobody agreed: no date of an act, nothing promised, yet built."""
    made = []
    for place, (title, key, section, spent) in enumerate(ADDED, start=1):
        one = rows.Project(f"M04-X{place:02d}", 2004, title, KINDS[key], section_id=section)
        one.agreed_amount, one.cost_estimate = 0, rows.round_soles(spent * 105 // 100)
        one.financing = [("municipality", "cash", one.cost_estimate)]
        rows.live(dice, one, "completion" if place < 6 else "implementation", ("2004-02-02", "2004-08-30"), "", CUT[2004])
        made.append(one)
    return made


SPENT = {"completion": (900, 990), "implementation": (280, 520), "paused": (80, 260), "preparation": (0, 40)}


def budget_of(dice, project):
    """Lines of an agreed work: its money was cut during the year and went elsewhere."""
    year, promised = project.fiscal_year, project.promised
    code = dice.pick(rows.COMMON_CODES)
    if year == 2005:
        spent = portion(promised, dice.per_mille(90, 140)) if project.status == "implementation" else 0
        return [rows.line(dice, 2005, project, promised, promised, spent, CUT[2005], code)]
    low, high = SPENT.get(project.status, (0, 0))
    spent = portion(promised, dice.per_mille(low, high)) if high else 0
    pim = max(spent, portion(promised, dice.per_mille(150, 450)))
    made = [rows.line(dice, 2004, project, promised, pim, spent, CUT[2004], code)]
    if project.status == "implementation" and dice.chance(60):
        more = portion(promised, dice.per_mille(30, 90))
        made.append(rows.line(dice, 2005, project, 0, more * 3, more, CUT[2005], code))
    return made


def other_lines(dice, roads, added):
    """Lines in dollars, of works outside the list, and of no project at all."""
    made = []
    for one, (_, promised, accrued, _) in zip(roads, ROADS):
        pim = promised * 7 // 10
        made.append(rows.line(dice, 2004, one, promised, pim, portion(promised, dice.per_mille(accrued, accrued)),
                              CUT[2004], "19"))
    for one, (_, _, _, spent) in zip(added, ADDED):
        made.append(rows.line(dice, 2004, one, 0, portion(spent, dice.per_mille(1000, 1080)), spent, CUT[2004]))
    plan = ((2004, "", 96_000_00), (2004, "", 74_500_00), (2004, "S1", 38_200_00), (2004, "S2", 27_900_00),
            (2004, "S4", 31_000_00), (2005, "", 45_000_00), (2005, "S3", 12_500_00))
    for year, section, amount in plan:
        spent = portion(amount, dice.per_mille(150, 240) if year == 2005 else dice.per_mille(880, 990))
        made.append(rows.line(dice, year, section, amount // 3, amount, spent, CUT[year]))
    return made


def faults(lines, added):
    """The honest blemishes: blank cells, one line spent without budget, one correction."""
    for place, stage in ((9, "certificado"), (27, "compromiso_anual"), (44, "girado"), (60, "pia"), (90, "certificado")):
        setattr(lines[place], stage, None)
    odd = next(one for one in lines if one.project_id == added[-1].project_id)
    odd.pim = 0
    done = next(one for one in lines if one.fiscal_year == 2004 and (one.devengado or 0) > 9_000_00)
    lines.append(Line(2005, done.project_id, done.section_id, done.financing_source_code, 0, 0, 0, 0, -420_00,
                      -420_00, CUT[2005]))


def changes(projects):
    """What was agreed against what was done."""
    made = []
    for one in projects:
        if not one.agreed_on:
            made.append((one.project_id, one.actual_start, "added", "", one.title,
                         "Obra decidida fuera del acta del presupuesto participativo"))
        elif one.title == JOINT:
            made.append((one.project_id, one.status_date, "dropped", one.title, "",
                         "La empresa de agua exigió una propuesta por asentamiento y no aceptó el estudio conjunto"))
        elif one.status == "cancelled":
            made.append((one.project_id, one.status_date, "dropped", one.title, "",
                         "El dinero asignado por votos no alcanzaba para la obra"))
        elif one.status == "implementation" and one.fiscal_year == 2004 and not one.currency:
            made.append((one.project_id, "2004-12-31", "carried_over", "2004", "2005", "La obra sigue en 2005"))
    paused = [one for one in projects if one.status == "paused" and not one.currency]
    for one in paused[:5]:
        made.append((one.project_id, "2004-08-16", "amount", rows.money(one.agreed_amount),
                     rows.money(rounded(one.agreed_amount // 3, 1000)), "El dinero pasó a otras obras"))
    made.append((paused[5].project_id, "2004-05-10", "replaced", "Local para la junta vecinal", paused[5].title,
                 "El barrio cambió de prioridad"))
    made.append((paused[6].project_id, "2004-04-19", "section", "S1" if paused[6].section_id != "S1" else "S2",
                 paused[6].section_id, "El barrio estaba anotado en otra sección"))
    return made


def process_rows():
    ours = facts.ILLUSTRATIVE
    return [
        (2004, "PEN", rows.money(INVESTMENT[2004]), rows.money(FUNDS[2004]),
         rows.money(facts.SJM_DISTRICT_RESERVE_USD), "USD", facts.SJM_SHARE_OF_THE_CONCLUSIONS, "", "", "2004-12-31",
         ours),
        (2005, "PEN", rows.money(INVESTMENT[2005]), rows.money(FUNDS[2005]), "", "", "", "", "", "", ours),
    ]


def milestone_rows():
    """Steps of each round; the months of 2003 are the study's, most days are invented."""
    note = "El estudio da el mes; el día es convencional"
    ours, paper = facts.ILLUSTRATIVE, facts.PAPER
    return [
        (2004, "council_decision", "preparation", "", "2003-02-28", "", "", paper, note),
        (2004, "launch", "preparation", "", "2003-03-31", "", "", paper, note),
        (2004, "support_committee", "preparation", "", "2003-06-30", "", "", paper, note),
        (2004, "discussions", "concertation", "2003-08-30", "2003-10-15", "2003-10-13", "", ours, ""),
        (2004, "agreement_act", "formalisation", "2003-10-31", AGREED_ON[2004], "2003-11-20", "", ours, ""),
        (2004, "plan_presented", "coordination", "", "2003-12-31", "", "", paper, note),
        (2004, "projects_executed", "execution", "2004-12-20", "", "", "", ours, ""),
        (2004, "accounts_presented", "accountability", "2005-03-31", "", "", "", ours, ""),
        (2005, "launch", "preparation", "2004-05-31", "2004-07-07", "2004-07-05", "", ours, ""),
        (2005, "discussions", "concertation", "2004-08-31", "2004-10-06", "2004-10-04", "", ours, ""),
        (2005, "technical_evaluation", "coordination", "2004-09-30", "2004-10-20", "", "", ours, ""),
        (2005, "agreement_act", "formalisation", "2004-10-30", AGREED_ON[2005], "2004-10-28", "", ours, ""),
        (2005, "projects_executed", "execution", "2005-12-20", "", "", "", ours, ""),
        (2005, "accounts_presented", "accountability", "2006-03-31", "", "", "", ours, ""),
    ]


def participation_rows(dice):
    """The assembly of the study, seven invented workshops in each section, and the assemblies of 2004."""
    made = [(2004, "E01", "assembly", "", "2003-03-31", 270, "", "", facts.PAPER,
             "El estudio da el mes; el día es convencional")]
    plan = [(2004, "section_workshop", place, "2003-05-10", "2003-10-15")
            for place in range(1, facts.SJM_SECTIONS + 1) for _ in range(7)]
    plan += [(2005, "section_assembly", place, "2004-08-14", "2004-10-06")
             for place in range(1, facts.SJM_SECTIONS + 1)]
    for number, (year, kind, place, first, last) in enumerate(plan, start=2):
        people = dice.between(24, 68)
        women = portion(people, dice.per_mille(450, 640))
        young = portion(people, dice.per_mille(40, 200))
        made.append((year, f"E{number:02d}", kind, f"S{place}", rows.dice_day(dice, first, last), people, women,
                     young if young >= 5 else "", facts.ILLUSTRATIVE, ""))
    return made


def control_rows(projects, lines, allocations):
    """Sums that never mix currencies: by section, by scope and by source of money."""
    made = [("allocations", "amount", f"fiscal_year={year}", sum(allocations[year])) for year in FUNDS]
    for place in range(1, facts.SJM_SECTIONS + 1):
        agreed = sum(one.promised for one in projects if one.section_id == f"S{place}")
        made.append(("projects", "agreed_amount", f"section_id=S{place}", agreed))
    made.append(("projects", "agreed_amount", "scope=district", facts.SJM_DISTRICT_RESERVE_USD))
    for code in (*rows.COMMON_CODES, "19"):
        total = sum(one.devengado or 0 for one in lines if one.financing_source_code == code)
        made.append(("budget", "devengado", f"financing_source_code={code}", total))
    made.append(("budget", "devengado", "fiscal_year=2005",
                 sum(one.devengado or 0 for one in lines if one.fiscal_year == 2005)))
    return [(f"K{place:02d}", *control[:3], rows.money(control[3]), facts.ILLUSTRATIVE)
            for place, control in enumerate(made, start=1)]


DISTRICT = {
    # Names under .example belong to nobody: nothing that is written to them arrives.
    "contact": "https://san-juan-de-miraflores.example/participa",
    "name": NAME, "title": "San Juan de Miraflores", "budget_currency": "",
    "description": "Presupuesto participativo de San Juan de Miraflores (Lima). Son reales los totales oficiales de "
                   "2015 a 2025 y las cifras que un estudio publicó sobre el proceso de 2003 y 2004; los proyectos, "
                   "su gasto, el fondo en soles y los datos por sección son ilustrativos, rehechos alrededor de esos "
                   "hechos.",
    "notice_es": "Las cifras de los proyectos son ilustrativas, rehechas alrededor de hechos de un estudio publicado; "
                 "los totales oficiales por año, de 2015 a 2025, son reales (ministerio).",
    "description_en": "Participatory budget of San Juan de Miraflores (Lima). The official totals of 2015 to 2025 are real, and so are "
    "the figures a study published on the process of 2003 and 2004; the projects, their spending, the fund in soles and "
    "the figures by section are illustrative, rebuilt around those facts.",
    "notice_en": "The figures of the projects are illustrative, rebuilt around facts of a published study; the "
                 "official yearly totals, 2015 to 2025, are real (ministry).",
}


SEED = "yupay/san-juan-de-miraflores/1"

# The round of 2005 called the economic dimension another name, and made one of its own of water and light.
NEW_DIMENSIONS = (("productive", "Productiva", "Productive", 6), ("services", "Servicios", "Services", 7))
CROSSWALK = (
    ("dimensions", "economic", 2004, "productive", 2005, 100, "true", facts.ILLUSTRATIVE),
    ("dimensions", "urban", 2004, "urban", 2005, 70, "true", facts.ILLUSTRATIVE),
    ("dimensions", "urban", 2004, "services", 2005, 30, "false", facts.ILLUSTRATIVE),
)


def rename_dimensions(projects):
    """Puts the works of 2005 under the dimensions of that round."""
    for one in projects:
        if one.fiscal_year == 2005 and one.kind.dimension == "economic":
            one.dimension_id = "productive"
        elif one.fiscal_year == 2005 and one.kind.key in ("water", "light"):
            one.dimension_id = "services"


def geometry():
    """No outlines: a package may go without."""
    return None


def build():
    """The descriptor's texts, every table's rows, the checked projects and lines, and the rounds' ballots."""
    dice = Dice(SEED)
    people = figures()
    allocations = {year: largest_remainder(fund, rule_shares(facts.RULE, people[year]))
                   for year, fund in FUNDS.items()}
    rounds = Rounds(dice, allocations)
    projects = rounds.all()
    dress_2004(dice, [one for one in projects if one.fiscal_year == 2004])
    dress_2005(dice, [one for one in projects if one.fiscal_year == 2005])
    rows.rank(projects)
    lines = [made for one in projects for made in budget_of(dice, one)]
    roads, added = district_works(dice), added_works(dice)
    lines += other_lines(dice, roads, added)
    faults(lines, added)
    unreadable(projects)
    projects += roads + added
    projects.sort(key=lambda one: (one.fiscal_year, one.project_id))
    rename_dimensions(projects)
    checks.san_juan(projects, lines, allocations, FUNDS, people)
    tables = rows.fixed_tables(facts.OFFICIAL_SJM, facts.REPORTED_SJM)
    tables["dimensions"] = (*tables["dimensions"], *NEW_DIMENSIONS)
    tables |= rows.project_tables(projects, lines, changes(projects))
    months = extras.month_rows(SEED, projects, lines, CUT)
    checks.months("SJM", lines, months)
    tables |= {
        "sections": [(f"S{place}", f"Sección {place}", facts.SJM_UBIGEO, facts.PAPER)
                     for place in range(1, facts.SJM_SECTIONS + 1)],
        "neighbourhoods": [(*place, facts.ILLUSTRATIVE) for place in rounds.places],
        "section_figures": rows.figure_rows(people), "processes": process_rows(),
        "allocation_rule": rows.rule_rows(FUNDS),
        "allocations": [(year, f"S{place}", rows.money(amount), facts.ILLUSTRATIVE)
                        for year, parts in allocations.items() for place, amount in enumerate(parts, start=1)],
        "project_sections": extras.joint_rows(projects, facts.SJM_SECTIONS),
        "execution_months": months, "crosswalk": CROSSWALK,
        "milestones": milestone_rows(), "participation": participation_rows(dice),
        "controls": control_rows(projects, lines, allocations),
    }
    ballots_by_year = {2004: ballots.file_of(DISTRICT, 2004, FUNDS[2004], AGREED_ON[2004], projects, rounds.places,
                                             rounds.said)}
    return DISTRICT, tables, projects, lines, ballots_by_year
