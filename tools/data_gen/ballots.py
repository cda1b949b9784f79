"""A round's proposals and ballots as a Pabulib file: the section's works, a few that were not agreed, who voted for what.

Everything here is invented except what projects.csv already says, which the ballots add up to exactly: each work has as
many ballots as its votes. Drawn from a seed of its own, so that no other table changes with it.
"""

from fractions import Fraction
from statistics import median

from .base import Dice, money, rounded
from .checks import must
from .works import KINDS, Titles

LONGEST = 4  # a voter approves one to four proposals of the own section
USUAL = Fraction(31, 10)
LABELS = ("project_id", "cost", "votes", "name", "section", "selected")
# Kinds of works whose title says where they are and which one neighbourhood may ask for.
ASKED_FOR = tuple(key for key in KINDS if key not in ("road", "water", "avenue", "thematic"))
COMMENT = ("Illustrative demonstration data by Yupay: invented ballots that add up to the votes of projects.csv, and "
           "invented proposals that were not agreed (ids with P). Not an election that took place.")


class Proposal:
    """A row of PROJECTS."""

    def __init__(self, code, title, section, cost, votes, dimension, is_selected):
        self.code, self.title, self.section, self.cost = code, title, section, cost
        self.votes, self.dimension, self.is_selected = votes, dimension, is_selected

    def row(self):
        return (self.code, money(self.cost), self.votes, self.title, self.section, int(self.is_selected))


