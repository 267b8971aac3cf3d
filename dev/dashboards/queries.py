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
        "The operator's alerts that fire now. The alert leads to its runbook. Objects have names only with "
        f"`--object-metrics`. {EMPTY}",
        ALERTS,
        ["severity", "alertname", "namespace", "name"],
        overrides=[TO_RUNBOOK],
    )
