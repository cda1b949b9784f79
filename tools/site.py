#!/usr/bin/env python3
"""Makes the finished static site: what Trunk built, the packages beside it, and an HTML file for every address.

Any web server that hands out files can hold the result, under any path: each page says by <base> where the site's
root is, so no address is absolute and no host needs rewrite rules.

A package with mistakes is published as it is. The site shows the mistakes; stopping here would hide them.
"""
import argparse
import base64
import csv
import dataclasses
import hashlib
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

LANGUAGES = ("es", "en")
FRONT_PAGE = "es"  # the language of the page at the root
NAME = "Yupay"
ABOUT = {
    "es": "Qué prometió cada municipalidad, qué gastó y en qué quedó cada obra.",
    "en": "What each municipality promised, what it spent, and what became of each project.",
}
# The workers' programs. Every page may need the first; a page says in PAGES which others it may.
READER = "yupay-loader"
FUNDER = "yupay-funder"
# What a worker runs; its own files lie beside it. A page hears of no rejected promise in its
# worker, so the worker says it: without its program it answers nothing else.
START_WORKER = """addEventListener('unhandledrejection', () => postMessage(['broken']));
importScripts('PROGRAM.js');
wasm_bindgen({ module_or_path: 'PROGRAM_bg.wasm' });
"""
# The program of the page that Trunk writes, with what Trunk adds to its name.
SHELL_PROGRAM = re.compile(r"yupay-site-[0-9a-f]+(?=(?:_bg\.wasm|\.js)\b)")


@dataclasses.dataclass(frozen=True)
class Page:
    """A page of a municipality that is shown by a program of its own."""

    folder: str
    program: str
    words: str  # how the names of its own language files begin
    title: dict
    description: dict
    workers: tuple = ()  # programs that it may start, beside the reader
    style: bool = True  # whether it has a style sheet of its own, beside the one that all pages share


# `web::route::Page` has the same folders; the first page, the overview, is the one that Trunk writes.
PAGES = (
    Page(
        folder="explore",
        program="yupay-explore",
        words="explore.",
        title={"es": "Explorar · {name}", "en": "Explore · {name}"},
        description={
            "es": "El presupuesto por sección, dimensión, objetivo, año o fuente, hasta las filas del archivo: {name}.",
            "en": "The budget by section, dimension, objective, year or source, down to the rows of the file: {name}.",
        },
    ),
    Page(
        folder="projects",
        program="yupay-projects",
        words="projects.",
        title={"es": "Obras · {name}", "en": "Works · {name}"},
        description={
            "es": "Cada obra: cuánto se acordó, cuánto se gastó y en qué quedó: {name}.",
            "en": "Each work: what was agreed, what was spent and what became of it: {name}.",
        },
    ),
    Page(
        folder="compare",
        program="yupay-compare",
        words="compare.",
        title={"es": "Comparar · {name}", "en": "Compare · {name}"},
        description={
            "es": "Años, secciones y municipalidades lado a lado, y lo prometido hasta lo construido: {name}.",
            "en": "Years, sections and municipalities side by side, and from the promise to what was built: {name}.",
        },
    ),
    Page(
        folder="what-if",
        program="yupay-what-if",
        words="what-if.",
        title={"es": "¿Y si…? · {name}", "en": "What if · {name}"},
        description={
            "es": "Cuánto recibiría cada sección con otra regla de reparto, y por qué: {name}.",
            "en": "What each section would get by another rule, and why: {name}.",
        },
        workers=(FUNDER,),
        style=False,
    ),
)
PRERENDER_MARK = "<!-- yupay:page -->"
# A folder's name is part of an address, so it is held to what needs no escaping in one.
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class NotPublished(Exception):
    """A file that a descriptor names and that is not copied; the text says why."""


class Refused(Exception):
    """What the caller asked for cannot be published; the text says what to change."""


def warn(message):
    print(f"aviso / warning: {message}", file=sys.stderr)


