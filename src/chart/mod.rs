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
//! | `status_marks` | what, where | a shape for each state of a project |
//! | `raster` | paint | shapes to whole device pixels |
//! | `paint` | paint | device pixels to any plotters backend |

mod axis;
mod bars;
mod chain;
mod columns;
mod frame;
mod hatch;
mod paint;
mod palette;
mod point_labels;
mod raster;
mod scale;
mod scatter;
mod scatter_mark;
mod scatter_plot;
mod shape;
mod slope;
mod split_bars;
mod status_marks;
mod text_width;
mod track;
mod trend;
mod year_labels;

pub use axis::nice_ticks;
pub use bars::{BarCell, BarState, BarStyle, layout_bars, stacked_boxes};
pub use chain::{CHAIN_STRIP_PX, ChainBar, layout_chain};
pub use columns::{ColumnsLayout, ColumnsModel, YearColumn, hit, layout_columns};
pub use hatch::{Hatch, Hatched, Lean, Stroke};
pub use paint::{Device, PaintError, paint};
pub use palette::{Hue, Ink, Palette, Pattern, Rgb, SeriesInk, Theme, series_for};
pub use scale::Scale;
pub use scatter::{AxisWords, ScatterLayout, ScatterModel, ScatterPoint, layout_scatter};
pub use shape::{Anchor, Point, Rect, Shape, Size, Weight};
pub use slope::{SlopeLine, SlopeModel, layout_slope, slope_height_px};
pub use split_bars::{Part, RowBar, layout_split_bars, split_bars_height_px};
pub use status_marks::{StatusMark, layout_status_mark, mark_for};
pub use text_width::text_width_px;
pub use trend::{TrendMark, TrendPanel, TrendPoint, layout_trend};
