"""Every fact the packages carry, in one place, with where it comes from.

`PAPER` facts are figures of the published study of the two districts; `MINISTRY` facts are the yearly totals of
Peru's Ministry of Economy and Finance. Whatever is not in this module is invented by the generator and its rows say
`illustrative`. Money is in céntimos (or US cents) as integers, unless a name says otherwise.
"""

PAPER = "paper"
MINISTRY = "ministry"
ILLUSTRATIVE = "illustrative"

PAPER_TITLE = "Participatory governance in Peru: exercising citizenship (Environment and Urbanization)"
MINISTRY_TITLE = "Ministerio de Economía y Finanzas del Perú (MEF), Consulta Amigable"
MINISTRY_NOTE = "MEF, Consulta Amigable (consultado en febrero de 2025)"
PRICES_TITLE = "INEI, variaciones publicadas del índice de precios al consumidor, Lima"

CREATED = "2025-11-24T00:00:00Z"
VERSION = "1.0.0"

# The study, Villa El Salvador: the round of 2000.
VES_UBIGEO = "150142"
VES_SECTIONS = 8
VES_FUND_2000 = 2_000_000_00
VES_SHARE_PERCENT = 35
VES_COMMUNITY_MATCH_PERCENT = 20
VES_SECTION_3_NEIGHBOURHOODS = 30
VES_SECTION_3_EACH = 10_000_00
VES_PEOPLE = 350_000
VES_UNSERVED_PERCENT = 40
VES_DECREE_URL = "http://www.munives.gob.pe/municipalidad/ORDPRESUPUESTOPARTICIPATIVO.PDF"

# The study, San Juan de Miraflores: the round of 2004, prepared during 2003.
SJM_UBIGEO = "150133"
SJM_SECTIONS = 6
SJM_SHARE_PERCENT = 30
SJM_SHARE_OF_THE_CONCLUSIONS = 29
SJM_DISTRICT_RESERVE_USD = 1_100_000_00
SJM_PEOPLE_BELOW = 400_000
SJM_JOINT_SETTLEMENTS = 7

# The rule of both districts: criterion, label_es, label_en, measure, weight in percent.
# Criteria of both and weights of Villa El Salvador are the study's; that they weigh counts is our reading.
RULE = (
    ("population", "Habitantes", "Inhabitants", "population", 30),
    ("needs", "Personas sin servicios básicos", "People without basic services", "people_without_basic_services", 20),
    ("tax", "Hogares al día con sus tributos", "Households up to date with local tax",
     "households_up_to_date_with_tax", 50),
)

# Villa El Salvador 2000 by section, INVENTED so that they total the study's 350,000 people and 40 % unserved.
VES_POPULATION_2000 = (58000, 52000, 47000, 44000, 41000, 39000, 36000, 33000)
VES_UNSERVED_2000 = (11600, 13000, 14100, 17600, 20500, 23400, 21600, 18200)
VES_HOUSEHOLDS_2000 = (14500, 13000, 11750, 11000, 10250, 9750, 9000, 8250)
VES_TAX_2000 = (9860, 7800, 6580, 5280, 4510, 3510, 2880, 2310)
# What the rule gives for them, worked out apart from this program, in céntimos.
VES_ALLOCATION_2000 = (36332266, 30882725, 27484731, 24928087, 23440360, 21585798, 19082852, 16263181)

