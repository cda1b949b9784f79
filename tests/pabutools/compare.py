#!/usr/bin/env python3
"""Compares who gets funded with pabutools 1.2.3, an independent implementation, with ties broken by declared order in both.

    compare.py YUPAY WORK FILE.pb...

YUPAY is the built command, WORK a folder for the drawn elections, FILE.pb real elections of which those with approval
ballots are used. Run by tools/pabutools.py in the environment that it makes. Prints what was compared; exit code 1 and the
election's path for every difference.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib, total_cost
from pabutools.rules import (
    completion_by_rule_combination,
    exhaustion_by_budget_increase,
    greedy_utilitarian_welfare,
    MaxAddUtilWelfareAlgo,
    max_additive_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule

DRAWN = 100
SEED = 20000527
SATISFACTIONS = (("cardinality", Cardinality_Sat), ("cost", Cost_Sat))


def drawn_election(dice):
    """A small election with many ties: few costs, few voters, some proposals that nobody backs."""
    ids = [f"p{at}" for at in range(dice.randint(1, 9))]
    dice.shuffle(ids)
    costs = {one: dice.choice([5, 10, 20, 20, 30, 45, 60, 75.5, 100, dice.randint(1, 120)]) for one in ids}
    voters = [sorted(dice.sample(ids, dice.randint(0, min(4, len(ids)))), key=ids.index) for _ in range(dice.randint(1, 25))]
    votes = {one: sum(one in ballot for ballot in voters) for one in ids}
    budget = dice.randint(1, 300)
    lines = ["META", "key;value", "description;drawn", "country;-", "unit;-", "instance;1", f"num_projects;{len(ids)}"]
    lines += [f"num_votes;{len(voters)}", f"budget;{budget}", "vote_type;approval", "rule;-", "currency;PEN"]
    lines += ["PROJECTS", "project_id;cost;votes;name", *(f"{one};{costs[one]};{votes[one]};{one}" for one in ids)]
    lines += ["VOTES", "voter_id;vote", *(f"{at};{','.join(ballot)}" for at, ballot in enumerate(voters, 1))]
    return "\n".join(lines) + "\n"


def declared_order(path):
    """Places of the proposals by id, as the file lists them."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = lines[lines.index("PROJECTS") + 2:lines.index("VOTES")]
    return {row.split(";", 1)[0]: place for place, row in enumerate(rows)}


def is_approval(path):
    return any(line.split(";")[:2] == ["vote_type", "approval"] for line in path.read_text(encoding="utf-8-sig").splitlines())


def theirs(path):
    """What pabutools funds, by the arguments with which our command is asked the same; and the worth of the best sets."""
    instance, profile = parse_pabulib(str(path))
    voters = profile.num_ballots()
    # Equal ballots together, as pabutools itself offers: the same results much sooner.
    profile = profile.as_multiprofile()
    order = declared_order(path)
    ties = TieBreakingRule(lambda _instance, _profile, project: order[project.name])
    funded, worth = {}, {}
    for name, satisfaction in SATISFACTIONS:
        def ask(rule, **more):
            return rule(instance, profile, sat_class=satisfaction, tie_breaking=ties, **more)

        said = ("--satisfaction", name)
        params = {"sat_class": satisfaction, "tie_breaking": ties}
        funded["greedy-per-cost", *said] = ask(greedy_utilitarian_welfare)
        funded["equal-shares", *said] = ask(method_of_equal_shares)
        funded["equal-shares-completed", *said] = exhaustion_by_budget_increase(
            instance, profile, method_of_equal_shares, dict(params), budget_step=voters)
        funded["equal-shares-completed", *said, "--completion", "greedy"] = completion_by_rule_combination(
            instance, profile, [method_of_equal_shares, greedy_utilitarian_welfare], [dict(params), dict(params)])
        # Which of the best sets it returns cannot be said to it, so only what they are worth is compared.
        solver = MaxAddUtilWelfareAlgo.ILP_SOLVER
        best = max_additive_utilitarian_welfare(instance, profile, sat_class=satisfaction, inner_algo=solver)
        worth["knapsack", *said] = worth_of(profile, satisfaction, best)
    funded["phragmen",] = sequential_phragmen(instance, profile, tie_breaking=ties)
    assert all(total_cost(works) <= instance.budget_limit for works in funded.values())
    return instance, profile, {asked: {work.name for work in works} for asked, works in funded.items()}, worth


def worth_of(profile, satisfaction, works):
    votes = {work: profile.approval_score(work) for work in works}
    return sum(votes[work] * (work.cost if satisfaction is Cost_Sat else 1) for work in works)


def ours(yupay, path, asked):
    command = [yupay, "fund", path, "--rule", *asked, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return set(json.loads(done.stdout)["funded"])


def differences(yupay, path):
    """How many answers were compared, and a line for each that differs."""
    instance, profile, funded, worth = theirs(path)
    found = []
    for asked, expected in funded.items():
        answer = ours(yupay, path, asked)
        if answer != expected:
            found.append(f"{path}: {' '.join(asked)}: ours {sorted(answer)}, theirs {sorted(expected)}")
    for asked, expected in worth.items():
        works = [instance.get_project(name) for name in ours(yupay, path, asked)]
        answer = worth_of(profile, dict(SATISFACTIONS)[asked[2]], works)
        if answer != expected:
            found.append(f"{path}: {' '.join(asked)}: ours is worth {answer}, theirs {expected}")
    return len(funded) + len(worth), found


def main(yupay, work, *files):
    dice = random.Random(SEED)
    work = Path(work)
    work.mkdir(parents=True, exist_ok=True)
    elections = [path for path in map(Path, files) if is_approval(path)]
    real = len(elections)
    for number in range(DRAWN):
        path = work / f"drawn-{number:03}.pb"
        path.write_text(drawn_election(dice), encoding="utf-8")
        elections.append(path)
    compared, found = 0, []
    for path in elections:
        count, differing = differences(yupay, path)
        compared += count
        found += differing
    print(f"pabutools: {real} elections of files and {DRAWN} drawn ones, {compared} answers, {len(found)} differ")
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
