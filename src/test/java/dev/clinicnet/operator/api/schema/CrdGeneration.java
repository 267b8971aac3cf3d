package dev.clinicnet.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Generates a CRD from its Java types by fabric8's generator, and corrects seven faults of the
 * generator.
 *
 * <ul>
 *   <li>It takes a rule on a record component twice, from the field and from the accessor.
 *   <li>It sorts printer columns by path, which puts the age first.
 *   <li>It has no list types, formats, and rules on list items: see the annotations beside this.
 *   <li>It ignores the description of the whole kind.
 *   <li>It has no default for a status: see {@link #unobserved}.
 *   <li>It has no default for a spec that requires nothing: see {@link #survive}.
 *   <li>It does not know what may be emptied: see {@link MayBeEmptied} and {@link Whole}.
 * </ul>
 */
final class CrdGeneration {

  private final Class<? extends HasMetadata> kind;
  private final Class<?> spec;
  private final Class<?> status;

  CrdGeneration(Class<? extends HasMetadata> kind) {
    this.kind = kind;
    Type[] types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    this.spec = (Class<?>) types[0];
    this.status = (Class<?>) types[1];
  }

  CustomResourceDefinition generate() {
    CustomResourceDefinition crd = fromFabric8();
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    complete(spec, root.getProperties().get("spec"));
    complete(status, root.getProperties().get("status"));
    unobserved(root.getProperties().get("status"));
    survive(root.getProperties().get("spec"));
    dropRepeatedRules(root);
    version.getAdditionalPrinterColumns().sort(Comparator.comparing(this::positionOf));
    return crd;
  }

  private CustomResourceDefinition fromFabric8() {
    ByteArrayOutputStream yaml = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(List.of(kind))
        .forCRDVersions("v1")
        .withOutput(new InMemory(yaml))
        .generate();
    return new KubernetesSerialization()
        .unmarshal(yaml.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
  }

  private int positionOf(CustomResourceColumnDefinition column) {
    return Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(AdditionalPrinterColumn::name)
        .toList()
        .indexOf(column.getName());
  }

  /**
   * An object whose status has no generation was not reconciled yet. Without this default kstatus,
   * and so Flux, take one that was just applied for done.
   */
  private static void unobserved(JSONSchemaProps status) {
    status.setDefault(JsonNodeFactory.instance.objectNode());
    status.getProperties().get("observedGeneration").setDefault(IntNode.valueOf(-1));
  }

  /**
   * Server-side apply drops an object whose last member goes, such as {@code domains: []}. Without
   * this default a spec that requires nothing would then be refused as missing.
   */
  private static void survive(JSONSchemaProps spec) {
    if (spec.getRequired() == null || spec.getRequired().isEmpty()) {
      spec.setDefault(JsonNodeFactory.instance.objectNode());
    }
  }

  private static void complete(Class<?> record, JSONSchemaProps schema) {
    for (RecordComponent component : record.getRecordComponents()) {
      Field field = field(record, component);
      JsonProperty renamed = field.getAnnotation(JsonProperty.class);
      JSONSchemaProps property =
          schema.getProperties().get(renamed == null ? component.getName() : renamed.value());
      annotate(field, property);
      if (component.getType().isRecord()) {
        complete(component.getType(), property);
      } else if (component.getGenericType() instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> item
          && item.isRecord()) {
        complete(item, property.getItems().getSchema());
      }
    }
  }

  private static Field field(Class<?> record, RecordComponent component) {
    try {
      return record.getDeclaredField(component.getName());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void annotate(Field field, JSONSchemaProps property) {
    if (field.isAnnotationPresent(Format.class)) {
      property.setFormat(field.getAnnotation(Format.class).value());
    } else if (field.getType() == int.class) {
      property.setFormat("int32");
    } else if (field.getType() == Long.class) {
      property.setFormat("int64");
    }
    if (field.isAnnotationPresent(OneOf.class)) {
      property.setEnum(
          Stream.of(field.getAnnotation(OneOf.class).value())
              .<JsonNode>map(TextNode::valueOf)
              .toList());
    }
    if (field.isAnnotationPresent(PreserveUnknownFields.class)) {
      anything(property.getItems() == null ? property : property.getItems().getSchema());
      property.setXKubernetesPreserveUnknownFields(property.getItems() == null ? true : null);
    }
    if (field.getType() == Object.class) {
      property.setType(null);
      property.setXKubernetesPreserveUnknownFields(true);
    }
    if (field.getType() == List.class) {
      ListMap map = field.getAnnotation(ListMap.class);
      property.setXKubernetesListType(map == null ? "atomic" : "map");
      property.setXKubernetesListMapKeys(map == null ? null : List.of(map.key()));
    }
    if (field.isAnnotationPresent(MayBeEmptied.class)) {
      property.setNullable(true);
    }
    if (field.isAnnotationPresent(Whole.class)) {
      property.setXKubernetesMapType("atomic");
    }
    List<ValidationRule> rules = new ArrayList<>();
    for (ItemRule annotation : field.getAnnotationsByType(ItemRule.class)) {
      ValidationRule rule = new ValidationRule();
      rule.setRule(annotation.value());
      rule.setMessage(annotation.message());
      rule.setMessageExpression(
          annotation.messageExpression().isEmpty() ? null : annotation.messageExpression());
      rules.add(rule);
    }
    if (!rules.isEmpty()) {
      property.getItems().getSchema().setXKubernetesValidations(rules);
    }
  }

  private static void anything(JSONSchemaProps object) {
    object.setAdditionalProperties(null);
    object.setXKubernetesPreserveUnknownFields(true);
  }

  private static void dropRepeatedRules(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          List.copyOf(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(CrdGeneration::dropRepeatedRules);
    }
    if (schema.getItems() != null) {
      dropRepeatedRules(schema.getItems().getSchema());
    }
  }

  private record InMemory(ByteArrayOutputStream bytes)
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public URI crdURI(String crdName) {
      return URI.create("file:///" + crdName);
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