# Official totals, whole soles: year, PIA, PIM, certified, annual commitment, accrued, paid.
OFFICIAL_VES = (
    (2015, 68014620, 115305158, 101906812, 101783006, 101115443, 100089824),
    (2016, 72541137, 123584245, 118669698, 103099521, 101135607, 101070840),
    (2017, 78757121, 180656346, 155017128, 139836385, 139368263, 138920631),
    (2018, 83244409, 123830894, 116143199, 95231796, 88083118, 88055731),
    (2019, 86092546, 137873181, 131519010, 111564902, 104154489, 104152543),
    (2020, 97841867, 167576310, 154098629, 101760427, 92134683, 92131120),
    (2021, 101358082, 181143429, 150086518, 139293509, 135489802, 135489802),
    (2022, 101018609, 156342875, 127973650, 121823199, 119143935, 119143116),
    (2023, 109294991, 184933214, 144518484, 131746095, 123953718, 123909261),
    (2024, 144996235, 203605168, 186218037, 178763775, 173412956, 173320770),
    (2025, 145058631, 161738376, 54747896, 52697874, 6056195, 5444685),
)
OFFICIAL_SJM = (
    (2015, 62467280, 92952002, 83497379, 68020429, 66429824, 65610528),
    (2016, 66107918, 108277883, 102638900, 97260428, 88102812, 88027610),
    (2017, 71218267, 106803251, 95608822, 92228152, 77058696, 76990428),
    (2018, 78376776, 113338345, 102233863, 85700140, 71258922, 71101229),
    (2019, 80509286, 88474006, 72765606, 69321208, 67039114, 67028651),
    (2020, 86676314, 125503029, 95010127, 90913912, 87364373, 87364373),
    (2021, 79230019, 104357990, 95961870, 85445485, 78164575, 78164575),
    (2022, 93849950, 126064173, 120223345, 114097155, 109478245, 109478245),
    (2023, 100074895, 127067577, 121315697, 113785125, 105261469, 105257299),
    (2024, 123385408, 154089823, 149916073, 140403719, 132456682, 132361629),
    (2025, 127083414, 128460079, 61230833, 38346907, 4825484, 3392497),
)

# Price index, average of the year, 2000 = 100 (2001 and 2022 chained from published monthly changes; 2002 to 2005
# from 2001 by the published changes of the yearly average: 0.19, 2.26, 3.66 and 1.62 percent).
PRICE_INDEX = ((2000, "100.00"), (2001, "101.97"), (2002, "102.16"), (2003, "104.47"), (2004, "108.30"),
               (2005, "110.05"), (2022, "187.20"))

