"""The tables of a package: columns, types, keys, and the descriptor written from them."""

import hashlib
import json

from . import extras, facts

COLUMN_TITLES = {
    "fiscal_year": "Año", "section_id": "Sección", "name": "Nombre", "title": "Nombre", "project_id": "Proyecto",
    "source": "Procedencia", "source_note": "Nota de procedencia", "record_source": "Procedencia", "amount": "Monto",
    "currency": "Moneda (ISO 4217)", "label_es": "Nombre en castellano", "label_en": "Nombre en inglés",
    "agreed_amount": "Monto acordado en el acta", "cost_estimate": "Costo estimado", "votes": "Votos",
    "technical_design_cost": "Costo del expediente técnico", "beneficiaries": "Personas beneficiadas",
    "function_code": "Función (MEF)", "cofog_division": "División COFOG", "cui": "Código único de inversiones",
    "district_ubigeo": "Ubigeo INEI del distrito", "budget_line_id": "Línea", "financing_source_code": "Rubro",
    "pia": "PIA", "pim": "PIM", "certificado": "Certificado", "compromiso_anual": "Compromiso anual",
    "devengado": "Devengado", "girado": "Girado", "as_of": "Fecha de corte", "expected": "Total esperado",
    "participatory_fund": "Fondo participativo", "investment_budget": "Presupuesto de inversión",
    "district_reserve": "Reserva distrital", "population": "Habitantes", "status": "Estado",
}

SOURCES = {"required": True, "enum": [facts.PAPER, facts.MINISTRY, facts.ILLUSTRATIVE]}
YEAR = {"required": True, "minimum": 1990, "maximum": 2100}
MUST = {"required": True}
COUNT = {"minimum": 0}
PERCENT = {"minimum": 0, "maximum": 100}
STAGES = ("pia", "pim", "certificado", "compromiso_anual", "devengado", "girado")
STATUS_IDS = ("identification", "preparation", "implementation", "completion", "paused", "cancelled")
KINDS_OF_CHANGE = ("added", "dropped", "replaced", "amount", "section", "carried_over")
PAYERS = ("municipality", "community", "other_government", "ngo", "private", "donor")
FORMS = ("cash", "labour", "materials", "land", "other")
CYCLE = ("preparation", "concertation", "coordination", "formalisation", "execution", "accountability")
OC4IDS = ("identification", "preparation", "implementation", "completion", "maintenance", "decommissioning",
          "decommissioned", "cancelled")


def field(name, kind="string", column_type=None, **constraints):
    """One column."""
    made = {"name": name}
    if name in COLUMN_TITLES:
        made["title"] = COLUMN_TITLES[name]
    made["type"] = kind
    if column_type:
        made["columnType"] = column_type
    if constraints:
        made["constraints"] = {key: list(value) if isinstance(value, tuple) else value
                               for key, value in constraints.items()}
    return made


def link(name):
    """A column with an address."""
    return field(name) | {"format": "uri"}


def year(required=True):
    bounds = YEAR if required else {key: value for key, value in YEAR.items() if key != "required"}
    return field("fiscal_year", "integer", "date:fiscal-year", **bounds)


def section(required=False):
    return field("section_id", "string", "geo:target:level2:code", **(MUST if required else {}))


def project(required=False):
    return field("project_id", "string", "activity:generic:project:code", **(MUST if required else {}))


def source(name="source"):
    return field(name, **SOURCES)


def stages():
    """The stage columns, each a phase of one amount; no lower bound, corrections may be negative."""
    return [field(name, "number") | {"normalize": {"phase": name}} for name in STAGES]


def code(name, **constraints):
    return field(name, **MUST, **constraints)


def labels():
    return [code("label_es"), code("label_en")]


def refers(column, resource, target=None):
    return {"fields": [column], "reference": {"resource": resource, "fields": [target or column]}}


TO_SECTION = refers("section_id", "sections")
TO_PROJECT = refers("project_id", "projects")
TO_PROCESS = refers("fiscal_year", "processes")
TO_DIMENSION = refers("dimension_id", "dimensions")
TO_PARENT = refers("parent", "", "objective_id")


