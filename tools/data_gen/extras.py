"""What the pages to compare and to find works need besides: months, codes that changed, joint works, a map and its points.

Everything here is invented, and drawn from dice of its own, so that what the other modules draw stays as it is.
"""

import json

from . import facts
from .base import Dice, by_weight, money

MONTHLY = ("certificado", "compromiso_anual", "devengado", "girado")

# The corners of a simple drawing of Villa El Salvador's eight sections: columns from west to east, rows from south to
# north, in ten-thousandths of a degree. It follows no real boundary.
CORNERS = (
    ((-769690, -122420), (-769560, -122445), (-769420, -122450), (-769290, -122430), (-769170, -122395)),
    ((-769640, -122250), (-769510, -122262), (-769385, -122270), (-769255, -122248), (-769135, -122225)),
    ((-769570, -122080), (-769450, -122092), (-769330, -122098), (-769210, -122075), (-769105, -122050)),
)


def _corners_of(place):
    """The four corners of the section in a place, from 0, counter-clockwise."""
    row, column = divmod(place, 4)
    return (CORNERS[row][column], CORNERS[row][column + 1], CORNERS[row + 1][column + 1], CORNERS[row + 1][column])


def _degrees(number, digits=4):
    return f"{'-' if number < 0 else ''}{abs(number) // 10 ** digits}.{abs(number) % 10 ** digits:0{digits}d}"


def sections_geojson(sections):
    """An outline for each section: simple shapes, side by side."""
    features = []
    for place in range(sections):
        corners = _corners_of(place)
        ring = ", ".join(f"[{_degrees(lon)}, {_degrees(lat)}]" for lon, lat in (*corners, corners[0]))
        properties = json.dumps({"section_id": f"S{place + 1}", "source": facts.ILLUSTRATIVE})
        features.append(f'  {{"type": "Feature", "properties": {properties},\n   "geometry": '
                        f'{{"type": "Polygon", "coordinates": [[{ring}]]}}}}')
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n").encode("utf-8")


def place_works(seed, projects, percent):
    """Puts a point inside its section's outline on most works of one section."""
    dice = Dice(f"{seed}/points")
    for one in projects:
        if not one.section_id or not dice.chance(percent):
            continue
        south_west, south_east, north_east, north_west = _corners_of(int(one.section_id[1:]) - 1)
        right, up = dice.between(15, 85), dice.between(15, 85)
        point = []
        for axis in (0, 1):
            south = south_west[axis] * (100 - right) + south_east[axis] * right
            north = north_west[axis] * (100 - right) + north_east[axis] * right
            point.append((south * (100 - up) + north * up) // 1000)
        one.location = ", ".join(_degrees(number, 5) for number in point)


def joint_rows(projects, sections):
    """The sections that a joint work is for: its own for the most part, and one or two beside it."""
    rows = []
    for one in projects:
        if one.scope != "multi":
            continue
        own = int(one.section_id[1:])
        beside = [place for place in (own - 1, own + 1) if 1 <= place <= sections]
        shares = by_weight(100, [3] + [1] * len(beside))
        rows += [(one.project_id, f"S{place}", share, facts.ILLUSTRATIVE)
                 for place, share in zip([own, *beside], shares)]
    return rows


def _months(project, year, last):
    """The months of a year a work was under way in; a work without dates, its second half."""
    first, end = 1, last
    if project is None:
        return first, end
    if project.actual_start:
        start = project.actual_start
        first = int(start[5:7]) if start[:4] == str(year) else (1 if start[:4] < str(year) else end)
    else:
        first = min(end, 2)
    if project.actual_end and project.actual_end[:4] == str(year):
        end = min(end, max(first, int(project.actual_end[5:7])))
    return min(first, end), end


def month_rows(seed, projects, lines, cuts):
    """What each month added, for each year, work and section: the lines' amounts, to the céntimo.

    Money is set apart and committed when a work begins, accrues in a few valuations, and is paid that month or the next.
    """
    dice = Dice(f"{seed}/months")
    works = {one.project_id: one for one in projects}
    groups = {}
    for one in lines:
        groups.setdefault((one.fiscal_year, one.project_id, one.section_id), []).append(one)
    rows = []
    for (year, code, section), group in sorted(groups.items()):
        whole = {stage: _sum(getattr(one, stage) for one in group) for stage in MONTHLY}
        first, end = _months(works.get(code), year, int(cuts[year][5:7]))
        count = min(end - first + 1, dice.between(1, 4))
        steps = [first + (end - first) * step // max(1, count - 1) for step in range(count)] if count > 1 else [end]
        weights = [dice.between(2, 9) for _ in steps]
        accrued = {}
        if whole["devengado"] is not None:
            accrued = dict(zip(steps, by_weight(whole["devengado"], weights)))
        paid = {}
        if whole["girado"] is not None:
            for month, amount in zip(steps, by_weight(whole["girado"], weights)):
                when = min(end, month + dice.between(0, 1))
                paid[when] = paid.get(when, 0) + amount
        months = {"certificado": {first: whole["certificado"]}, "compromiso_anual": {first: whole["compromiso_anual"]},
                  "devengado": accrued, "girado": paid}
        for month in range(first, end + 1):
            amounts = [None if whole[stage] is None else months[stage].get(month, 0) for stage in MONTHLY]
            if any(amounts):
                rows.append((year, month, code, section, *(money(amount) for amount in amounts), facts.ILLUSTRATIVE))
    return rows


def _sum(amounts):
    """What is published, added up; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
