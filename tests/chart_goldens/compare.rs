//! Two sides and the lines between them, small lines over years, the steps of a promise.

use yupay::chart::{
    CHAIN_STRIP_PX, ChainBar, Ink, Rect, Size, SlopeLine, SlopeModel, TrendMark, TrendPanel, TrendPoint, layout_chain,
    layout_slope, layout_trend, series_for, slope_height_px, stacked_boxes,
};

use super::check;

fn slope(is_partial: bool) -> SlopeModel {
    let amounts = [
        (Some(262), Some(171)),
        (Some(214), Some(182)),
        (Some(217), Some(116)),
        (Some(211), Some(116)),
        (Some(120), Some(46)),
        (Some(0), Some(90)),
        (None, Some(30)),
        (Some(-20), None),
    ];
    let line = |(at, (a, b)): (usize, (Option<i64>, Option<i64>))| SlopeLine {
        name: if at == 4 { "Una sección con un nombre bastante largo".to_owned() } else { format!("Sección {at}") },
        amounts: [a, b],
        words: [a, b].map(|amount| amount.map_or_else(String::new, |amount| format!("{amount} k"))),
        ink: Ink::Ink,
    };
    let heads = ["2000".to_owned(), if is_partial { "2003 (hasta junio)" } else { "2001" }.to_owned()];
    SlopeModel { heads, lines: amounts.into_iter().enumerate().map(line).collect(), is_partial }
}

#[test]
fn slope_at_two_widths() {
    for (width_px, is_partial) in [(288, true), (900, false)] {
        let model = slope(is_partial);
        let height_px = slope_height_px(model.lines.len()) * 1.4;
        let shapes = layout_slope(&model, Size { width_px: f64::from(width_px), height_px });
        check(&format!("slope_{width_px}"), &shapes, (width_px, height_px as u32));
    }
}

#[test]
fn trend_panels() {
    use TrendPoint::{Amount, Empty, Missing};
    let inks = series_for(&["human", "urban", "economic"]).into_iter().map(Ink::Series);
    let points = [
        vec![Amount(100), Amount(60), Amount(75), Amount(20)],
        vec![Amount(40), Missing, Amount(50), Amount(10)],
        vec![Empty, Amount(-15), Amount(0), Empty],
    ];
    let panels: Vec<TrendPanel> =
        points.into_iter().zip(inks).map(|(points, ink)| TrendPanel { points, ink }).collect();
    let years = [2000, 2001, 2003, 2004].map(|year| TrendMark { year, is_partial: year == 2004 });
    let boxes: Vec<Rect> = (0..3).map(|at| Rect::new(f64::from(at) * 160.0 + 5.0, 5.0, 150.0, 48.0)).collect();
    check("trend_panels", &layout_trend(&panels, &years, &boxes), (480, 60));
}

#[test]
fn chain_of_a_promise() {
    let amounts = [Some(2_187), Some(2_185), Some(2_175), Some(1_076), None, Some(1_200), Some(0)];
    let mut before = None;
    let mut bars = Vec::new();
    for amount in amounts {
        bars.push(ChainBar { amount, before, ink: Ink::Ink });
        before = amount.or(before);
    }
    let boxes: Vec<Rect> = stacked_boxes(bars.len(), 600.0, 40.0)
        .into_iter()
        .map(|area| Rect::new(area.x, area.y + 9.0, area.width, CHAIN_STRIP_PX))
        .collect();
    check("chain", &layout_chain(&bars, &boxes), (600, 40 * u32::try_from(bars.len()).unwrap()));
}
