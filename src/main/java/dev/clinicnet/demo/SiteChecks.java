package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.ConditionType;
import java.util.List;
import java.util.Objects;

/** Checks that the statuses are true, and what a stolen site kit can reach. */
final class SiteChecks {
  private static final String NOT_PERMITTED = "ERR_NGROK_316";

  private final Snapshot manifests;
  private final List<SiteKitFile> siteKits;
  private final SimulatorControl control;

  SiteChecks(Snapshot manifests, List<SiteKitFile> siteKits, SimulatorControl control) {
    this.manifests = manifests;
    this.siteKits = siteKits;
    this.control = control;
  }

  List<DemoCheck> all() {
    List<String> unready =
        manifests.lacking(ConditionType.Ready).stream().map(Snapshot::name).toList();
    List<String> outdated =
        manifests.clinics().stream()
            .filter(
                clinic ->
                    !Snapshot.holds(clinic, ConditionType.SiteKitCurrent)
                        || !Objects.equals(
                            clinic.getStatus().siteKit().configHash(),
                            clinic.getStatus().siteKit().installedHash()))
            .map(Snapshot::name)
            .toList();
    return List.of(
        DemoCheck.that(
            "all %d objects are Ready".formatted(manifests.all().size()),
            unready.isEmpty(),
            "these are not: " + unready),
        DemoCheck.that(
            "every agent runs the present site kit",
            outdated.isEmpty(),
            "these have another one: " + outdated),
        theft());
  }

  private DemoCheck theft() {
    SiteKitFile stolen = siteKits.get(0);
    String victim = siteKits.get(1).clinic();
    String domain = ClinicNames.internalDomain(manifests.clinic(victim));
    JsonNode agent = control.connectAgent(stolen.bindingOnly("https://stolen." + domain));
    control.disconnectAgent(agent.path("id").asText());
    JsonNode endpoint = agent.path("endpoints").path(0);
    return DemoCheck.equal(
        "the token of %s is refused for a name of %s".formatted(stolen.clinic(), victim),
        NOT_PERMITTED,
        endpoint.path("error_code").asText("no refusal"));
  }

  static DemoCheck noTokenIn(String shown, List<SiteKitFile> siteKits) {
    List<String> told =
        siteKits.stream().filter(kit -> kit.isToldIn(shown)).map(SiteKitFile::clinic).toList();
    return DemoCheck.that(
        "no secret of a site kit is in anything shown above",
        told.isEmpty(),
        "it shows that of " + told);
  }
}
