//! Names and descriptions of works as a Peruvian district would type them.

use super::dice::Dice;

pub const SECTIONS: [&str; 8] = [
    "Cercado",
    "Pampa de Arena",
    "Alto Perú",
    "Nueva Esperanza",
    "Los Álamos",
    "José Gálvez",
    "Villa del Mar",
    "Tablada Norte",
];
pub const DIMENSIONS: [&str; 5] = ["Humana", "Económica", "Urbana", "Ecológica", "Institucional"];
/// Name, OC4IDS `projectStatus`, whether still open.
pub const STATUSES: [(&str, &str, bool); 6] = [
    ("En idea", "identification", true),
    ("En preparación", "preparation", true),
    ("En obra", "implementation", true),
    ("Terminada", "completion", false),
    ("En mantenimiento", "maintenance", false),
    ("Cancelada", "cancelled", false),
];
const FUNCTIONS: [&str; 25] = [
    "Legislativa",
    "Relaciones exteriores",
    "Planeamiento",
    "Defensa",
    "Orden público",
    "Justicia",
    "Trabajo",
    "Comercio",
    "Turismo",
    "Agropecuaria",
    "Pesca",
    "Energía",
    "Minería",
    "Industria",
    "Transporte",
    "Comunicaciones",
    "Ambiente",
    "Saneamiento",
    "Vivienda",
    "Salud",
    "Cultura y deporte",
    "Educación",
    "Protección social",
    "Previsión social",
    "Deuda pública",
];
const WORKS: [&str; 16] = [
    "Mejoramiento de",
    "Construcción de",
    "Ampliación de",
    "Reparación de",
    "Techado de",
    "Cerco para",
    "Equipamiento de",
    "Estudio de",
    "Segunda etapa de",
    "Mantenimiento de",
    "Compra de bienes para",
    "Servicios para",
    "Alumbrado de",
    "Pintado de",
    "Limpieza de",
    "Supervisión de",
];
const THINGS: [&str; 24] = [
    "la escuela inicial",
    "el comedor popular",
    "la posta de salud",
    "las veredas",
    "el muro de contención",
    "la losa deportiva",
    "el parque vecinal",
    "la red de agua",
    "el desagüe",
    "las escaleras",
    "la biblioteca",
    "el mercado",
    "la pista principal",
    "los juegos infantiles",
    "el local comunal",
    "el vivero",
    "la ciclovía",
    "el pozo de agua",
    "las señales de tránsito",
    "el taller de confección",
    "la cuna",
    "el puente peatonal",
    "las áreas verdes",
    "la planta de residuos",
];

/// The function of a number, with its two digits in front: `15 Transporte`.
pub fn function(number: usize) -> String {
    format!("{:02} {}", number + 1, FUNCTIONS[number % FUNCTIONS.len()])
}

/// The first of the two digits' code alone.
pub fn function_code(number: usize) -> String {
    format!("{:02}", number + 1)
}

pub const FUNCTION_COUNT: usize = FUNCTIONS.len();

/// 20 to 60 characters, hardly two alike; one in seven with a comma, one in a hundred with quotation marks of its own,
/// one in thirty in capitals.
pub fn description(dice: &mut Dice) -> String {
    let mut text = format!("{} {}", dice.pick(&WORKS), dice.pick(&THINGS));
    if dice.percent(1) {
        let place = text.rfind(' ').map_or(0, |space| space + 1);
        text.insert(place, '"');
        text.push('"');
    }
    let (block, lot) = (dice.between(1, 60), dice.between(1, 400));
    text += &match dice.weighted(&[14, 40, 26, 20]) {
        0 => format!(", manzana {block}, lote {lot}"),
        1 => format!(" del grupo {block}-{lot}"),
        2 => format!(" en la cuadra {lot}"),
        _ => format!(" n.º {lot}"),
    };
    if dice.below(30) == 0 {
        text = text.to_uppercase();
    }
    cut(text, 60)
}

fn cut(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].trim_end().to_owned(),
        None => text,
    }
}
