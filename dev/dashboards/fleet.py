"""All sites."""

from grafana import EMPTY, GREEN, RED, SITES, YELLOW, ZERO_IS_GOOD, lines, link, row, stat, steps, table
from queries import alerts, number, problem
from variables import NAMESPACE

TITLE = "Clinics: fleet"
DESCRIPTION = (
    "All sites, with those first that need a person. It counts sites; with `--object-metrics` (`objectMetrics` of the "
    "chart) it also names them, and shows those of the chosen namespaces."
)
VARIABLES = [NAMESPACE]
ONLINE = 'condition="AgentOnline",status="True"'
OFFLINE = 'condition="AgentOnline",status="False"'
UNKNOWN = 'condition="AgentOnline",status="Unknown"'
OLD_SITE_KIT = 'condition="SiteKitCurrent",status="False",reason=~"SiteKitNotInstalled|SiteKitOutdated"'
OLD_AUTHTOKEN = 'condition="AgentOnOldToken",status="True"'
UNEXPECTED = 'condition="AgentOnline",reason=~"UnexpectedAgent|UnexpectedEndpoint"'
QUARANTINED = 'condition="Programmed",status="False",reason="Quarantined"'
WAITING_LOCKS = (
    f'sum(clinicnet_object_condition{{kind="ClinicService",condition="InternalLocked",'
    f'reason=~"LockNotInstalled|LockRefusesRequests|LockRotationWaits",{SITES}}}) or vector(0)'
)
PROBLEMS = "\nor ".join(
    [
        problem(OFFLINE, "no agent is connected"),
        problem(UNKNOWN, "nothing is known"),
        problem(OLD_SITE_KIT, "the present site kit is not installed"),
        problem(OLD_AUTHTOKEN, "the agent uses a replaced authtoken"),
        problem(UNEXPECTED, "agents or endpoints that no manifest asks for"),
        problem(QUARANTINED, "quarantined"),
    ]
)
TO_CLINIC = link(
    "name",
    "This clinic",
    "/d/clinic-operator-clinic?var-datasource=${datasource}"
    "&var-namespace=${__data.fields.namespace}&var-clinic=${__data.fields.name}",
)
PANELS = [
    row("Now"),
    stat("Sites online", "Clinics whose agent is connected.", number(ONLINE), thresholds=steps((GREEN, None))),
    stat("Sites offline", "Clinics without a connected agent, including those that were never installed.",
         number(OFFLINE), thresholds=ZERO_IS_GOOD),
    stat("Sites unknown", "Clinics of which nothing is known, because the account cannot be listed.",
         number(UNKNOWN), thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorAccountNotListed"),
    stat("Site kits to install", "Sites that do not run the present site kit, including new ones.",
         number(OLD_SITE_KIT), thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorSiteKitNotInstalled"),
    stat("Old authtokens", "Sites whose agent uses a replaced authtoken after its overlap.",
         number(OLD_AUTHTOKEN), thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorAgentOnOldToken"),
    stat("Second locks to install", "Services whose second lock, or its rotation, waits for the site.",
         WAITING_LOCKS, thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorLockNotInstalled"),
    stat("Unexpected", "Sites with agents or endpoints that no manifest asks for.",
         number(UNEXPECTED), thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorUnexpectedAgent"),
    stat("Quarantined", "Clinics that are cut off by their annotation.",
         number(QUARANTINED), thresholds=ZERO_IS_GOOD, runbook="ClinicOperatorQuarantineForgotten"),
    stat("Next certificate expires", "The time until the first certificate that a service refers to expires.",
         f"min(operator_certificate_expiry_timestamp_seconds{{{SITES}}}) - time()", unit="s",
         thresholds=steps((RED, None), (YELLOW, 86400 * 14), (GREEN, 86400 * 30)),
         runbook="ClinicOperatorCertificateExpires"),
    row("What needs a person"),
    table("Sites with a problem",
          f"Every problem, and how many sites have it; with `--object-metrics`, every site. {EMPTY}", PROBLEMS,
          ["namespace", "name", "problem"], value="sites", overrides=[TO_CLINIC]),
    alerts(),
    table("Objects that are not ready", f"How many objects are not ready, by their reason. {EMPTY}",
          'sum by (kind, reason) (clinicnet_object_condition{condition="Ready",status!="True"}) > 0',
          ["kind", "reason"], value="objects"),
    table("Waiting for somebody", f"How many objects no retry helps before somebody changes something. {EMPTY}",
          'sum by (kind, reason) (clinicnet_object_condition{condition="Stalled",status="True"}) > 0',
          ["kind", "reason"], value="objects", runbook="ClinicOperatorObjectStalled"),
    row("Over time"),
    lines("Sites", "How many sites are online and offline.",
          [(number(ONLINE), "online"), (number(OFFLINE), "offline")]),
    lines("Sites with a problem", "How many sites have each problem.", [
        (number(OLD_SITE_KIT), "old site kit"),
        (number(OLD_AUTHTOKEN), "old authtoken"),
        (number(UNEXPECTED), "unexpected agents or endpoints"),
        (number(QUARANTINED), "quarantined"),
    ]),
    lines("Changes by hand at ngrok", f"Differences that the operator found, each hour. {EMPTY}", [
        ("sum by (kind, field, action) (increase(clinicnet_drift_total[1h])) > 0", "{{kind}} {{field}}: {{action}}"),
    ], runbook="ClinicOperatorDrift", custom={"drawStyle": "bars", "fillOpacity": 60}),
    table("Certificates",
          "The time until the first certificate expires that a service refers to; with `--object-metrics`, of each service.",
          f"sort(min by (namespace, name) (operator_certificate_expiry_timestamp_seconds{{{SITES}}}) - time())",
          ["namespace", "name"], value="expires in", unit="s", runbook="ClinicOperatorCertificateExpires"),
]