def plain(text):
    """One line, and nothing in it that UTF-8 cannot write (JSON may hold half a character)."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


@dataclasses.dataclass(frozen=True)
class Municipality:
    """One package, as the list of municipalities shows it."""

    folder: pathlib.Path
    slug: str
    descriptor: dict
    years: list

    def text(self, key):
        value = self.descriptor.get(key)
        return plain(value) if isinstance(value, str) else ""

    def custom(self, key):
        own = self.descriptor.get("yupay")
        value = own.get(key) if isinstance(own, dict) else None
        return plain(value) if isinstance(value, str) else ""

    def description(self, language):
        return (self.custom("description_en") if language == "en" else "") or self.text("description")

    @property
    def title(self):
        return self.text("title") or self.slug

    def entry(self):
        country = self.descriptor.get("countryCode")
        if isinstance(country, list) and country:
            country = country[0]
        own = self.descriptor.get("yupay")
        return {
            "slug": self.slug,
            "title": self.title,
            "description": self.text("description"),
            "description_en": self.custom("description_en"),
            "country": plain(country) if isinstance(country, str) else "",
            "demonstration": isinstance(own, dict) and own.get("demonstration") is True,
            "years": self.years,
        }


# -- packages ---------------------------------------------------------------------------------------------------------


def find_packages(entries):
    """The package folders that the entries are or hold, in the order given."""
    found = []
    for entry in entries:
        folder = pathlib.Path(os.path.abspath(entry))
        if not folder.is_dir():
            raise Refused(f"no hay carpeta / no such folder: {entry}")
        inside = [each for each in [folder, *sorted(folder.iterdir())] if (each / "datapackage.json").is_file()]
        if not inside:
            raise Refused(f"sin paquetes (datapackage.json) / no packages in: {entry}")
        # A package is a package all the way down: what lies inside it is its own.
        found.extend(inside[:1] if inside[0] == folder else inside)
    return list(dict.fromkeys(found))


def read_municipalities(folders):
    seen = {}
    for folder in folders:
        slug = folder.name
        if not SLUG.fullmatch(slug):
            raise Refused(f"nombre de carpeta con solo a-z 0-9 - _ / rename with only a-z 0-9 - _: {folder}")
        # Told apart without case, because some file systems would lay one over the other.
        other = seen.setdefault(slug.lower(), folder)
        if other is not folder:
            raise Refused(f"dos paquetes, una dirección / two packages, one address '{slug}': {other} + {folder}")
    return [read_municipality(folder) for folder in folders]


def read_municipality(folder):
    descriptor = {}
    try:
        value = json.loads((folder / "datapackage.json").read_text(encoding="utf-8-sig"))
        if isinstance(value, dict):
            descriptor = value
        else:
            warn(f"{folder.name}/datapackage.json: no es un objeto / not an object")
    except (OSError, ValueError, RecursionError) as error:
        warn(f"{folder.name}/datapackage.json: {error}")
    return Municipality(folder, folder.name, descriptor, read_years(folder, descriptor))


def resources(descriptor):
    """Each resource that is one, with its paths as a list."""
    listed = descriptor.get("resources")
    for resource in listed if isinstance(listed, list) else []:
        if isinstance(resource, dict):
            path = resource.get("path")
            paths = path if isinstance(path, list) else [path]
            yield resource, [each for each in paths if isinstance(each, str) and each]


def file_inside(folder, path):
    """The file a resource names, which must be one of the package's own."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        raise NotPublished("fuera del paquete, no se copia / outside the package, not copied")
    hidden_or_up = any(step == "" or (step.startswith(".") and step != ".") for step in path.split("/"))
    if hidden_or_up or "\\" in path or plain(path) != path:
        raise NotPublished("ruta no permitida / path not allowed")
    try:
        file = folder / path
        # A link may point anywhere; what it points at must be in the package too, or publishing would leak it.
        if not file.resolve().is_relative_to(folder.resolve()):
            raise NotPublished("enlace fuera del paquete / link out of the package")
        if file.is_file():
            return file
    except (OSError, RuntimeError, ValueError):
        pass  # a name too long, a loop of links: not a file all the same
    raise NotPublished("no existe / missing")


