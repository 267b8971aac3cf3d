package dev.clinicnet.operator.policy.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy such as people publish, with what is expected of it in comments at its top.
 *
 * @param kind of the endpoint
 * @param warns what lint and the operator warn of, each a line: a place and words
 * @param refuses words of our refusal; empty where we accept it
 * @param written words with which the platform refuses the text as it stands; empty where it
 *     accepts it
 * @param sent words with which it refuses what the operator sends
 * @param text without those comments
 */
public record PublicPolicy(
    String name,
    EndpointKind kind,
    List<String> warns,
    Optional<String> refuses,
    Optional<String> written,
    Optional<String> sent,
    String text) {
  private static final Path DIRECTORY = Path.of("src/test/resources/public-policies");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All policies. */
  public static Stream<PublicPolicy> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().map(PublicPolicy::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its phases. */
  public Map<String, Object> tree() {
    return RawPolicyCase.tree(text);
  }

  /** The phases as JSON. */
  public String json() {
    try {
      return JSON.writeValueAsString(tree());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A service of Clinic {@code one} that has it. */
  public String service() {
    String spec =
        switch (kind) {
          case HTTPS ->
              """
              upstream: {url: "http://10.0.0.1:8080"}
                expose: {https: {host: %s.api.example.com}}
              """;
          case TCP ->
              """
              upstream: {url: "tcp://10.0.0.1:5432"}
                expose: {tcp: {}}
              """;
          case TLS ->
              """
              upstream: {url: "tls://10.0.0.1:5432"}
                expose: {tls: {host: %s.api.example.com}}
              """;
        };
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: %s}
        spec:
          clinicRef: {name: one}
          %s  trafficPolicy: %s
        """
        .formatted(name, spec.formatted(name), json());
  }

  private static PublicPolicy read(Path file) {
    try {
      String text = Files.readString(file);
      return new PublicPolicy(
          file.getFileName().toString().replace(".yaml", ""),
          EndpointKind.valueOf(comments(text, "kind").get(0).toUpperCase(Locale.ROOT)),
          comments(text, "warns"),
          comments(text, "refuses").stream().findFirst(),
          comments(text, "written").stream().findFirst(),
          comments(text, "sent").stream().findFirst(),
          text.lines()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> comments(String text, String key) {
    String prefix = "# " + key + ": ";
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
