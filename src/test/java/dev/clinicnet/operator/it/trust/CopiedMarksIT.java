package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.it.drift.DriftCase;
import dev.clinicnet.operator.it.drift.DriftCounts;
import dev.clinicnet.operator.it.drift.DriftSite;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The marks of one site are copied by hand onto the objects of another. Nothing is lost. */
class CopiedMarksIT extends InOneNamespace {
  private static final List<String> KINDS =
      List.of("endpoints", "reserved_domains", "reserved_addrs", "credentials", "vault_secrets");

  @Test
  void whatIsRemarkedToALivingObjectGetsItsMarkBackAndKeepsItsId() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      manifests.applyText(Site.clinicWithDomains("two", "[{name: two.example.org}]"));
      manifests.applyText(Site.https("two-web", "two", "two.example.org"));
      manifests.awaitAllReady();
      look(operator);
      manifests.awaitAllReady();
      Map<String, List<String>> before = idsAndMarks();
      String clinic =
          the("reserved_domains", "domain", "two.example.org").path("metadata").asText();
      String service = the("endpoints", "url", "https://two.example.org").path("metadata").asText();

      remark("endpoints", "url", DriftSite.API, service);
      remark("endpoints", "url", DriftSite.AGENT_API, clinic);
      remark("reserved_domains", "domain", DriftSite.OWN_DOMAIN, clinic);
      remark("reserved_domains", "domain", Site.SHARED, clinic);
      remark("reserved_addrs", "", "", service);
      remark("vault_secrets", "", "", service);
      account.all("credentials").stream()
          .filter(row -> row.path("acl").toString().contains("*.one.internal"))
          .forEach(row -> remark("credentials", "id", id(row), clinic));
      account.forgetRequests();
      operator.refresh();

      Map<String, Integer> counts = new TreeMap<>();
      counts.put("corrected endpoints metadata", 2);
      counts.put("corrected reserved_domains metadata", 2);
      counts.put("corrected reserved_addrs metadata", 1);
      counts.put("corrected credentials metadata", 1);
      counts.put("corrected vault_secrets metadata", 1);
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(counts));
      manifests.awaitAllReady();
      look(operator);
      manifests.awaitAllReady();
      assertThat(DriftCounts.of(operator)).as("told once").isEqualTo(counts);
      assertThat(idsAndMarks()).isEqualTo(before);
      assertThat(account.writes().keySet()).allMatch(request -> request.startsWith("PATCH "));
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
          .contains("metadata of endpoints " + DriftSite.API);
      assertThat(manifests.events())
          .as("whose the mark was is not told")
          .filteredOn(event -> event.getReason().startsWith("Drift"))
          .isNotEmpty()
          .noneMatch(event -> event.getMessage().contains("two"));
    }
  }

  private void remark(String kind, String key, String value, String metadata) {
    DriftCase.patch(
        account,
        kind,
        key,
        value,
        new ObjectMapper().createObjectNode().put("metadata", metadata).toString());
  }

  /** The marks without nonces, which only identify an object's creation. */
  private Map<String, List<String>> idsAndMarks() {
    Map<String, List<String>> found = new TreeMap<>();
    for (String kind : KINDS) {
      List<String> rows = new ArrayList<>();
      for (JsonNode row : account.all(kind)) {
        rows.add(id(row) + " " + mark(row).withNonce(null).text());
      }
      found.put(kind, rows.stream().sorted().toList());
    }
    return found;
  }
}