# Published figures with no table of their own:
# id, year, measure, label_es, label_en, value, unit, note.
REPORTED_VES = (
    ("people", 2000, "population", "Habitantes del distrito", "Inhabitants of the district", "350000", "people",
     "alrededor de"),
    ("under_25", 2000, "share_under_25", "Población menor de 25 años", "People under 25", "75", "percent", ""),
    ("unserved", 2000, "share_without_water", "Población sin red de agua y desagüe",
     "People without water and sewerage networks", "40", "percent", ""),
    ("low_income", None, "share_low_income", "Población en los grupos de menores ingresos",
     "People in the lowest income groups", "75", "percent", ""),
    ("fund_usd", 2000, "participatory_fund", "Fondo participativo en dólares", "Participatory fund in dollars",
     "570000", "USD", "equivalente dado por el estudio"),
    ("share", 2000, "participatory_share", "Parte de la inversión para el presupuesto participativo",
     "Share of investment given to the participatory budget", "35", "percent", ""),
    ("share_decree", 2001, "participatory_share", "Parte de la inversión fijada por la ordenanza",
     "Share of investment fixed by the decree", "35", "percent", "ordenanza de junio de 2001"),
    ("match", 2001, "community_match", "Aporte vecinal mínimo al costo de cada obra",
     "Least share of each project's cost given by the community", "20", "percent", ""),
    ("spent_2001", 2001, "promise_kept_below", "Gastado frente a lo prometido", "Spent against promised", "50",
     "percent", "menos de"),
    ("volunteers", 2000, "poll_volunteers", "Voluntarios de la consulta puerta a puerta",
     "Volunteers of the door-to-door poll", "2000", "people", "más de; en 1999"),
    ("polled", 2000, "people_polled", "Personas consultadas", "People polled", "48000", "people", "en 1999"),
    ("forum", 2000, "forum_participants", "Asistentes al foro distrital", "People at the district forum", "550",
     "people", "más de; en 1999"),
    ("households_most", 2001, "household_participation", "Hogares que participaron en el vecindario más activo",
     "Households taking part in the most active neighbourhood", "30", "percent", "estimación"),
    ("households_other", 2001, "household_participation", "Hogares que participaron en los demás vecindarios",
     "Households taking part elsewhere", "15", "percent", "alrededor de"),
    ("sector_3_total", None, "sector_3_fund", "Ejemplo de fondo del sector 3", "Example of sector 3's fund",
     "300000", "PEN", "ejemplo dado por un regidor"),
    ("sector_3_places", None, "sector_3_neighbourhoods", "Vecindarios del sector 3",
     "Neighbourhoods of sector 3", "30", "neighbourhoods", "ejemplo dado por un regidor"),
    ("sector_3_each", None, "sector_3_each", "Parte igual de cada vecindario", "Equal part of each neighbourhood",
     "10000", "PEN", "ejemplo dado por un regidor"),
    ("concrete", None, "park_concrete", "Cemento en los parques", "Concrete in the parks", "60", "percent",
     "al menos"),
    ("mayors", 2001, "visiting_mayors", "Alcaldes en el encuentro internacional",
     "Mayors at the international meeting", "50", "people", "más de"),
)
REPORTED_SJM = (
    ("people", 2004, "population", "Habitantes del distrito", "Inhabitants of the district", "400000", "people",
     "algo menos de"),
    ("low_income", None, "share_low_income", "Población en los grupos de menores ingresos",
     "People in the lowest income groups", "55", "percent", ""),
    ("under_25", None, "share_under_25", "Población menor de 25 años", "People under 25", "50", "percent", "más de"),
    ("fund_usd", 2004, "participatory_fund", "Fondo participativo en dólares", "Participatory fund in dollars",
     "500000", "USD", "casi"),
    ("share", 2004, "participatory_share", "Parte de la inversión para el presupuesto participativo",
     "Share of investment given to the participatory budget", "30", "percent", "en el relato del caso"),
    ("share_other", 2004, "participatory_share", "Parte de la inversión para el presupuesto participativo",
     "Share of investment given to the participatory budget", "29", "percent", "en las conclusiones"),
    ("reserve_usd", 2004, "district_reserve", "Reserva para obras de todo el distrito",
     "Reserve for district-wide works", "1100000", "USD", ""),
    ("economic", 2004, "economic_share", "Parte de la dimensión económica", "Share of the economic dimension", "2",
     "percent", ""),
    ("sections_human", 2004, "sections_human_first", "Secciones donde lo humano llevó la mayor parte",
     "Sections where human development took the most", "5", "sections", "de 6"),
    ("assembly", 2004, "assembly_participants", "Asistentes a la primera asamblea general",
     "People at the first general assembly", "270", "people", "en marzo de 2003"),
    ("workshops", 2004, "section_workshops", "Talleres en las secciones", "Workshops in the sections", "40",
     "workshops", "más de"),
    ("ngos", 2004, "supporting_ngos", "Organizaciones en el comité de apoyo", "NGOs in the support committee", "7",
     "organisations", "en junio de 2003"),
    ("team", 2004, "technical_team", "Profesionales del equipo técnico al empezar",
     "Professionals in the technical team at the start", "3", "people", ""),
    ("team_leaders", 2004, "team_leaders", "Dirigentes de apoyo al equipo técnico",
     "Community leaders supporting the team", "5", "people", ""),
    ("team_left", 2004, "technical_team", "Integrantes del equipo técnico al final de 2004",
     "Members of the technical team at the end of 2004", "1", "people", ""),
    ("study_cost", None, "water_study_per_household", "Costo de un estudio de agua y desagüe por hogar",
     "Cost of a water and sewerage study per household", "100", "USD", "como mínimo"),
    ("joint_study", 2004, "joint_study_settlements", "Asentamientos que pidieron un solo estudio de agua",
     "Settlements that asked for one joint water study", "7", "settlements", ""),
    ("notice", None, "meeting_notice", "Anticipación con que se convocaba a las reuniones",
     "Notice given before meetings", "2", "days", "práctica de 2003 en varios gobiernos locales"),
)
