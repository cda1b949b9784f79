"""Kinds of works the two districts ask for, and the names of their neighbourhoods (all names invented)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of work: how it is called, how it is classified, what it usually costs (whole soles)."""

    key: str
    titles: tuple
    dimension: str
    function: str
    cofog: str
    low: int
    high: int


def _kind(key, dimension, function, cofog, low, high, *titles):
    return Kind(key, titles, dimension, function, cofog, low, high)


# Function codes are the ministry's; COFOG divisions follow the mapping explained in data/README.md.
KINDS = {kind.key: kind for kind in (
    _kind("roof", "human", "22", "09", 8000, 26000, "Techado de la cuna infantil {de}",
          "Techado del wawa wasi {de}", "Techo nuevo para el jardín de niños {de}",
          "Cambio de cobertura de la cuna {de}"),
    _kind("playground", "human", "21", "08", 5000, 18000, "Juegos infantiles {de}",
          "Renovación de los juegos infantiles {de}", "Juegos y cerco para la cuna {de}"),
    _kind("kitchen", "human", "23", "10", 7000, 28000, "Ampliación del comedor popular {de}",
          "Cocina mejorada para el comedor {de}", "Piso y muros del comedor popular {de}"),
    _kind("milk", "human", "23", "10", 4000, 12000, "Local del vaso de leche {de}",
          "Equipamiento del vaso de leche {de}"),
    _kind("medicine", "human", "20", "07", 3000, 11000, "Botiquín comunal {de}", "Ambiente para el botiquín {de}",
          "Techado del puesto de salud {de}"),
    _kind("sports", "human", "21", "08", 18000, 52000, "Losa deportiva {de}", "Rehabilitación de la losa {de}",
          "Graderías de la losa deportiva {de}"),
    _kind("hall", "human", "21", "08", 15000, 48000, "Local comunal {de}", "Segundo ambiente del local comunal {de}"),
    _kind("library", "human", "22", "09", 6000, 20000, "Biblioteca comunal {de}", "Sala de lectura juvenil {de}"),
    _kind("school", "human", "22", "09", 14000, 45000, "Servicios higiénicos del colegio {de}",
          "Aula prefabricada para la escuela {de}"),
    _kind("sidewalk", "urban", "15", "04", 10000, 42000, "Veredas {de}", "Veredas y sardineles {de}",
          "Construcción de veredas en la calle central {de}"),
    _kind("stairs", "urban", "15", "04", 12000, 38000, "Escalinata {de}", "Escalera de acceso a la parte alta {de}"),
    _kind("wall", "urban", "19", "06", 22000, 75000, "Muro de contención {de}",
          "Muro de contención de la ladera {de}"),
    _kind("road", "urban", "15", "04", 60000, 130000, "Nivelación de la vía de acceso {de}",
          "Mejoramiento de la vía de acceso {de}"),
    _kind("water", "urban", "18", "06", 45000, 120000, "Estudio de agua y desagüe {de}",
          "Expediente de redes de agua y desagüe {de}"),
    _kind("light", "urban", "12", "04", 7000, 22000, "Alumbrado de pasajes {de}", "Alumbrado público de la losa {de}"),
    _kind("park", "ecological", "17", "05", 12000, 44000, "Parque vecinal {de}", "Remodelación del parque {de}",
          "Construcción del parque central {de}"),
    _kind("green", "ecological", "17", "05", 6000, 20000, "Áreas verdes {de}", "Recuperación de áreas verdes {de}",
          "Áreas verdes en la berma central {de}"),
    _kind("trees", "ecological", "17", "05", 3000, 12000, "Arborización {de}", "Cerco vivo y arborización {de}"),
    _kind("waste", "ecological", "17", "05", 5000, 16000, "Contenedores y reciclaje {de}",
          "Erradicación de un botadero {de}"),
    _kind("training", "economic", "14", "04", 3000, 9000, "Capacitación empresarial {de}",
          "Taller de gestión para pequeños negocios {de}", "Taller de confecciones {de}"),
    _kind("market", "economic", "08", "04", 9000, 30000, "Mejora del mercado {de}", "Feria de productores {de}"),
    _kind("leaders", "institutional", "03", "01", 2500, 8000, "Capacitación de dirigentes {de}",
          "Fortalecimiento de la junta vecinal {de}"),
    _kind("safety", "institutional", "05", "03", 5000, 14000, "Caseta de vigilancia {de}",
          "Alarmas vecinales {de}"),
    _kind("thematic", "human", "20", "07", 10000, 30000, "{de}"),
    _kind("avenue", "urban", "15", "04", 100000, 400000, "{de}"),
)}

