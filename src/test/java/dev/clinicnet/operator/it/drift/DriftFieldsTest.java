package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.MadeFields;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No field that the operator writes is forgotten where drift is looked for, and tried. */
class DriftFieldsTest {
  private static final Map<Resource<?, ?, ?>, List<Class<?>>> WRITTEN =
      Map.of(
          Resource.RESERVED_DOMAINS,
          List.of(ReservedDomain.Create.class, ReservedDomain.Update.class),
          Resource.RESERVED_ADDRS,
          List.of(ReservedAddr.Create.class, ReservedAddr.Update.class),
          Resource.SERVICE_USERS,
          List.of(ServiceUser.Create.class, ServiceUser.Update.class),
          Resource.CREDENTIALS,
          List.of(Credential.Create.class, Credential.Update.class),
          Resource.ENDPOINTS,
          List.of(Endpoint.Create.class, Endpoint.Update.class),
          Resource.VAULTS,
          List.of(Vault.Create.class, Vault.Update.class),
          Resource.VAULT_SECRETS,
          List.of(VaultSecret.Create.class, VaultSecret.Update.class));

  /** What the platform's API has no way to change, and what it never shows. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "reserved_domains domain",
          "reserved_addrs region",
          "endpoints type",
          "vault_secrets vault_id",
          "vault_secrets value");

  @Test
  void everyKindThatIsCreatedIsCompared() {
    assertThat(MadeFields.byKind().keySet())
        .isEqualTo(new TreeSet<>(WRITTEN.keySet().stream().map(Resource::path).toList()));
    assertThat(Resource.ALL)
        .as("a kind that is never created has no fields of ours")
        .filteredOn(resource -> !WRITTEN.containsKey(resource))
        .containsExactlyInAnyOrder(Resource.TUNNEL_SESSIONS, Resource.AGENT_INGRESSES);
  }

  @Test
  void everyFieldThatIsWrittenIsCompared() {
    Set<String> written = new TreeSet<>();
    WRITTEN.forEach(
        (resource, bodies) ->
            bodies.stream()
                .flatMap(body -> Arrays.stream(body.getRecordComponents()))
                .map(RecordComponent::getName)
                .map(SnakeCaseStrategy.INSTANCE::translate)
                .forEach(field -> written.add(resource.path() + " " + field)));
    Set<String> covered = compared();
    covered.removeIf(field -> field.endsWith(" " + MadeFields.DELETED));
    covered.addAll(NOT_COMPARED);
    assertThat(covered).isEqualTo(written);
  }

  @Test
  void everyComparedFieldHasACase() {
    Set<String> tried = new TreeSet<>();
    Stream.of(DriftCase.edits(), DriftCase.deletions())
        .flatMap(List::stream)
        .forEach(one -> tried.addAll(one.counts().keySet()));
    // No API can change it: DriftFieldsIT tries it on a restored state.
    tried.add("credentials owner_id");
    assertThat(tried).isEqualTo(compared());
  }

  private static Set<String> compared() {
    Set<String> fields = new TreeSet<>();
    MadeFields.byKind().forEach((kind, of) -> of.forEach(field -> fields.add(kind + " " + field)));
    return fields;
  }
}
