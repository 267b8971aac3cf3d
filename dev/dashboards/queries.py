"""Queries and panels that several dashboards share."""

from grafana import EMPTY, SITES, link, table

ALERTS = 'ALERTS{alertstate="firing",alertname=~"Clinic.+"}'
TO_RUNBOOK = link("alertname", "Runbook", "${runbooks}/${__value.text}.md")


def of_clinics(metric, selector=SITES):
    """One value a Clinic, whichever replica has it."""
    return f"max by (namespace, clinic) ({metric}{{{selector}}})"


def number(condition):
    return f"count({condition}) or vector(0)"


def problem(condition, text):
    return f'label_replace({condition}, "problem", "{text}", "", "")'


def alerts():
    return table(
        "Alerts that ring",
        f"The operator's alerts that fire now, in all namespaces. The name leads to the runbook. {EMPTY}",
        ALERTS,
        ["severity", "alertname", "namespace", "clinic"],
        overrides=[TO_RUNBOOK],
    )