OBJECTIVES = (
    # id, dimension, title, parent
    ("H", "human", "Mejorar la salud, la educación y la convivencia de las familias", ""),
    ("H1", "human", "Atender mejor a la primera infancia", "H"),
    ("H2", "human", "Asegurar alimentación y salud en los barrios", "H"),
    ("H3", "human", "Dar espacios de deporte y cultura a la juventud", "H"),
    ("A", "ecological", "Tener un distrito limpio, verde y saludable", ""),
    ("A1", "ecological", "Ampliar y cuidar parques y áreas verdes", "A"),
    ("A2", "ecological", "Reducir la basura en las calles", "A"),
    ("U", "urban", "Ordenar el territorio y completar los servicios", ""),
    ("U1", "urban", "Mejorar vías, veredas y accesos", "U"),
    ("U2", "urban", "Reducir el riesgo en las laderas", "U"),
    ("U3", "urban", "Llevar agua, desagüe y luz a todos los barrios", "U"),
    ("E", "economic", "Impulsar la producción, el comercio y los servicios", ""),
    ("E1", "economic", "Mejorar las capacidades de los pequeños negocios", "E"),
    ("I", "institutional", "Fortalecer a la municipalidad y a las organizaciones", ""),
    ("I1", "institutional", "Formar a dirigentes y comités de vigilancia", "I"),
)

OBJECTIVE_OF_KIND = {
    "roof": "H1", "playground": "H1", "school": "H1", "kitchen": "H2", "milk": "H2", "medicine": "H2",
    "sports": "H3", "hall": "H3", "library": "H3", "sidewalk": "U1", "stairs": "U1", "road": "U1", "avenue": "U1",
    "wall": "U2", "water": "U3", "light": "U3", "park": "A1", "green": "A1", "trees": "A1", "waste": "A2",
    "training": "E1", "market": "E1", "leaders": "I1", "safety": "I1",
}

VES_NAMES = (
    ("Los Arenales", "Las Dunas", "Nuevo Amanecer", "Los Artesanos"),
    ("Brisas del Sur", "Los Algarrobos", "El Mirador", "Los Molles"),
    ("Las Casuarinas", "Vista Alegre", "Los Tejedores", "La Esperanza"),
    ("Los Huarangos", "Lomas Verdes", "El Progreso Alto", "Los Carpinteros"),
    ("Las Totoras", "Tierra Buena", "Los Geranios", "El Porvenir Bajo"),
)
SJM_NAMES = (
    ("Los Jazmines", "Las Retamas", "El Trébol", "Los Ficus", "Las Gardenias", "San Telmo", "El Ceibo", "Los Sauces",
     "La Alameda"),
    ("Los Cedros", "Las Magnolias", "El Olivar Chico", "Los Laureles", "Las Azucenas", "La Rotonda", "Los Pinos Bajos",
     "El Arco", "Las Moras"),
    ("Cerro Alegre", "Las Lomas Altas", "Balcón del Sur", "Los Cactus", "Quebrada Seca", "Piedra Grande",
     "Nueva Ladera", "Alto Sol", "Las Terrazas"),
    ("Valle Chico", "Los Naranjos", "El Parral", "Las Higueras", "Campo Nuevo", "Los Olmos", "El Remanso",
     "Los Duraznos", "Las Parcelas"),
    ("Nueva Aurora", "Los Constructores", "Las Violetas", "El Faro", "Los Pioneros", "Doce de Mayo", "Las Acacias",
     "Flor de Arena", "El Triángulo"),
    ("Alto Horizonte", "Las Cantutas", "Los Halcones", "Ramada Chica", "Tres Cruces", "El Pedregal Alto",
     "Los Girasoles", "Villa Solar", "Las Amapolas"),
)


def neighbourhoods(sections):
    """Rows (id, section, name) and the way each is said in a title, from a list of names by section."""
    rows, said = [], {}
    for number, names in enumerate(sections, start=1):
        section = f"S{number}"
        for place, name in enumerate(names, start=1):
            code = f"{section}-{place:02d}"
            rows.append((code, section, name))
            said[code] = f"del {name}, sección {number}" if name.startswith("Grupo") else f"de {name}"
    return rows, said


class Titles:
    """Gives titles that never repeat: a kind of work in a neighbourhood that has not had it yet."""

    def __init__(self, dice, said):
        self._dice = dice
        self._said = said
        self._used = set()

    def skip(self, taken):
        """Counts kinds of works in neighbourhoods that have had them elsewhere."""
        self._used.update(taken)

    def new(self, kind, codes):
        """A neighbourhood among codes and a title in it."""
        options = [(code, form) for code in codes for form in kind.titles]
        for code, form in self._dice.shuffled(options):
            if (kind.key, code) not in self._used:
                self._used.add((kind.key, code))
                return code, form.format(de=self._said[code])
        raise ValueError(f"every neighbourhood of {codes} already has a {kind.key}")

    def own(self, kind, text):
        """A title of its own, for works of several neighbourhoods or of the whole district."""
        return kind.titles[0].format(de=text)
