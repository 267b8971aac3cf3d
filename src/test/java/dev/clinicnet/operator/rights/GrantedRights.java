package dev.clinicnet.operator.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The rights of roles in manifests, one by one. */
public final class GrantedRights {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> ANY = List.of("");

  /** The component, and the Role that tests give its rule to. */
  static final String DNS_ENDPOINTS = "dns-endpoints";

  /** The component, the Role that tests give its rule to, and the end of its ClusterRole's name. */
  static final String FLEET_PAGE = "fleet-page";

  private GrantedRights() {}

  /** The rights of the operator, with all components. */
  static SortedSet<Right> ofAll() {
    SortedSet<Right> rights = ofBase();
    // A patch of the role: a list with one operation.
    rights.addAll(
        of(DNS_ENDPOINTS, read("components/dns-endpoints/rule.yaml").findValues("value")));
    rights.addAll(of(FLEET_PAGE, read("components/fleet-page/rule.yaml").findValues("value")));
    rights.addAll(of(FLEET_PAGE, read("components/fleet-page/clusterrole.yaml").path("rules")));
    return rights;
  }

  /** The rights of the operator in {@code deploy/base}. */
  public static SortedSet<Right> ofBase() {
    SortedSet<Right> rights = new TreeSet<>();
    for (String file : List.of("base/clusterrole.yaml", "base/role.yaml")) {
      rights.addAll(of(read(file)));
    }
    return rights;
  }

  /** The rights of one role. */
  static SortedSet<Right> of(JsonNode role) {
    return of(role.path("kind").asText(), role.path("rules"));
  }

  private static SortedSet<Right> of(String role, Iterable<JsonNode> rules) {
    SortedSet<Right> rights = new TreeSet<>();
    for (JsonNode rule : rules) {
      List<String> names = texts(rule.path("resourceNames"));
      for (String group : texts(rule.path("apiGroups"))) {
        for (String resource : texts(rule.path("resources"))) {
          for (String verb : texts(rule.path("verbs"))) {
            for (String name : names.isEmpty() ? ANY : names) {
              rights.add(new Right(role, group, resource, verb, name));
            }
          }
        }
      }
    }
    return rights;
  }

  private static JsonNode read(String file) {
    try {
      return YAML.readTree(Path.of("deploy").resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
