"""The parts of a dashboard in the JSON of Grafana: panels and how they are laid out."""

PROMETHEUS = {"type": "prometheus", "uid": "${datasource}"}
COLUMNS = 24

# In the description of a panel: it has data only while something needs a person.
EMPTY = "Empty when all is well."

GREEN, YELLOW, RED = "green", "yellow", "red"
OPERATOR = 'namespace="$operator"'
SITES = 'namespace=~"$namespace"'
CLINIC = 'namespace=~"$namespace",clinic=~"$clinic"'


def steps(*pairs):
    """Thresholds: a colour from a value on. The first one has no value."""
    return {"mode": "absolute", "steps": [{"color": c, "value": v} for c, v in pairs]}


NEUTRAL = steps(("text", None))
ZERO_IS_GOOD = steps((GREEN, None), (YELLOW, 1))
ONE_IS_GOOD = steps((RED, None), (GREEN, 1))


def words(**named):
    """Value mappings: no="off" shows 0, yes="on" shows 1, unknown="?" shows NaN."""
    keys = {"no": "0", "yes": "1"}
    mappings = [
        {"type": "value", "options": {keys[k]: {"text": v, "index": i}}}
        for i, (k, v) in enumerate(named.items())
        if k in keys
    ]
    if "unknown" in named:
        result = {"text": named["unknown"], "color": YELLOW, "index": len(mappings)}
        mappings.append({"type": "special", "options": {"match": "nan", "result": result}})
    return mappings


class Panel:
    """A panel with its width and height in the grid of Grafana."""

    def __init__(self, kind, title, description, queries, width, height, unit="short", thresholds=NEUTRAL, runbook=None,
                 mappings=(), options=None, custom=None, extra=None, overrides=()):
        self.width, self.height = width, height
        instant = kind in ("stat", "table")
        targets = []
        for index, query in enumerate(queries):
            expr, legend = query if isinstance(query, tuple) else (query, None)
            target = {
                "refId": chr(ord("A") + index),
                "datasource": PROMETHEUS,
                "editorMode": "code",
                "expr": expr,
                "instant": instant,
                "range": not instant,
            }
            if legend:
                target["legendFormat"] = legend
            if kind == "table":
                target["format"] = "table"
            targets.append(target)
        defaults = {"unit": unit, "thresholds": thresholds, "mappings": list(mappings)}
        if custom:
            defaults["custom"] = custom
        if kind in ("stat", "table", "state-timeline"):
            defaults["color"] = {"mode": "thresholds"}
            defaults["noValue"] = "none" if EMPTY in description else "no data"
        else:
            defaults["color"] = {"mode": "palette-classic"}
        self.json = {
            "type": kind,
            "title": title,
            "description": description,
            "datasource": PROMETHEUS,
            "targets": targets,
            "fieldConfig": {"defaults": defaults, "overrides": list(overrides)},
            "options": options or {},
        }
        if runbook:
            self.json["links"] = [
                {
                    "type": "link",
                    "title": f"Runbook: {runbook}",
                    "url": "${runbooks}/" + runbook + ".md",
                    "targetBlank": True,
                    "asDropdown": False,
                    "icon": "doc",
                    "includeVars": False,
                    "keepTime": False,
                    "tags": [],
                    "tooltip": "",
                }
            ]
        self.json.update(extra or {})


def stat(title, description, query, width=3, **more):
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "colorMode": "value",
        "graphMode": "none",
        "textMode": "auto",
        "justifyMode": "auto",
        "orientation": "auto",
        "wideLayout": True,
        "showPercentChange": False,
        "percentChangeColorMode": "standard",
    }
    return Panel("stat", title, description, [query], width, 4, options=options, **more)


def lines(title, description, queries, width=12, **more):
    options = {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    custom = {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 10, "showPoints": "never", "spanNulls": False}
    custom.update(more.pop("custom", {}))
    return Panel("timeseries", title, description, queries, width, 8, options=options, custom=custom, **more)


def timeline(title, description, queries, width=24, **more):
    options = {
        "showValue": "never",
        "rowHeight": 0.8,
        "mergeValues": True,
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
        "tooltip": {"mode": "single", "sort": "none"},
    }
    custom = {"fillOpacity": 70, "lineWidth": 0}
    return Panel("state-timeline", title, description, queries, width, 8, options=options, custom=custom, **more)


def link(field, title, url):
    """Makes the cells of a column links."""
    links = [{"title": title, "url": url, "targetBlank": False}]
    return {"matcher": {"id": "byName", "options": field}, "properties": [{"id": "links", "value": links}]}


def table(title, description, query, columns, width=12, height=8, value=None, **more):
    """A table with these columns, in this order. `value` names the column of the number, which is else left out."""
    shown = list(columns) + ([value] if value else [])
    rename = {"Value": value} if value else {}
    keep = "^(" + "|".join(list(columns) + (["Value"] if value else [])) + ")$"
    transformations = [
        {"id": "filterFieldsByName", "options": {"include": {"pattern": keep}}},
        {
            "id": "organize",
            "options": {
                "excludeByName": {},
                "indexByName": {c if c != value else "Value": i for i, c in enumerate(shown)},
                "renameByName": rename,
            },
        },
    ]
    options = {"showHeader": True, "cellHeight": "sm", "frameIndex": 0}
    return Panel("table", title, description, [query], width, height, options=options,
                 extra={"transformations": transformations}, **more)


def row(title):
    return title


def laid_out(panels):
    """The panels from left to right, in lines as high as their highest panel."""
    result, x, y, high = [], 0, 0, 0
    for panel in panels:
        if isinstance(panel, str):
            result.append({"type": "row", "title": panel, "collapsed": False, "panels": [],
                           "gridPos": {"h": 1, "w": COLUMNS, "x": 0, "y": y + high}})
            x, y, high = 0, y + high + 1, 0
            continue
        if x + panel.width > COLUMNS:
            x, y, high = 0, y + high, 0
        place = {"h": panel.height, "w": panel.width, "x": x, "y": y}
        result.append({**panel.json, "gridPos": place})
        x, high = x + panel.width, max(high, panel.height)
    return [{"id": i, **panel} for i, panel in enumerate(result, start=1)]
