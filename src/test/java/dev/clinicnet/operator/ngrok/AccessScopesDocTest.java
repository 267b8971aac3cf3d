package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scopes that the documentation lists, and the requests that need them. */
class AccessScopesDocTest {
  private static final Path DOC = Path.of("docs/operations.md");
  private static final String BEGIN = "<!-- scopes: checked by AccessScopesDocTest -->\n";
  private static final String END = "<!-- /scopes -->";

  @Test
  void theTableIsWhatTheRequestsNeed() throws IOException {
    String doc = Files.readString(DOC);
    int start = doc.indexOf(BEGIN) + BEGIN.length();
    String expected =
        doc.substring(0, start)
            + AccessScopes.ALL.stream()
                .map(scope -> "| `%s` | %s |%n".formatted(scope.name(), scope.when()))
                .collect(Collectors.joining("", "| Scope | Needed for |\n|---|---|\n", ""))
            + doc.substring(doc.indexOf(END, start));

    if (!doc.equals(expected)) {
      Files.writeString(DOC, expected);
      fail(DOC + " was not what the scopes say. It has been rewritten: review and commit it");
    }
  }

  @Test
  void theScopesOfTheVaultNameEveryUseOfIt() {
    assertThat(AccessScopes.ALL)
        .filteredOn(scope -> scope.resource().startsWith("vault"))
        .hasSize(4)
        .allMatch(scope -> scope.when().contains("`internalLock`"))
        .allMatch(scope -> scope.when().contains("`basicAuth`"));
  }

  @Test
  void eachRequestOfTheOperatorHasAScope() {
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      assertThat(AccessScopes.of("GET", resource.path())).as(resource.path()).isPresent();
    }
    for (String method : new String[] {"POST", "PATCH", "DELETE"}) {
      assertThat(writable().map(resource -> AccessScopes.of(method, resource.path())))
          .allMatch(scope -> scope.isPresent());
    }
    assertThat(AccessScopes.of("POST", "agent_ingresses")).isEmpty();
    assertThat(AccessScopes.of("GET", "api_keys")).isEmpty();
  }

  private static Stream<Resource<?, ?, ?>> writable() {
    return Resource.ALL.stream().filter(resource -> !resource.equals(Resource.AGENT_INGRESSES));
  }
}
