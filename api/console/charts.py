"""Charts as SVG, drawn here: the browser needs no script for them."""

from collections.abc import Collection, Mapping, Sequence

import pygal
from pygal.style import Style

_STYLE = Style(
    background="#ffffff", plot_background="#ffffff", foreground="#1d2124", foreground_strong="#1d2124",
    foreground_subtle="#565c61", colors=("#17604a", "#8a4b00", "#355a7a"), font_family="system-ui, sans-serif",
    guide_stroke_color="#d5d7d8", major_guide_stroke_color="#d5d7d8",
    label_font_size=13, major_label_font_size=13, title_font_size=14, legend_font_size=13, value_font_size=13,
)  # fmt: skip
WHOLE, LABELS = 5, 7
"""Lines of a scale, and days that are named."""
_CONFIG = {
    "style": _STYLE, "js": [], "no_prefix": True, "explicit_size": True, "width": 420, "height": 260,
    "show_legend": False, "disable_xml_declaration": False, "margin": 8, "print_values": True, "truncate_label": -1,
}  # fmt: skip


def by_hour(title: str, counts: Sequence[int]) -> bytes:
    """Twenty-four columns."""
    chart = pygal.Bar(**_CONFIG | {"print_values": False}, x_labels_major_every=3, show_minor_x_labels=False)
    chart.title = title
    chart.x_labels = [f"{hour:02}" for hour in range(len(counts))]
    chart.add("", list(counts))
    return _drawn(chart, counts)


def by_day(title: str, counts: Mapping[str, int]) -> bytes:
    """One column a day, oldest first."""
    every = -(-len(counts) // LABELS) or 1
    chart = pygal.Bar(**_CONFIG | {"print_values": False}, x_labels_major_every=every, show_minor_x_labels=False)
    chart.title = title
    chart.x_labels = list(counts)
    chart.add("", list(counts.values()))
    return _drawn(chart, counts.values())


def by_name(title: str, counts: Mapping[str, int]) -> bytes:
    """One bar a name, the longest on top."""
    chart = pygal.HorizontalBar(**_CONFIG | {"height": max(150, 70 + 30 * len(counts))})
    chart.title = title
    names = list(counts)[::-1]
    chart.x_labels = names
    chart.add("", [counts[name] for name in names])
    return _drawn(chart, counts.values())


def _drawn(chart: pygal.graph.graph.Graph, counts: Collection[int]) -> bytes:
    # Half a case is none.
    most = max(counts, default=0)
    step = -(-most // WHOLE) or 1
    chart.y_labels = range(0, most + step, step)
    drawn: bytes = chart.render()
    return drawn
