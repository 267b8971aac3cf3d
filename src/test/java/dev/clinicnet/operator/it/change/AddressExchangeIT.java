package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.Site;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services exchange the TCP addresses that they name. */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class AddressExchangeIT extends InOneNamespace {
  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void addressesAreExchangedInACycle(int services) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      JsonNode reserved = account.call("POST", "/reserved_addrs", "{\"region\": \"us\"}");
      addresses.add(reserved.path("addr").asText());
    }
    grant(addresses);
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    manifests.applyText(services(addresses, 0));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();

      manifests.applyText(services(addresses, 1));
      manifests.awaitAllReady();
      eventually(
          () -> {
            for (int i = 0; i < services; i++) {
              JsonNode endpoint =
                  the("endpoints", "url", "tcp://" + addresses.get((i + 1) % services));
              assertThat(mark(endpoint).name()).isEqualTo("s" + i);
              assertThat(endpoint.path("traffic_policy").asText())
                  .contains("tcp://s" + i + ".one.internal:5432");
            }
          });
      assertThat(account.all("endpoints")).hasSize(services);
      assertThat(account.all("reserved_addrs")).hasSize(services);
    }
  }

  private void grant(List<String> addresses) {
    grants.apply(
        """
        - name: team
          namespaces: {names: [%s]}
          internalDomains: ['*.internal']
          addresses: {existing: ["%s"]}
        """
            .formatted(namespace.name(), String.join("\", \"", addresses)));
  }

  private static String services(List<String> addresses, int shift) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < addresses.size(); i++) {
      String address = addresses.get((i + shift) % addresses.size());
      all.append(i == 0 ? "" : "---\n")
          .append(
              Site.service(
                  "s" + i,
                  "one",
                  "tcp://10.0.0.2:5432",
                  "expose: {tcp: {address: \"" + address + "\"}}"));
    }
    return all.toString();
  }
}
