//! Charts as three steps: a model says what, a layout says where, paint puts it on a surface.
//!
//! This module owns the colours, the shapes and their arithmetic in CSS pixels. It refuses the DOM,
//! files, languages and money formatting: labels arrive as text, amounts as exact minor units, and
//! the first float appears when a layout asks for a pixel. No layout asks plotters for a text size,
//! because plotters answers differently in a browser and on a server.
//!
//! Read in this order:
//!
//! | File | Step | Holds |
//! |---|---|---|
//! | `palette` | what | roles of ink, the themes, one ink per series |
//! | `shape` | where | points, rectangles and the few shapes every chart is made of |
//! | `text_width` | where | how wide a text is, near enough to keep labels apart |
//! | `hatch` | what | how supposed amounts are hatched, by position |
//! | `scale` | where | the range of amounts a group shares |
//! | `axis` | where | round ticks, computed on integers |
//! | `track` | where | the strip one bar runs in |
//! | `frame` | where | titles, ticks and labels around a plot |
//! | `bars` | what, where | bars that stand in the cells of a table |
//! | `split_bars` | what, where | official and supposed amounts under one another in a row |
//! | `chain` | what, where | the steps of a promise, with what each lost |
//! | `slope` | what, where | two sides and a line for each row |
//! | `trend` | what, where | small lines over years, in boxes |
//! | `columns` | what, where | one column a year, with its axis |
//! | `year_labels` | where | which year labels fit under the columns |
//! | `scatter` | what, where | need against money, official and supposed |
//! | `scatter_plot` | where | its axes and what stands around them |
//! | `scatter_mark` | where | a section's dot and ring |
//! | `point_labels` | where | labels of points that do not touch |
//! | `steps` | what, where | a road in steps, each under the one before it |
//! | `map` | what, where | sections with what they were promised, and points of works |
//! | `map_ground` | where | shapes of the ground on a flat page, or tiles |
//! | `status_marks` | what, where | a shape for each state of a project |
//! | `treemap` | what, where | tiles as large as their amounts, parts within wholes |
//! | `stacked` | what, where | labelled rows of bars, each made of parts |
//! | `heat` | what, where | rows against columns, a bar in each cell, to be taken away |
//! | `poster` | where | a picture with its title, what is shown, its legend, source and date |
//! | `document` | paint | shapes to the text of an SVG file |
//! | `raster` | paint | shapes to whole device pixels |
//! | `paint` | paint | device pixels to any plotters backend |

mod axis;
mod bars;
mod chain;
mod columns;
mod document;
mod frame;
mod hatch;
mod heat;
mod map;
mod map_ground;
mod paint;
mod palette;
mod point_labels;
mod poster;
mod raster;
mod scale;
mod scatter;
mod scatter_mark;
mod scatter_plot;
mod shape;
mod slope;
mod split_bars;
mod stacked;
mod status_marks;
mod steps;
mod text_width;
mod track;
mod treemap;
mod trend;
mod year_labels;

pub use axis::nice_ticks;
pub use bars::{BarCell, BarState, BarStyle, layout_bars, stacked_boxes};
pub use chain::{CHAIN_STRIP_PX, ChainBar, layout_chain};
pub use columns::{ColumnsLayout, ColumnsModel, YearColumn, hit, layout_columns};
pub use document::svg_document;
pub use hatch::{Hatch, Hatched, Lean, Stroke};
pub use heat::{HeatCell, HeatModel, HeatRow, heat_size, layout_heat};
pub use map::{MapArea, MapLayout, MapModel, MapPoint, MapTouch, layout_map};
pub use paint::{Device, PaintError, paint};
pub use palette::{Hue, Ink, Palette, Pattern, Rgb, SeriesInk, Theme, series_for};
pub use poster::{Poster, layout_poster};
pub use scale::Scale;
pub use scatter::{AxisWords, ScatterLayout, ScatterModel, ScatterPoint, layout_scatter};
pub use shape::{Anchor, Point, Rect, Shape, Size, Weight};
pub use slope::{SlopeLine, SlopeModel, layout_slope, slope_height_px};
pub use split_bars::{Part, RowBar, layout_split_bars, split_bars_height_px};
pub use stacked::{
    BarPart, PartHit, StackedBar, StackedLayout, StackedModel, StackedRow, layout_stacked, stacked_height_px,
};
pub use status_marks::{StatusMark, layout_status_mark, mark_for};
pub use steps::{StepBar, StepLook, layout_steps, steps_height_px};
pub use text_width::text_width_px;
pub use treemap::{Tile, TileHit, TilePart, TreemapLayout, TreemapModel, layout_treemap};
pub use trend::{TrendMark, TrendPanel, TrendPoint, layout_trend};
