"""The variables of a dashboard, which a person chooses at its top."""

from grafana import PROMETHEUS


def data_source():
    return {"name": "datasource", "type": "datasource", "label": "Prometheus", "query": "prometheus", "hide": 0,
            "current": {"text": "", "value": ""}, "options": [], "refresh": 1, "regex": "",
            "multi": False, "includeAll": False}


def variable(name, label, query, every=False):
    found = {"name": name, "type": "query", "label": label, "datasource": PROMETHEUS, "definition": query, "hide": 0,
             "query": {"qryType": 1, "query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"},
             "refresh": 2, "regex": "", "sort": 1, "multi": every, "includeAll": every, "options": [],
             "current": {"text": "", "value": ""}}
    if every:
        found["allValue"] = ".*"
        found["current"] = {"text": ["All"], "value": ["$__all"]}
    return found


def runbooks():
    """Where the runbooks are, as in the alerts."""
    place = "https://clinicnet.dev/docs/runbooks"
    return {"name": "runbooks", "type": "constant", "label": "Runbooks", "query": place, "hide": 2, "skipUrlSync": True,
            "current": {"text": place, "value": place}, "options": []}


# Without --object-metrics no metric has the namespace of an object: then the only choice is that of the operator.
NAMESPACE = variable("namespace", "Namespace", "label_values(clinicnet_object_condition, namespace)", every=True)
ONE_NAMESPACE = variable("namespace", "Namespace", "label_values(clinic_quarantined, namespace)")
CLINICS = variable("clinic", "Clinic", 'label_values(clinic_quarantined{namespace=~"$namespace"}, clinic)')
INSTALLATION = variable("operator", "Operator in", "label_values(operator_leader, namespace)")