def project_fields():
    """Columns of projects.csv, in the order agreed with the readers."""
    return [
        code("project_id") | {"columnType": "activity:generic:project:code"}, year(),
        code("title") | {"columnType": "activity:generic:project:label"}, section(), field("neighbourhood_id"),
        code("scope", enum=("section", "multi", "district")), code("dimension_id"), field("objective_id"),
        field("function_code", "string", "functional-classification:generic:level1:code", pattern="[0-9]{2}"),
        field("cofog_division", "string", "functional-classification:cofog:division:code", pattern="(0[1-9]|10)"),
        field("cui", pattern="[0-9]{6,8}"), code("status"), field("status_date", "date"),
        field("cost_estimate", "number", **COUNT), field("technical_design_cost", "number", **COUNT),
        field("currency", "string", "value-currency:code", pattern="[A-Z]{3}"),
        field("agreed_amount", "number", **COUNT), field("agreed_on", "date"), link("act_document_url"),
        field("feasibility", enum=("yes", "no", "pending")), field("votes", "integer", **COUNT),
        field("priority_rank", "integer", minimum=1), field("beneficiaries", "integer", **COUNT),
        field("planned_end", "date"), field("actual_start", "date"), field("actual_end", "date"),
        field("physical_progress_percent", "integer", **PERCENT), field("location", "geopoint"), source(),
    ]


def process_fields():
    """Columns of processes.csv."""
    return [
        year(), field("currency", "string", "value-currency:code", required=True, pattern="[A-Z]{3}"),
        field("investment_budget", "number", **COUNT), field("participatory_fund", "number", **MUST, **COUNT),
        field("district_reserve", "number", **COUNT), field("district_reserve_currency", pattern="[A-Z]{3}"),
        field("reported_share_percent", "number", **PERCENT), field("community_match_percent", "number", **PERCENT),
        link("rule_document_url"), field("closed_on", "date"), source(),
    ]


def codelists():
    """Resources of codelists/: name, title, path, columns, key, links."""
    order = field("sort_order", "integer", **MUST)
    return [
        ("dimensions", "Dimensiones de desarrollo", "codelists/dimensions.csv",
         [code("dimension_id", pattern="[a-z_]+"), *labels(), order], ["dimension_id"], []),
        ("statuses", "Estados de los proyectos", "codelists/statuses.csv",
         [code("status_id"), *labels(), order, code("oc4ids_status", enum=OC4IDS),
          field("is_open", "boolean", **MUST)], ["status_id"], []),
        ("phases", "Etapas del gasto", "codelists/phases.csv",
         [code("phase_id") | {"columnType": "phase:id"}, code("label_es") | {"columnType": "phase:label"},
          code("label_en"), order], ["phase_id"], []),
    ]


def process_tables():
    """Resources about rounds and sections."""
    figures = ("population", "people_without_basic_services", "households", "households_up_to_date_with_tax")
    return [
        ("sections", "Secciones", "data/sections.csv",
         [field("section_id", "string", "geo:target:level2:code", required=True, pattern="[A-Z0-9-]+"),
          field("name", "string", "geo:target:level2:title", **MUST),
          field("district_ubigeo", "string", "geo:target:level1:code", pattern="[0-9]{6}"), source()],
         ["section_id"], []),
        ("neighbourhoods", "Barrios y vecindarios", "data/neighbourhoods.csv",
         [code("neighbourhood_id"), section(True), code("name"), source()], ["neighbourhood_id"], [TO_SECTION]),
        ("section_figures", "Cifras por sección y año", "data/section_figures.csv",
         [year(), section(True), *(field(name, "integer", **COUNT) for name in figures), source()],
         ["fiscal_year", "section_id"], [TO_SECTION]),
        ("processes", "Procesos anuales", "data/processes.csv", process_fields(), ["fiscal_year"], []),
        ("allocation_rule", "Regla de reparto", "data/allocation_rule.csv",
         [year(), code("criterion_id"), *labels(), code("measure"), code("direction", enum=("direct", "inverse")),
          field("weight_percent", "number", **MUST, **PERCENT), source()],
         ["fiscal_year", "criterion_id"], [TO_PROCESS]),
        ("allocations", "Reparto publicado", "data/allocations.csv",
         [year(), section(True), field("amount", "number", "value", **MUST, **COUNT), source()],
         ["fiscal_year", "section_id"], [TO_SECTION, TO_PROCESS]),
        ("milestones", "Hitos del proceso", "data/milestones.csv",
         [year(), code("milestone_id"), code("phase", enum=CYCLE), field("planned_date", "date"),
          field("actual_date", "date"), field("announced_date", "date"), link("document_url"), source(),
          field("source_note")], ["fiscal_year", "milestone_id"], [TO_PROCESS]),
        ("participation", "Participación (totales)", "data/participation.csv",
         [year(), code("event_id"), code("kind"), section(), field("date", "date"),
          *(field(name, "integer", minimum=5) for name in ("participants", "women", "people_under_25")), source(),
          field("source_note")], ["fiscal_year", "event_id"], [TO_SECTION, TO_PROCESS]),
    ]


