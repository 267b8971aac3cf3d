package dev.clinicnet.operator.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** What roles in manifests grant, one by one. */
public final class GrantedRights {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> ANY = List.of("");

  private GrantedRights() {}

  /** What is granted to the operator in {@code deploy/base}. */
  public static SortedSet<Right> ofBase() {
    SortedSet<Right> rights = new TreeSet<>();
    for (String file : List.of("clusterrole.yaml", "role.yaml")) {
      try (MappingIterator<JsonNode> roles =
          YAML.readerFor(JsonNode.class)
              .readValues(Path.of("deploy/base").resolve(file).toFile())) {
        roles.forEachRemaining(role -> rights.addAll(of(role)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rights;
  }

  /** What one role grants. */
  static SortedSet<Right> of(JsonNode role) {
    SortedSet<Right> rights = new TreeSet<>();
    for (JsonNode rule : role.path("rules")) {
      List<String> names = texts(rule.path("resourceNames"));
      for (String group : texts(rule.path("apiGroups"))) {
        for (String resource : texts(rule.path("resources"))) {
          for (String verb : texts(rule.path("verbs"))) {
            for (String name : names.isEmpty() ? ANY : names) {
              rights.add(new Right(role.path("kind").asText(), group, resource, verb, name));
            }
          }
        }
      }
    }
    return rights;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
