"""Charts as SVG, drawn here: the browser needs no script for them."""

from collections.abc import Mapping, Sequence

import pygal
from pygal.style import Style

_STYLE = Style(
    background="#ffffff", plot_background="#ffffff", foreground="#1d2124", foreground_strong="#1d2124",
    foreground_subtle="#565c61", colors=("#17604a", "#8a4b00", "#355a7a"), font_family="system-ui, sans-serif",
    label_font_size=16, major_label_font_size=16, title_font_size=18, legend_font_size=16, value_font_size=14,
)  # fmt: skip
_CONFIG = {
    "style": _STYLE, "js": [], "no_prefix": True, "explicit_size": True, "width": 720, "height": 360,
    "show_legend": False, "disable_xml_declaration": False, "margin": 16, "print_values": True,
}  # fmt: skip


def by_hour(title: str, counts: Sequence[int]) -> bytes:
    """Twenty-four columns."""
    chart = pygal.Bar(**_CONFIG | {"print_values": False})
    chart.title = title
    chart.x_labels = [f"{hour:02}" for hour in range(len(counts))]
    chart.add("", list(counts))
    return _drawn(chart)


def by_name(title: str, counts: Mapping[str, int]) -> bytes:
    """One bar a name, the longest on top."""
    chart = pygal.HorizontalBar(**_CONFIG | {"height": max(200, 90 + 34 * len(counts))})
    chart.title = title
    names = list(counts)[::-1]
    chart.x_labels = names
    chart.add("", [counts[name] for name in names])
    return _drawn(chart)


def _drawn(chart: pygal.graph.graph.Graph) -> bytes:
    drawn: bytes = chart.render()
    return drawn
