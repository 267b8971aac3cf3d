package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The search for drift and its test cover every field that the operator writes. */
class DriftFieldsTest {
  /**
   * The fields that the platform's API cannot change, those that it never shows, and the roles that
   * an existing service user keeps.
   */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "reserved_domains domain",
          "reserved_addrs region",
          "endpoints type",
          "service_users roles",
          "vault_secrets vault_id",
          "vault_secrets value");

  @Test
  void everyKindThatIsCreatedIsCompared() {
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      assertThat(resource.compared().isEmpty())
          .as(resource.path())
          .isEqualTo(bodies(resource).isEmpty());
    }
  }

  @Test
  void everyFieldThatIsWrittenIsCompared() {
    Set<String> written = new TreeSet<>();
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      bodies(resource).stream()
          .flatMap(body -> Arrays.stream(body.getRecordComponents()))
          .map(RecordComponent::getName)
          .map(SnakeCaseStrategy.INSTANCE::translate)
          .forEach(field -> written.add(resource.path() + " " + field));
    }
    Set<String> covered = compared();
    covered.removeIf(field -> field.endsWith(" " + Field.DELETED));
    covered.addAll(NOT_COMPARED);
    assertThat(covered).isEqualTo(written);
  }

  @Test
  void everyComparedFieldHasACase() {
    Set<String> tried = new TreeSet<>();
    Stream.of(DriftCase.edits(), DriftCase.deletions())
        .flatMap(List::stream)
        .forEach(one -> tried.addAll(one.counts().keySet()));
    // No API can change it, so DriftFieldsIT tries it on a restored state.
    tried.add("credentials owner_id");
    assertThat(tried).isEqualTo(compared());
  }

  /** What is sent to create or change an object of a kind. */
  private static List<Class<?>> bodies(Resource<?, ?, ?> resource) {
    return Arrays.stream(resource.type().getDeclaredClasses())
        .filter(type -> Set.of("Create", "Update").contains(type.getSimpleName()))
        .toList();
  }

  private static Set<String> compared() {
    Set<String> fields = new TreeSet<>();
    for (Resource<?, ?, ?> kind : Resource.ALL) {
      kind.compared().forEach(field -> fields.add(kind.path() + " " + field));
    }
    return fields;
  }
}