def project_tables():
    """Resources about projects and money."""
    return [
        ("objectives", "Objetivos del plan", "data/objectives.csv",
         [code("objective_id"), code("dimension_id"), code("title"), field("parent"), source()],
         ["objective_id"], [TO_DIMENSION, TO_PARENT]),
        ("projects", "Proyectos", "data/projects.csv", project_fields(), ["project_id"],
         [TO_SECTION, TO_DIMENSION, TO_PROCESS, refers("neighbourhood_id", "neighbourhoods"),
          refers("objective_id", "objectives"), refers("status", "statuses", "status_id")]),
        ("financing", "Financiamiento previsto", "data/financing.csv",
         [code("financing_id"), project(True), code("source", enum=PAYERS), code("form", enum=FORMS),
          field("amount", "number", **MUST, **COUNT), source("record_source")], ["financing_id"], [TO_PROJECT]),
        ("budget", "Presupuesto y ejecución", "data/budget.csv",
         [field("budget_line_id", "string", "budget-line-id", **MUST), year(), project(), section(),
          field("financing_source_code", "string", "fin-source:generic:code", pattern="[0-9]{2}"), *stages(),
          field("as_of", "date", **MUST), source()], ["budget_line_id"], [TO_PROJECT, TO_SECTION]),
        ("status_history", "Estado en cada fecha", "data/status_history.csv",
         [project(True), field("date", "date", **MUST), code("status"), source()], ["project_id", "date"],
         [TO_PROJECT, refers("status", "statuses", "status_id")]),
        ("changes", "Cambios entre lo acordado y lo hecho", "data/changes.csv",
         [code("change_id"), project(True), field("date", "date", **MUST), code("kind", enum=KINDS_OF_CHANGE),
          field("before"), field("after"), field("reason"), source()], ["change_id"], [TO_PROJECT]),
        ("project_sections", "Secciones de las obras conjuntas", "data/project_sections.csv",
         [project(True), section(True), field("share_percent", "number", **PERCENT), source()],
         ["project_id", "section_id"], [TO_PROJECT, TO_SECTION]),
        ("execution_months", "Ejecución por mes", "data/execution_months.csv",
         [year(), field("month", "integer", required=True, minimum=1, maximum=12), project(), section(),
          *(one for one in stages() if one["name"] in extras.MONTHLY), source()], [], [TO_PROJECT, TO_SECTION]),
        ("crosswalk", "Códigos que cambiaron", "data/crosswalk.csv",
         [code("table", enum=("sections", "dimensions")), code("from_id"), field("from_year", "integer", **MUST),
          code("to_id"), field("to_year", "integer", **MUST), field("share_percent", "number", **PERCENT),
          field("comparable", "boolean"), source()], ["table", "from_id", "from_year", "to_id", "to_year"], []),
        ("controls", "Totales de control", "data/controls.csv",
         [code("control_id"), code("resource"), code("field"), field("filter"), field("expected", "number", **MUST),
          source()], ["control_id"], []),
    ]


