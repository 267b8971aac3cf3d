"""The operator, its ngrok account, and the budget of requests."""

from grafana import EMPTY, GREEN, ONE_IS_GOOD, OPERATOR, RED, YELLOW, ZERO_IS_GOOD, lines, row, stat, steps, words
from queries import alerts
from variables import INSTALLATION

TITLE = "Clinics: account and budget"
DESCRIPTION = "The operator, its ngrok account and the account's request budget."
VARIABLES = [INSTALLATION]
RATE = "[$__rate_interval]"
PANELS = [
    row("Now"),
    stat("Leader", "Whether one replica of the operator leads. 0 for longer than a moment means that nothing is done.",
         f"sum(operator_leader{{{OPERATOR}}})", thresholds=ONE_IS_GOOD, runbook="ClinicOperatorNoLeader"),
    stat("API key", "Whether ngrok accepts the API key of every account.", f"min(max by (account) (ngrok_api_key_accepted{{{OPERATOR}}}))",
         thresholds=ONE_IS_GOOD, mappings=words(no="rejected", yes="accepted", unknown="not known yet"),
         runbook="ClinicOperatorAPIKeyRejected"),
    stat("Account", "Whether the last attempt to list each account succeeded.",
         f"min(max by (account) (ngrok_account_listed{{{OPERATOR}}}))", thresholds=ONE_IS_GOOD,
         mappings=words(no="not listed", yes="listed", unknown="not known yet"),
         runbook="ClinicOperatorAccountNotListed"),
    stat("Oldest list", "The age of the oldest list of the account. The operator does not see changes after it.",
         f"max(ngrok_inventory_age_seconds{{{OPERATOR}}} >= 0)", unit="s",
         thresholds=steps((GREEN, None), (YELLOW, 1200), (RED, 1800)), runbook="ClinicOperatorInventoryStale"),
    stat("Budget used", "Requests in the last 61 seconds. The account allows 120 in 60 seconds by default.",
         f"max(ngrok_api_budget_used{{{OPERATOR}}})", thresholds=steps((GREEN, None), (YELLOW, 90), (RED, 110))),
    stat("Orphans", "Objects at ngrok with this installation's mark and without a manifest.",
         f"sum(max by (account, kind) (clinicnet_orphans{{{OPERATOR}}}))", thresholds=ZERO_IS_GOOD),
    stat("Writes refused", "Writes that Kubernetes refused in the last hour.",
         f"sum(increase(operator_writes_refused_total{{{OPERATOR}}}[1h]))", thresholds=ZERO_IS_GOOD,
         runbook="ClinicOperatorWritesRefused"),
    stat("Reconcile errors", "Reconciles that ended with an unexpected error in the last hour.",
         f"sum(increase(operator_sdk_reconciliations_failed_total{{{OPERATOR}}}[1h])) or vector(0)",
         thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorReconcileErrors"),
    row("The request budget"),
    lines("Budget used", "Requests in the rolling window of 61 seconds, or assumed to be in it after a start.",
          [(f"max by (account) (ngrok_api_budget_used{{{OPERATOR}}})", "{{account}}")]),
    lines("Requests each minute", "Requests to ngrok by their outcome. Everything except success needs a look.",
          [(f"60 * sum by (outcome) (rate(ngrok_api_requests_total{{{OPERATOR}}}{RATE}))", "{{outcome}}")]),
    lines("Waiting for the budget", "The longest recent wait in each lane. Closing and revoking go first.",
          [(f"max by (lane) (ngrok_api_budget_wait_seconds_max{{{OPERATOR}}})", "{{lane}}")], unit="s"),
    lines("Requests each minute by kind", "What the budget is spent on.",
          [(f"60 * sum by (method, resource) (rate(ngrok_api_requests_total{{{OPERATOR}}}{RATE}))",
            "{{method}} {{resource}}")]),
    lines("Failed requests each minute", f"By kind and failure. {EMPTY}",
          [(f'60 * sum by (method, resource, outcome) (rate(ngrok_api_requests_total{{{OPERATOR},outcome!="success"}}'
            f"{RATE})) > 0", "{{method}} {{resource}}: {{outcome}}")]),
    lines("Duration of requests", "The mean of each kind, from sending to the end of the answer.",
          [(f"sum by (method, resource) (rate(ngrok_api_request_duration_seconds_sum{{{OPERATOR}}}{RATE}))"
            f" / sum by (method, resource) (rate(ngrok_api_request_duration_seconds_count{{{OPERATOR}}}{RATE}))",
            "{{method}} {{resource}}")], unit="s"),
    row("The account"),
    lines("Age of each list", "The time since the last successful list of each kind of object.",
          [(f"max by (list) (ngrok_inventory_age_seconds{{{OPERATOR}}} >= 0)", "{{list}}")], unit="s",
          runbook="ClinicOperatorInventoryStale"),
    lines("Orphans", "Objects at ngrok with this installation's mark and without a manifest.",
          [(f"sum by (kind) (max by (account, kind) (clinicnet_orphans{{{OPERATOR}}}))", "{{kind}}")]),
    lines("Overdue", "How late the latest end of a session, rotation of an authtoken and installation of a lock is.",
          [('max(clinicnet_overdue_seconds{due="closing"}) or vector(0)', "end of a session"),
           ('max(clinicnet_overdue_seconds{due="rotation"}) or vector(0)', "rotation of an authtoken"),
           ('max(clinicnet_overdue_seconds{due="lock"}) or vector(0)', "installation of a lock")],
          unit="s", runbook="ClinicOperatorSessionOverdue"),
    lines("Audit trail", "Entries each hour, such as opened sessions and cut-off sites. It begins with the first one.",
          [(f"sum by (event) (increase(operator_audit_events_total{{{OPERATOR}}}[1h]))", "{{event}}")],
          custom={"drawStyle": "bars", "fillOpacity": 60}),
    alerts(),
    row("The operator"),
    lines("Reconciles each minute", "How much work there is, by kind of object.",
          [(f"60 * sum by (kind) (rate(operator_sdk_reconciliations_started_total{{{OPERATOR}}}{RATE}))", "{{kind}}")]),
    lines("Duration of reconciles", "95 % of the reconciles of each kind take less.",
          [("histogram_quantile(0.95, sum by (le, controller) "
            f"(rate(operator_sdk_controllers_execution_reconcile_seconds_bucket{{{OPERATOR}}}{RATE})))",
            "{{controller}}")], unit="s"),
    lines("Objects that wait", "Objects that wait for a reconcile.",
          [(f'sum by (kind) ({{__name__=~"operator_sdk_reconciliations_queue_size_.+",{OPERATOR}}})', "{{kind}}")]),
    lines("Writes that Kubernetes refuses", "By kind of object, each hour.",
          [(f"sum by (kind) (increase(operator_writes_refused_total{{{OPERATOR}}}[1h]))", "{{kind}}")],
          runbook="ClinicOperatorWritesRefused"),
]
