"""Queries and panels that several dashboards share."""

from grafana import EMPTY, SITES, link, table

ALERTS = 'ALERTS{alertstate="firing",alertname=~"Clinic.+"}'
TO_RUNBOOK = link("alertname", "Runbook", "${runbooks}/${__value.text}.md")


def of_clinics(metric, selector=SITES):
    """One value a Clinic, whichever replica has it."""
    return f"max by (namespace, clinic) ({metric}{{{selector}}})"


def sites(state):
    """The Clinics in a state, by name if metrics name objects: this works with and without --object-metrics."""
    return f'sum by (namespace, name) (clinicnet_object_condition{{kind="Clinic",{state},{SITES}}})'


def number(state):
    """The number of Clinics in a state."""
    return f'sum(clinicnet_object_condition{{kind="Clinic",{state},{SITES}}}) or vector(0)'


def problem(state, text):
    return f'label_replace({sites(state)}, "problem", "{text}", "", "")'


def alerts():
    return table(
        "Alerts that ring",
        "The operator's alerts that fire now. The alert leads to its runbook. Objects have names only with "
        f"`--object-metrics`. {EMPTY}",
        ALERTS,
        ["severity", "alertname", "namespace", "name"],
        overrides=[TO_RUNBOOK],
    )