def copy_package(municipality, out):
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(municipality.folder / "datapackage.json", out / "datapackage.json")
    for _, paths in resources(municipality.descriptor):
        for path in paths:
            try:
                file = file_inside(municipality.folder, path)
            except NotPublished as reason:
                warn(f"{municipality.slug}: {plain(path)}: {reason}")
                continue
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, out / path)


def pack(command, municipality, out):
    """Writes the packed form beside the files. Without it the site reads the files, so nothing stops for it."""
    done = subprocess.run([command, "pack", municipality.folder, "--out", out], capture_output=True, text=True)
    # 1: packed, with problems that the page will show.
    if done.returncode not in (0, 1):
        warn(f"{municipality.slug}: sin empaquetar / not packed: {plain(done.stderr or done.stdout)}")


def read_years(folder, descriptor):
    """The years with a process, for the list of municipalities; none when they cannot be read."""
    for resource, paths in resources(descriptor):
        if resource.get("name") != "processes" or not paths:
            continue
        dialect = resource.get("dialect")
        delimiter = dialect.get("delimiter", ",") if isinstance(dialect, dict) else ","
        try:
            with open(file_inside(folder, paths[0]), encoding="utf-8-sig", newline="") as rows:
                values = [row.get("fiscal_year") or "" for row in csv.DictReader(rows, delimiter=delimiter)]
        except (NotPublished, OSError, ValueError, TypeError, csv.Error):
            return []
        return sorted({int(value) for value in values if re.fullmatch(r"[0-9]{4}", value)})
    return []


# -- programs ---------------------------------------------------------------------------------------------------------


def name_worker(out, program):
    """Gives a worker's files an address that changes with their content, as Trunk does for the overview's own."""
    files = sorted(file for file in out.glob(f"{program}*") if file.is_file())
    if not files:
        return None
    start = START_WORKER.replace("PROGRAM", program)
    content = [start.encode(), *(file.read_bytes() for file in files)]
    digest = hashlib.sha256(b"".join(content)).hexdigest()[:16]
    folder = out / f"{program.removeprefix('yupay-')}-{digest}"
    folder.mkdir()
    for file in files:
        file.rename(folder / file.name)
    (folder / "start.js").write_text(start, encoding="utf-8", newline="\n")
    return f"{folder.name}/start.js"


def name_workers(out):
    """The address of each worker there is, by its program."""
    named = {program: name_worker(out, program) for program in (READER, FUNDER)}
    return {program: address for program, address in named.items() if address}


def name_program(out, program):
    """The same for the program of a page: the part of its files' names that changes, and the digest of each by its name."""
    files = [out / f"{program}{end}" for end in (".js", "_bg.wasm")]
    absent = [file.name for file in files if not file.is_file()]
    if absent:
        raise Refused(f"falta / missing: {', '.join(absent)} (make site)")
    contents = [file.read_bytes() for file in files]
    stem = f"{program}-{hashlib.sha256(b''.join(contents)).hexdigest()[:16]}"
    digests = {}
    for file, content in zip(files, contents):
        name = file.name.replace(program, stem, 1)
        file.rename(out / name)
        digests[name] = "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")
    return stem, digests


# -- pages ------------------------------------------------------------------------------------------------------------


