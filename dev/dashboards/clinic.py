"""One site."""

from grafana import CLINIC, EMPTY, ONE_IS_GOOD, SITES, ZERO_IS_GOOD, lines, row, stat, table, timeline, words
from queries import TO_RUNBOOK, of_clinics
from variables import CLINICS, ONE_NAMESPACE

TITLE = "Clinics: one clinic"
DESCRIPTION = (
    "One site: its agent, its site kit and what is wrong. It needs `--object-metrics` (`objectMetrics` of the chart): "
    "without it, no metric names a Clinic."
)
VARIABLES = [ONE_NAMESPACE, CLINICS]
ONLINE = words(no="offline", yes="online", unknown="unknown")
PANELS = [
    row("Now"),
    stat("Agent", "Whether an agent is connected with the Clinic's authtoken.",
         of_clinics("clinic_agent_online", CLINIC), width=4, thresholds=ONE_IS_GOOD, mappings=ONLINE),
    stat("Agents", "How many agents are connected. Two are right only for a redundant Clinic.",
         of_clinics("clinic_agents", CLINIC), width=4),
    stat("Site kit", "Whether the connected agent runs the present site kit.",
         of_clinics("clinic_site_kit_current", CLINIC), width=4, thresholds=ONE_IS_GOOD,
         mappings=words(no="not installed", yes="installed", unknown="unknown")),
    stat("Authtoken", "Whether an agent uses a replaced authtoken after its overlap.",
         of_clinics("clinic_agent_on_old_token", CLINIC), width=4, thresholds=ZERO_IS_GOOD,
         mappings=words(no="present one", yes="replaced one", unknown="unknown"),
         runbook="ClinicOperatorAgentOnOldToken"),
    stat("Unexpected endpoints", "Endpoints that the agents have bound and no manifest asks for.",
         of_clinics("clinic_endpoints_unexpected", CLINIC), width=4, thresholds=ZERO_IS_GOOD),
    stat("Quarantine", "Whether the Clinic is cut off by its annotation.",
         of_clinics("clinic_quarantined", CLINIC), width=4, thresholds=ZERO_IS_GOOD,
         mappings=words(no="no", yes="cut off")),
    row("Over time"),
    timeline("Agent", "When an agent was connected.", [(of_clinics("clinic_agent_online", CLINIC), "{{clinic}}")],
             thresholds=ONE_IS_GOOD, mappings=ONLINE),
    lines("Agents", "How many agents were connected.", [(of_clinics("clinic_agents", CLINIC), "{{clinic}}")]),
    lines("Unexpected endpoints", "Endpoints that the agents have bound and no manifest asks for.",
          [(of_clinics("clinic_endpoints_unexpected", CLINIC), "{{clinic}}")]),
    timeline("Site kit", "When the connected agent ran the present site kit.",
             [(of_clinics("clinic_site_kit_current", CLINIC), "{{clinic}}")], width=12, thresholds=ONE_IS_GOOD,
             mappings=words(no="not installed", yes="installed", unknown="unknown")),
    timeline("Quarantine", "When the Clinic was cut off.", [(of_clinics("clinic_quarantined", CLINIC), "{{clinic}}")],
             width=12, thresholds=ZERO_IS_GOOD, mappings=words(no="no", yes="cut off")),
    row("Around it"),
    table("Certificates of this namespace", "The time until the certificates that each service refers to expire.",
          f"sort(min by (namespace, name) (operator_certificate_expiry_timestamp_seconds{{{SITES}}}) - time())",
          ["namespace", "name"], value="expires in", unit="s", runbook="ClinicOperatorCertificateExpires"),
    table("Alerts of this Clinic",
          f"The alerts that name this Clinic and fire now. {EMPTY}",
          f'ALERTS{{alertstate="firing",alertname=~"Clinic.+",{SITES},name=~"$clinic"}}',
          ["severity", "alertname", "namespace", "name"],
          overrides=[TO_RUNBOOK]),
]
