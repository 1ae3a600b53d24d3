#!/usr/bin/env python3
"""Draws dashboard.json as one page, by Prometheus' HTTP API and without Grafana.

    ./draw.py http://127.0.0.1:9090 [MINUTES] > dashboard.html

What Grafana would ask is asked: each panel's queries over the last MINUTES (15), with all namespaces. A query without an answer is
named on standard error, and the program ends with 1: panels are to have data. The look is not Grafana's.
"""
import html
import json
import math
import pathlib
import re
import sys
import time
import urllib.parse
import urllib.request

COLUMN, ROW, GAP = 56, 34, 8
COLOURS = ["#1f77b4", "#e07b1a", "#2a9d4a", "#c9372c", "#7b5cb8", "#8a5a44", "#d060a8", "#6b7280", "#a3a31f", "#17a2b8"]
STYLE = """
body { margin: 12px; background: #f4f5f7; font: 12px/1.3 system-ui, sans-serif; color: #1f2933; }
main { position: relative; }
section { position: absolute; box-sizing: border-box; background: #fff; border: 1px solid #d9dde3; border-radius: 4px; padding: 6px 8px;
  overflow: hidden; }
section.row { background: none; border: none; padding: 8px 2px; font-weight: 600; font-size: 14px; }
h2 { margin: 0 0 4px; font-size: 12px; font-weight: 600; }
.stat { font-size: 54px; text-align: center; padding-top: 6px; font-weight: 600; }
.legend { columns: 2; font-size: 10px; } .legend i { display: inline-block; width: 8px; height: 8px; margin-right: 4px; }
.legend div { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 3px 6px; border-bottom: 1px solid #e6e9ed; }
text { font: 10px system-ui, sans-serif; fill: #6b7280; } .none { color: #9aa3ad; padding-top: 60px; text-align: center; }
"""


def ask(server, path, **parameters):
    with urllib.request.urlopen(server + "/api/v1/" + path + "?" + urllib.parse.urlencode(parameters)) as answer:
        return json.load(answer)["data"]["result"]


def shown(value, unit):
    if unit == "s":
        for size, name in ((60, " min"), (1, " s"), (1e-3, " ms")):
            if value >= size:
                return f"{value / size:.3g}{name}"
        return "0"
    if unit == "bytes":
        return f"{value / 2**20:.0f} MiB"
    return f"{value:.3g}" + {"reqps": " req/s", "ops": "/s"}.get(unit, "")


def named(pattern, labels):
    return re.sub(r"\s+", " ", re.sub(r"{{\s*(\w+)\s*}}", lambda name: labels.get(name[1], ""), pattern)).strip()


def stat(panel, results, unit):
    value = float(results[0]["value"][1])
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    colour = [step["color"] for step in steps if step["value"] is None or value >= step["value"]][-1]
    return f'<div class="stat" style="color:{ {"green": "#2a9d4a", "orange": "#e07b1a"}.get(colour, "#c9372c") }">{shown(value, unit)}</div>'


def table(panel, results):
    organize = next(one["options"] for one in panel["transformations"] if one["id"] == "organize")
    names = organize["renameByName"]
    columns = [label for label in names if any(label in row["metric"] for row in results)]
    lines = ["".join(f"<th>{html.escape(names[label])}</th>" for label in columns)]
    for row in sorted(results, key=lambda row: sorted(row["metric"].items())):
        lines.append("".join(f"<td>{html.escape(row['metric'].get(label, ''))}</td>" for label in columns))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def chart(series, unit, begin, end, width, height):
    left, bottom = 64, height - 16
    highest = max(value for _, values in series for _, value in values) or 1
    step = next(step for digit in range(-9, 13) for step in (10.0**digit, 2 * 10.0**digit, 5 * 10.0**digit) if highest <= 4 * step)
    top = step * math.ceil(highest * 1.02 / step)
    x = lambda at: left + (at - begin) / (end - begin) * (width - left - 6)
    y = lambda value: bottom - value / top * (bottom - 6)
    parts = [f'<svg width="{width}" height="{height}">']
    for part in range(round(top / step) + 1):
        value = part * step
        parts.append(f'<line x1="{left}" x2="{width - 6}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#e6e9ed"/>'
                     f'<text x="{left - 4}" y="{y(value) + 3:.1f}" text-anchor="end">{shown(value, unit)}</text>')
    for part in range(4):
        at = begin + (end - begin) * part / 3
        anchor = "start" if part == 0 else "end" if part == 3 else "middle"
        parts.append(f'<text x="{x(at):.1f}" y="{height - 3}" text-anchor="{anchor}">'
                     f'{time.strftime("%H:%M", time.gmtime(at))}</text>')
    for number, (_, values) in enumerate(series):
        line = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in values)
        parts.append(f'<polyline fill="none" stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="1.5" points="{line}"/>')
    legend = "".join(f'<div><i style="background:{COLOURS[number % len(COLOURS)]}"></i>{html.escape(name)}</div>'
                     for number, (name, _) in enumerate(series))
    return "".join(parts) + f'</svg><div class="legend">{legend}</div>'


def panel_body(server, panel, begin, end):
    unit = panel["fieldConfig"]["defaults"].get("unit", "short")
    place = panel["gridPos"]
    series = []
    for target in panel["targets"]:
        query = target["expr"].replace("$namespace", ".*").replace("$__rate_interval", "1m")
        if panel["type"] in ("stat", "table"):
            series += ask(server, "query", query=query, time=end)
            continue
        for result in ask(server, "query_range", query=query, start=begin, end=end, step=5):
            values = [(float(at), float(value)) for at, value in result["values"] if value != "NaN"]
            if values:
                series.append((named(target.get("legendFormat", ""), result["metric"]), values))
    if not series:
        print(f'no data: {panel["title"]}', file=sys.stderr)
        return None
    if panel["type"] == "stat":
        return stat(panel, series, unit)
    if panel["type"] == "table":
        return table(panel, series)
    lines = (len(series) + 1) // 2
    return chart(series, unit, begin, end, place["w"] * COLUMN - GAP - 18, place["h"] * ROW - GAP - 34 - 13 * lines)


def main():
    server, minutes = sys.argv[1].rstrip("/"), float(sys.argv[2]) if len(sys.argv) > 2 else 15
    dashboard = json.loads(pathlib.Path(__file__).with_name("dashboard.json").read_text())
    end = int(time.time())
    begin = end - int(minutes * 60)
    sections, empty = [], 0
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        style = (f'left:{at["x"] * COLUMN}px;top:{at["y"] * ROW}px;'
                 f'width:{at["w"] * COLUMN - GAP}px;height:{at["h"] * ROW - GAP}px')
        title = html.escape(panel["title"])
        if panel["type"] == "row":
            sections.append(f'<section class="row" style="{style}">{title}</section>')
            continue
        body = panel_body(server, panel, begin, end)
        empty += body is None
        sections.append(f'<section style="{style}"><h2>{title}</h2>{body or "<div class=none>no data</div>"}</section>')
    height = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in dashboard["panels"]) * ROW
    print(f'<!doctype html><meta charset="utf-8"><title>{html.escape(dashboard["title"])}</title><style>{STYLE}</style>'
          f'<main style="height:{height}px;width:{24 * COLUMN}px">{"".join(sections)}</main>')
    return 1 if empty else 0


if __name__ == "__main__":
    sys.exit(main())