class Shell:
    """Trunk's index.html, from which every page is made."""

    def __init__(self, text, prerender, workers):
        self.text = text
        self.prerender = prerender
        self.workers = workers
        if not re.search(r"<html\b", text, re.I) or not re.search(r"<meta\s+charset\b[^>]*>", text, re.I):
            raise Refused("index.html: falta <html> o <meta charset> / needs <html> and <meta charset>")
        if prerender is not None and PRERENDER_MARK not in text:
            raise Refused(f"index.html: falta / needs {PRERENDER_MARK}")

    def with_program(self, stem, digests):
        """The same shell with another program in place of the overview's: what is imported, what is fetched early, and the
        digests that those are held to."""
        text, exchanged = SHELL_PROGRAM.subn(stem, self.text)
        if not exchanged:
            raise Refused("index.html: falta el programa / names no program: yupay-site")

        def with_digest(tag):
            name = next((name for name in digests if name in tag.group()), None)
            return re.sub(r'\bintegrity="[^"]*"', f'integrity="{digests[name]}"', tag.group()) if name else tag.group()

        return Shell(re.sub(r"<link\b[^>]*>", with_digest, text, flags=re.I), self.prerender, self.workers)

    def page(self, language, title, description, root, rendered, early=(), workers=(), style=None):
        """The shell in one language, `root` being the way from the page's own folder to the site's root. `early` are files
        that the page is going to ask for, fetched while its program is; `workers` are those it may start; `style` is a
        sheet of its own."""
        text = re.sub(r"<html\b[^>]*>", lambda tag: with_language(tag.group(), language), self.text, count=1, flags=re.I)
        for old in (r"<title\b[^>]*>.*?</title\s*>", r"<base\b[^>]*>", r"<meta\s+name=[\"']?description\b[^>]*>"):
            text = re.sub(old + r"\s*", "", text, count=1, flags=re.I | re.S)
        # <base> before anything that has an address; <meta charset> before everything.
        head = (
            f'<base href="{root}">'
            f"<title>{html.escape(title, quote=False)}</title>"
            f'<meta name="description" content="{html.escape(description)}">'
        )
        for program in (READER, *workers):
            if program in self.workers:
                head += f'<meta name="{program}" content="{html.escape(self.workers[program])}">'
        for file in early:
            head += f'<link rel="preload" as="fetch" crossorigin href="{html.escape(file)}">'
        text = re.sub(r"<meta\s+charset\b[^>]*>", lambda tag: tag.group() + head, text, count=1, flags=re.I)
        if style:
            # After the sheet that all pages share, which it builds on.
            link = f'<link rel="stylesheet" href="{html.escape(style)}">'
            text = re.sub(r"</head\s*>", lambda tag: link + tag.group(), text, count=1, flags=re.I)
        if self.prerender is not None:
            file = self.prerender / rendered
            if file.is_file():
                text = text.replace(PRERENDER_MARK, file.read_text(encoding="utf-8"), 1)
            else:
                warn(f"{rendered}: sin contenido previo / not prerendered")
        return text


def with_language(tag, language):
    bare = re.sub(r"\s+lang(\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?(?=[\s>])", "", tag, flags=re.I)
    return bare[: len("<html")] + f' lang="{language}"' + bare[len("<html") :]


def packed_files(out, slug):
    """What a page of a package asks for first, where it was packed."""
    folder = f"data/{slug}"
    try:
        packed = json.loads((out / folder / "packed.json").read_text(encoding="utf-8"))
        return [f"{folder}/packed.json", f"{folder}/datapackage.json", f"{folder}/{packed['cube']['name']}"]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def lost_page(base):
    """The page for lost addresses: shown at any depth, so it can load nothing and its one link is absolute."""
    link = html.escape(base)
    return f"""<!doctype html>
<html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>404 · {NAME}</title></head>
<body><main><h1>Esta página no existe</h1>
<p><a href="{link}">Ir a la lista de municipalidades</a></p>
<p lang="en">This page does not exist. <a href="{link}en/" hreflang="en">Go to the list of municipalities</a></p>
</main></body></html>
"""


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def name_style(out, page):
    """Gives a page's own style sheet an address that changes with its content."""
    if not page.style:
        return None
    file = out / "pages" / f"{page.folder}.css"
    if not file.is_file():
        raise Refused(f"falta / missing: pages/{file.name} (make site)")
    name = f"{page.folder}-{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}.css"
    file.rename(out / name)
    return name