def cost_to_fund(project):
    """What a work costs the fund: its estimate without what others give, and without one, what was agreed.

    Others count for at most half: in San Juan de Miraflores 2004 what they were to give followed the votes as the money
    did, and sometimes passes the cost.
    """
    others = sum(amount for source, _, amount in project.financing if source != "municipality")
    if project.cost_estimate is None:
        return project.agreed_amount
    return project.cost_estimate - min(others, project.cost_estimate // 2)


def competed(project, year):
    """Whether a project was one of a section's proposals, and is known well enough to be one here."""
    of_a_section = project.fiscal_year == year and project.section_id and not project.currency
    return of_a_section and project.agreed_on and cost_to_fund(project) is not None


def agreed_works(dice, projects, year):
    """The works of the act, by section; votes that were not published are fewer than any that were."""
    sections = {}
    for one in projects:
        if competed(one, year):
            sections.setdefault(one.section_id, []).append(one)
    made = {}
    for section, group in sorted(sections.items()):
        fewest = min(one.votes for one in group if one.votes is not None)
        made[section] = [
            Proposal(one.project_id, one.title, section, cost_to_fund(one),
                     dice.between(fewest * 3 // 4, fewest - 1) if one.votes is None else one.votes,
                     one.kind.dimension, one.promised >= cost_to_fund(one))
            for one in group]
    return made


def not_agreed(dice, projects, year, places, said, agreed):
    """Two or three proposals a section, with fewer votes than any work that was agreed: more money would reach them."""
    titles = Titles(dice, said)
    titles.skip((one.kind.key, one.neighbourhood_id) for one in projects)
    prefix = projects[0].project_id[0]
    made = {}
    for section, works in agreed.items():
        codes = [code for code, at, _ in places if at == section]
        usual, fewest = int(median(one.cost for one in works)), min(one.votes for one in works)
        for _ in range(dice.between(2, 3)):
            kind = KINDS[dice.pick(ASKED_FOR)]
            _, title = titles.new(kind, codes)
            code = f"{prefix}{year % 100:02d}-P{sum(map(len, made.values())) + 1:02d}"
            cost = max(200_000, rounded(usual * dice.between(45, 120) // 100, 10_000))
            votes = dice.between(2, fewest - 1)
            made.setdefault(section, []).append(Proposal(code, title, section, cost, votes, kind.dimension, False))
    return made


def cast(dice, proposals):
    """Ballots, each a sorted list of places, in which every proposal stands as often as it has votes.

    Dealt out one after the other, then mixed: approvals move from voter to voter, and voters swap them for others that are
    more to their taste, so that who wants a park also wants the trees.
    """
    total = sum(one.votes for one in proposals)
    voters = max(-(-total // USUAL), max(one.votes for one in proposals))
    ballots = [set() for _ in range(voters)]
    dealt = [place for place, one in enumerate(proposals) for _ in range(one.votes)]
    for turn, place in enumerate(dealt):
        ballots[turn % voters].add(place)
    tastes = [proposals[dice.pick(dealt)].dimension for _ in ballots]

    def pleases(voter, place):
        return proposals[place].dimension == tastes[voter]

    for turn in range(12 * total):
        giver, taker = dice.between(0, voters - 1), dice.between(0, voters - 1)
        offered = sorted(ballots[giver] - ballots[taker])
        wanted = sorted(ballots[taker] - ballots[giver])
        if not offered:
            continue
        given = dice.pick(offered)
        if turn % 2 and wanted:
            back = dice.pick(wanted)
            gain = pleases(taker, given) + pleases(giver, back) - pleases(giver, given) - pleases(taker, back)
            if gain >= 0:
                ballots[giver] ^= {given, back}
                ballots[taker] ^= {given, back}
        elif len(ballots[giver]) > 1 and len(ballots[taker]) < LONGEST:
            ballots[giver].remove(given)
            ballots[taker].add(given)
    return [sorted(ballot) for ballot in ballots]


def check(name, year, proposals, ballots, fund):
    """Refuses ballots that do not say what projects.csv says."""
    said = f"{name} {year} ballots"
    counted = {}
    for codes in ballots:
        must(1 <= len(codes) <= LONGEST and len(set(codes)) == len(codes), f"{said}: {codes}")
        for code in codes:
            counted[code] = counted.get(code, 0) + 1
    for one in proposals:
        must(counted.get(one.code, 0) == one.votes, f"{said}: {one.code} has {counted.get(one.code, 0)} of {one.votes}")
        must(one.cost > 0, f"{said}: {one.code} costs {one.cost}")
    for section in {one.section for one in proposals}:
        agreed = min(one.votes for one in proposals if one.section == section and "P" not in one.code)
        other = max(one.votes for one in proposals if one.section == section and "P" in one.code)
        must(other < agreed, f"{said} {section}: a proposal that was not agreed has as many votes as one that was")
    must(len({one.title for one in proposals}) == len(proposals), f"{said}: a title is repeated")
    selected = sum(one.cost for one in proposals if one.is_selected)
    must(selected <= fund, f"{said}: selected for {selected} of {fund}")


def pb_text(meta, proposals, ballots):
    """The three sections. No cell here holds a semicolon or a quotation mark."""
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta), "PROJECTS", ";".join(LABELS)]
    lines += [";".join(map(str, one.row())) for one in proposals]
    lines += ["VOTES", "voter_id;vote"]
    lines += [f"{number};{','.join(codes)}" for number, codes in enumerate(ballots, start=1)]
    must(all(line.count('"') == 0 for line in lines), "a quotation mark in a file of ballots")
    return "\n".join(lines) + "\n"


def file_of(district, year, fund, held_on, projects, places, said):
    """The file of one round as bytes."""
    dice = Dice(f"yupay/{district['name']}/ballots/{year}")
    agreed = agreed_works(dice, projects, year)
    more = not_agreed(dice, projects, year, places, said, agreed)
    proposals, ballots = [], []
    for section in agreed:
        here = agreed[section] + more[section]
        proposals += here
        ballots += [[here[place].code for place in ballot] for ballot in cast(dice, here)]
    check(district["name"], year, proposals, ballots, fund)
    day = ".".join(reversed(held_on.split("-")))
    meta = (
        ("description", f"Ronda de {year} de {district['title']}: datos ilustrativos (illustrative data)"),
        ("country", "Peru"), ("unit", district["title"]), ("instance", year), ("num_projects", len(proposals)),
        ("num_votes", len(ballots)), ("budget", money(fund)), ("vote_type", "approval"), ("rule", "unknown"),
        ("date_begin", day), ("date_end", day), ("min_length", 1), ("max_length", LONGEST), ("language", "es"),
        ("currency", "PEN"), ("experimental", 1), ("comment", COMMENT),
    )
    return pb_text(meta, proposals, ballots).encode("utf-8")
