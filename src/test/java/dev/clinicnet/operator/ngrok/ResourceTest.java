package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of kinds is whole. */
class ResourceTest {
  @Test
  void everyKindIsInTheTable() {
    Set<Class<?>> kinds = Resource.ALL.stream().map(Resource::type).collect(Collectors.toSet());

    assertThat(kinds).containsExactlyInAnyOrder(RemoteObject.class.getPermittedSubclasses());
  }

  @Test
  void anotherMarkChangesNothingElse() {
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      if (resource.remark() != null) {
        JsonNode body = WireJson.mapper().valueToTree(resource.remark().apply("text"));
        assertThat(body.toString()).as(resource.path()).isEqualTo("{\"metadata\":\"text\"}");
      }
    }
  }
}
