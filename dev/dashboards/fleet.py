"""All sites."""

from grafana import EMPTY, GREEN, RED, SITES, YELLOW, ZERO_IS_GOOD, lines, link, row, stat, steps, table
from queries import alerts, number, of_clinics, problem
from variables import NAMESPACE

TITLE = "Clinics: fleet"
DESCRIPTION = "All sites, with those first that need a person."
VARIABLES = [NAMESPACE]
PROBLEMS = "\nor ".join(
    [
        problem(f"{of_clinics('clinic_agent_online')} == 0", "no agent is connected"),
        problem(f"{of_clinics('clinic_agent_online')} != {of_clinics('clinic_agent_online')}", "nothing is known"),
        problem(
            f"({of_clinics('clinic_site_kit_current')} == 0) and ({of_clinics('clinic_agent_online')} == 1)",
            "the present site kit is not installed",
        ),
        problem(f"{of_clinics('clinic_agent_on_old_token')} == 1", "the agent uses a replaced authtoken"),
        problem(f"{of_clinics('clinic_endpoints_unexpected')} > 0", "endpoints that no manifest asks for"),
        problem(f"{of_clinics('clinic_quarantined')} == 1", "quarantined"),
    ]
)
TO_CLINIC = link(
    "clinic",
    "This clinic",
    "/d/clinic-operator-clinic?var-datasource=${datasource}"
    "&var-namespace=${__data.fields.namespace}&var-clinic=${__data.fields.clinic}",
)
PANELS = [
    row("Now"),
    stat("Sites online", "Clinics whose agent is connected.",
         f"sum({of_clinics('clinic_agent_online')} >= 0)", thresholds=steps((GREEN, None))),
    stat("Sites offline", "Clinics without a connected agent, including those that were never installed.",
         number(f"{of_clinics('clinic_agent_online')} == 0"), thresholds=ZERO_IS_GOOD),
    stat("Sites unknown", "Clinics of which nothing is known, because the account cannot be listed.",
         number(f"{of_clinics('clinic_agent_online')} != {of_clinics('clinic_agent_online')}"),
         thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorAccountNotListed"),
    stat("Old site kits", "Connected sites that do not run the present site kit.",
         number(f"({of_clinics('clinic_site_kit_current')} == 0) and ({of_clinics('clinic_agent_online')} == 1)"),
         thresholds=ZERO_IS_GOOD),
    stat("Old authtokens", "Sites whose agent uses a replaced authtoken after its overlap.",
         number(f"{of_clinics('clinic_agent_on_old_token')} == 1"), thresholds=ZERO_IS_GOOD,
         runbook="ClinicOperatorAgentOnOldToken"),
    stat("Unexpected endpoints", "Endpoints that agents have bound and no manifest asks for.",
         f"sum({of_clinics('clinic_endpoints_unexpected')} >= 0)", thresholds=ZERO_IS_GOOD),
    stat("Quarantined", "Clinics that are cut off by their annotation.",
         f"sum({of_clinics('clinic_quarantined')})", thresholds=ZERO_IS_GOOD),
    stat("Next certificate expires", "The time until the first certificate that a service refers to expires.",
         f"min(operator_certificate_expiry_timestamp_seconds{{{SITES}}}) - time()", unit="s",
         thresholds=steps((RED, None), (YELLOW, 86400 * 14), (GREEN, 86400 * 30)),
         runbook="ClinicOperatorCertificateExpires"),
    row("What needs a person"),
    table("Sites with a problem", f"Every problem of every site, as the metrics of the agents say. {EMPTY}", PROBLEMS,
          ["namespace", "clinic", "problem"], overrides=[TO_CLINIC]),
    alerts(),
    table("Objects that are not ready", f"How many objects are not ready, by their reason. {EMPTY}",
          'sum by (kind, reason) (clinicnet_object_condition{condition="Ready",status!="True"}) > 0',
          ["kind", "reason"], value="objects"),
    table("Waiting for somebody", f"How many objects no retry helps before somebody changes something. {EMPTY}",
          'sum by (kind, reason) (clinicnet_object_condition{condition="Stalled",status="True"}) > 0',
          ["kind", "reason"], value="objects", runbook="ClinicOperatorObjectStalled"),
    row("Over time"),
    lines("Sites", "How many sites are online and offline.", [
        (f"sum({of_clinics('clinic_agent_online')} >= 0)", "online"),
        (number(f"{of_clinics('clinic_agent_online')} == 0"), "offline"),
    ]),
    lines("Sites with a problem", "How many sites have each problem.", [
        (number(f"({of_clinics('clinic_site_kit_current')} == 0) and ({of_clinics('clinic_agent_online')} == 1)"),
         "old site kit"),
        (number(f"{of_clinics('clinic_agent_on_old_token')} == 1"), "old authtoken"),
        (number(f"{of_clinics('clinic_endpoints_unexpected')} > 0"), "unexpected endpoints"),
        (number(f"{of_clinics('clinic_quarantined')} == 1"), "quarantined"),
    ]),
    lines("Changes by hand at ngrok", f"Differences that the operator found, each hour. {EMPTY}", [
        ("sum by (kind, field, action) (increase(clinicnet_drift_total[1h])) > 0", "{{kind}} {{field}}: {{action}}"),
    ], runbook="ClinicOperatorDrift", custom={"drawStyle": "bars", "fillOpacity": 60}),
    table("Certificates", "The time until the certificates that each service refers to expire.",
          f"sort(min by (namespace, service) (operator_certificate_expiry_timestamp_seconds{{{SITES}}}) - time())",
          ["namespace", "service"], value="expires in", unit="s", runbook="ClinicOperatorCertificateExpires"),
]
