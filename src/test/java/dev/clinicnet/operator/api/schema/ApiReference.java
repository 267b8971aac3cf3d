package dev.clinicnet.operator.api.schema;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The reference page of the API, from its CRDs. */
final class ApiReference {

  private static final String INTRODUCTION =
      """
      <!-- Generated from dev.clinicnet.operator.api.v1alpha1: change the types, not this file. -->
      # API reference

      This page lists every field of every kind, and what the API server checks. The group is
      `clinicnet.dev`, and the version is `v1alpha1`. `kubectl get clinicnet` lists the objects of
      all kinds. An NgrokAccount is cluster-scoped, and all other kinds are namespaced.
      `kubectl explain` shows the same texts.

      `[]` in the path of a field means every item of a list. "Absent" in the column "Meaning" says
      what happens if you leave the field out. [Validation](validation.md) says what the operator
      checks in addition. [Kubernetes versions](kubernetes-versions.md) says which versions have
      the features that these schemas need.
      """;

  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private ApiReference() {}

  static String write(List<CustomResourceDefinition> crds) {
    ApiReference reference = new ApiReference();
    crds.forEach(reference::kind);
    return reference.page.toString();
  }

  private void kind(CustomResourceDefinition crd) {
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    line("");
    line("## " + crd.getSpec().getNames().getKind());
    line("");
    line(root.getDescription());
    line("");
    line(
        "`kubectl get %s`, or short `%s`, shows %s; with `-o wide` also %s."
            .formatted(
                crd.getSpec().getNames().getPlural(),
                String.join("`, `", crd.getSpec().getNames().getShortNames()),
                columns(version, 0),
                columns(version, 1)));
    List<Constraint> constraints = Constraint.of(root);
    fields(root, constraints, "spec");
    rules(constraints);
    fields(root, constraints, "status");
  }

  private static String columns(CustomResourceDefinitionVersion version, int priority) {
    return version.getAdditionalPrinterColumns().stream()
        .filter(c -> c.getPriority() == priority)
        .map(CustomResourceColumnDefinition::getName)
        .collect(Collectors.joining(", "));
  }

  private void fields(JSONSchemaProps root, List<Constraint> constraints, String top) {
    line("");
    line("### " + top);
    line("");
    line("| Field | Type | Default | Limits | Meaning |");
    line("|---|---|---|---|---|");
    JSONSchemaProps schema = root.getProperties().get(top);
    schema.getProperties().forEach((name, p) -> field(top + "." + name, p, constraints));
  }

  private void field(String path, JSONSchemaProps schema, List<Constraint> constraints) {
    line(
        "| `%s` | %s | %s | %s | %s |"
            .formatted(
                path,
                type(schema),
                schema.getDefault() == null ? "" : "`" + schema.getDefault().asText() + "`",
                limits(path, constraints),
                cell(schema.getDescription())));
    JSONSchemaProps parent = schema;
    String prefix = path;
    if (schema.getItems() != null) {
      parent = schema.getItems().getSchema();
      prefix = path + "[]";
    }
    Map<String, JSONSchemaProps> properties = parent.getProperties();
    if (properties != null) {
      for (Map.Entry<String, JSONSchemaProps> property : properties.entrySet()) {
        field(prefix + "." + property.getKey(), property.getValue(), constraints);
      }
    }
  }

  private static String type(JSONSchemaProps schema) {
    return schema.getItems() == null
        ? Objects.requireNonNullElse(schema.getType(), "any")
        : "list of " + schema.getItems().getSchema().getType() + "s";
  }

  private static String limits(String path, List<Constraint> constraints) {
    List<String> limits = new ArrayList<>();
    for (Constraint c : constraints) {
      if (c.path().equals(path) && !c.kind().equals("rule")) {
        limits.add(words(c));
      } else if (c.path().equals(path + "[]") && !c.kind().equals("rule")) {
        limits.add("each " + words(c));
      }
    }
    return String.join("; ", limits);
  }

  private static String words(Constraint constraint) {
    return switch (constraint.kind()) {
      case "required" -> "required";
      case "enum" -> "one of " + constraint.value();
      case "pattern" -> "matches `" + cell(constraint.value()) + "`";
      case "format" -> "RFC 3339 time";
      case "minLength" -> "at least " + constraint.value() + " characters";
      case "maxLength" -> "at most " + constraint.value() + " characters";
      case "minItems" -> "at least " + constraint.value() + " items";
      case "maxItems" -> "at most " + constraint.value() + " items";
      case "minimum", "maximum" ->
          constraint.kind() + " " + new BigDecimal(constraint.value()).toBigIntegerExact();
      case "maxProperties" -> "at most " + constraint.value() + " entries";
      case "unique" -> "no " + constraint.value() + " twice";
      default -> constraint.kind() + " " + constraint.value();
    };
  }

  private void rules(List<Constraint> constraints) {
    line("");
    line("The API server also checks these rules. Its error message has the text in this table:");
    line("");
    line("| Field | Error message |");
    line("|---|---|");
    constraints.stream()
        .filter(c -> c.kind().equals("rule"))
        .forEach(c -> line("| `%s` | %s |".formatted(c.path(), cell(c.value()))));
  }

  /** Text for a table cell. */
  private static String cell(String text) {
    return text == null ? "" : text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