def official_tables():
    """Resources with published figures."""
    return [
        ("official_totals", "Totales oficiales de la municipalidad", "data/official_totals.csv",
         [year(), *stages(), field("as_of", "date", **MUST),
          field("months_covered", "integer", required=True, minimum=1, maximum=12), source(), field("source_note")],
         ["fiscal_year"], []),
        ("reported_figures", "Cifras publicadas por el estudio", "data/reported_figures.csv",
         [code("figure_id"), year(False), code("measure"), *labels(), field("value", "number", **MUST), code("unit"),
          field("note"), source()], ["figure_id"], []),
        ("price_index", "Índice de precios", "data/price_index.csv",
         [field("year", "integer", **MUST), field("index", "number", **MUST), field("base"), field("series")],
         ["year"], []),
    ]


def tables():
    return codelists() + process_tables() + project_tables() + official_tables()


def extra_fields(currency):
    """What a stage table becomes when unpivoted; the currency is said only where every line has the same."""
    made = [field("phase", "string", "phase:id"),
            field("amount", "number", "value") | {"normalizationTarget": True}]
    if currency:
        made.append({"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": currency})
    made.append({"name": "direction", "type": "string", "columnType": "direction", "constant": "expenditure"})
    return made


def resource(table, content, budget_currency):
    """The descriptor of one table, with the size and hash of its content."""
    name, title, path, fields, key, links = table
    schema = {"fields": fields, "fieldsMatch": "equal", "missingValues": [""]}
    if key:
        schema["primaryKey"] = key
    if links:
        schema["foreignKeys"] = links
    if name in ("budget", "official_totals"):
        schema["extraFields"] = extra_fields("PEN" if name == "official_totals" else budget_currency)
    return {
        "name": name, "title": title, "path": path, "type": "table", "profile": "tabular-data-resource",
        "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True, "quoteChar": '"'}, "schema": schema,
        "bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }


def ballots_resource(year, content):
    """The descriptor of a round's ballots, which are a file and no table."""
    return {
        "name": f"ballots-{year}", "title": f"Propuestas y papeletas de la ronda de {year} (ilustrativas)",
        "path": f"ballots/{year}.pb", "scheme": "file", "format": "pb", "mediatype": "text/plain", "encoding": "utf-8",
        "bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }


def geometry_resource(content):
    """The descriptor of the outlines of the sections, which are a file and no table."""
    return {
        "name": "sections-geometry", "title": "Contorno de las secciones (ilustrativo)", "path": "data/sections.geojson",
        "scheme": "file", "format": "geojson", "mediatype": "application/geo+json", "encoding": "utf-8",
        "bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }


def descriptor(district, contents, ballots, geometry=None):
    """datapackage.json as a dictionary, from the written tables by name and the ballots by year."""
    return {
        "name": district["name"], "id": f"urn:yupay:demo:{district['name']}", "profile": "data-package",
        "title": district["title"], "description": district["description"], "version": facts.VERSION,
        "created": facts.CREATED, "languages": ["es", "en"], "countryCode": "PE",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
                      "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "Proyecto Yupay", "role": "publisher"}],
        "sources": [{"title": facts.PAPER_TITLE}, {"title": facts.MINISTRY_TITLE, "path": "https://www.mef.gob.pe/"},
                    {"title": facts.PRICES_TITLE}, {"title": "Yupay: datos ilustrativos de demostración"}],
        "keywords": ["presupuesto participativo", district["title"], "Lima", "Perú", "datos abiertos"],
        "columnTypes": ["https://frictionlessdata.io/taxonomies/fiscal/budgets.json"],
        "yupay": {"demonstration": True, "description_en": district["description_en"], "notice_es": district["notice_es"], "notice_en": district["notice_en"],
                  "contact": district["contact"]},
        "resources": [resource(table, contents[table[0]], district["budget_currency"])
                      for table in tables() if table[0] in contents]
                     + [ballots_resource(year, content) for year, content in ballots.items()]
                     + ([geometry_resource(geometry)] if geometry else []),
    }


def pretty(value, indent=0, width=180):
    """JSON with short containers on one line, so that a column is a line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= width or not isinstance(value, (dict, list)):
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        items = [f"{pad}{json.dumps(key, ensure_ascii=False)}: {pretty(item, indent + 1, width)}"
                 for key, item in value.items()]
        return "{\n" + ",\n".join(items) + "\n" + " " * indent + "}"
    items = [pad + pretty(item, indent + 1, width) for item in value]
    return "[\n" + ",\n".join(items) + "\n" + " " * indent + "]"
