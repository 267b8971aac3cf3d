package dev.clinicnet.operator.policy.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.policy.CompletePolicy;
import dev.clinicnet.operator.policy.TrafficPolicy;
import dev.clinicnet.simulator.SimulatorVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One policy of the corpus. Comments at its top have its name and the expected result. */
record RawPolicyCase(String text) {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The policies of one file, one in each document. */
  static Stream<RawPolicyCase> in(String file) {
    try {
      String text = Files.readString(Path.of("src/test/resources/raw-policies", file + ".yaml"));
      return Stream.of(text.split("(?m)^---\n", -1)).map(RawPolicyCase::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return comment("name");
  }

  String expected() {
    return comment("expect");
  }

  EndpointKind kind() {
    return EndpointKind.valueOf(comment("kind").toUpperCase(Locale.ROOT));
  }

  Map<String, Object> tree() {
    return tree(text);
  }

  RawPolicyFindings findings() {
    String grant = comment("grants");
    Set<Grant> grants =
        grant.isEmpty()
            ? Set.of()
            : Set.of(new Grant(grant.split("/", -1)[0], grant.split("/", -1)[1]));
    return RawPolicy.check(tree(), kind(), grants, comment("access-login").equals("true"));
  }

  /** The verdict of the simulator on the whole policy of these rules. */
  static String verdict(Map<String, Object> tree, EndpointKind kind) {
    return verdict(complete(tree, kind).toJson(), kind);
  }

  /** The same verdict for rules that cannot be read. */
  static String verdictOnText(Map<String, Object> raw, EndpointKind kind) {
    return verdict(write(JSON, forwarding(raw, kind)), kind);
  }

  /** The same verdict on YAML. */
  static String verdictOnYaml(Map<String, Object> raw, EndpointKind kind) {
    return verdict(write(YAML, forwarding(raw, kind)), kind);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> forwarding(Map<String, Object> raw, EndpointKind kind) {
    Map<String, Object> tree = new LinkedHashMap<>(raw);
    String phase = kind == EndpointKind.HTTPS ? "on_http_request" : "on_tcp_connect";
    if (tree.getOrDefault(phase, List.of()) instanceof List<?> rules) {
      List<Object> all = new ArrayList<>(rules);
      Map<String, Object> forward = complete(Map.of(), kind).tree();
      all.addAll((List<Object>) forward.get(phase));
      tree.put(phase, all);
    }
    return tree;
  }

  private static String write(ObjectMapper mapper, Map<String, Object> tree) {
    try {
      return mapper.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Map<String, Object> tree(String yaml) {
    try {
      return YAML.readValue(yaml, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }

  private static TrafficPolicy complete(Map<String, Object> tree, EndpointKind kind) {
    return switch (kind) {
      case HTTPS -> CompletePolicy.https(RawPolicy.rules(tree));
      case TCP -> CompletePolicy.tcp(RawPolicy.rules(tree));
      case TLS -> CompletePolicy.tls(RawPolicy.rules(tree));
    };
  }

  private static String verdict(String policy, EndpointKind kind) {
    return SimulatorVerdict.refusal(
        policy,
        switch (kind) {
          case HTTPS -> "https://clinic1.example.com";
          case TCP -> "tcp://1.tcp.example.com:20000";
          case TLS -> "tls://db.example.com";
        });
  }

  private String comment(String key) {
    Matcher comment = Pattern.compile("(?m)^# " + key + ": (.*)$").matcher(text);
    return comment.find() ? comment.group(1) : "";
  }
}