def write_pages(shell, municipalities, out, base, pages):
    others = [(page, shell.with_program(*name_program(out, page.program)), name_style(out, page)) for page in pages]
    write(out / "index.html", shell.page(FRONT_PAGE, NAME, ABOUT[FRONT_PAGE], "./", f"{FRONT_PAGE}/index.html"))
    for language in LANGUAGES:
        about = ABOUT[language]
        write(out / language / "index.html", shell.page(language, NAME, about, "../", f"{language}/index.html"))
        for each in municipalities:
            title, description = f"{each.title} · {NAME}", each.description(language) or about
            words, data = f"text/{language}.json", packed_files(out, each.slug)
            overview = shell.page(language, title, description, "../../", f"{language}/{each.slug}.html", [words, *data])
            write(out / language / each.slug / "index.html", overview)
            for page, its_shell, style in others:
                title = f"{page.title[language].format(name=each.title)} · {NAME}"
                description = page.description[language].format(name=each.title)
                early = [words, f"text/{page.words}{language}.json", *data]
                rendered = f"{language}/{each.slug}/{page.folder}.html"
                text = its_shell.page(language, title, description, "../../../", rendered, early, page.workers, style)
                write(out / language / each.slug / page.folder / "index.html", text)
    write(out / "404.html", lost_page(base))


# -- the whole --------------------------------------------------------------------------------------------------------


def build(dist, municipalities, out, base, prerender, command, pages):
    index = dist / "index.html"
    if not index.is_file():
        raise Refused(f"falta / missing: {index} (make site)")
    shutil.copytree(dist, out)
    shell = Shell(index.read_text(encoding="utf-8"), prerender, name_workers(out))
    for each in municipalities:
        copy_package(each, out / "data" / each.slug)
        if command:
            pack(command, each, out / "data" / each.slug)
    listed = {"municipalities": [each.entry() for each in municipalities]}
    write(out / "data" / "index.json", json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    write_pages(shell, municipalities, out, base, pages)
    shutil.rmtree(out / "pages", ignore_errors=True)


def check_replaceable(out):
    """Only an earlier site is ever removed: `--out` may be a mistyped folder with somebody's work in it."""
    if out.exists() and not out.is_dir():
        raise Refused(f"no es una carpeta / not a folder: {out}")
    if out.is_dir() and any(out.iterdir()) and not (out / "data" / "index.json").is_file():
        raise Refused(f"no es un sitio de Yupay, no se reemplaza / not a Yupay site, not replaced: {out}")


def replace(new, out):
    """Puts the new site where the old one was, so that a server on that folder never sees half a site."""
    old = out.with_name(f"{out.name}.old-{os.getpid()}")
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dist", type=pathlib.Path, default="target/dist", help="what Trunk built")
    parser.add_argument("--data", nargs="+", default=["data"], help="folders of packages, or packages")
    parser.add_argument("--out", type=pathlib.Path, default="site")
    parser.add_argument("--base", default="/", help="where the site will stand on its host, for 404.html only")
    parser.add_argument("--yupay", help="the yupay command, which packs each package; without it the site reads plain files")
    parser.add_argument("--prerender", type=pathlib.Path, help=f"<lang>/<slug>.html, put in place of {PRERENDER_MARK}")
    parser.add_argument("--pages", help="only these pages beside the overview, by folder (for who works on one)")
    options = parser.parse_args()
    chosen = None if options.pages is None else options.pages.split()
    pages = [page for page in PAGES if chosen is None or page.folder in chosen]
    out = pathlib.Path(os.path.abspath(options.out))
    new = out.with_name(f"{out.name}.new-{os.getpid()}")
    try:
        check_replaceable(out)
        municipalities = read_municipalities(find_packages(options.data))
        out.parent.mkdir(parents=True, exist_ok=True)
        base = "/".join(["", *filter(None, options.base.split("/")), ""])
        build(options.dist, municipalities, new, base, options.prerender, options.yupay, pages)
        replace(new, out)
    except Refused as refused:
        sys.exit(f"error: {refused}")
    finally:
        shutil.rmtree(new, ignore_errors=True)
    print(f"{options.out}: {len(municipalities)} municipalidades / municipalities")


if __name__ == "__main__":
    main()
