package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Node;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.reference.Reference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Secrets and ConfigMaps in the files that services may refer to. Messages never contain their
 * data.
 */
final class ReferencedFiles {
  private final Map<Reference, Secret> secrets = new HashMap<>();
  private final Map<Reference, ConfigMap> configMaps = new HashMap<>();
  private final Set<Reference> unlabelled = new HashSet<>();
  private final Set<Reference> unreadable = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  ReferencedFiles(List<Document> documents) {
    for (Document document : documents) {
      boolean known = document.kind().equals("Secret") || document.kind().equals("ConfigMap");
      if (!document.apiVersion().equals("v1") || !known) {
        continue;
      }
      Reference reference = reference(document.kind(), document.namespace(), document.name());
      int before = problems.size();
      if (!isLabelled(document)) {
        unlabelled.add(reference);
      } else if (document.kind().equals("Secret")) {
        secrets.put(reference, secret(document));
      } else {
        configMaps.put(reference, configMap(document));
      }
      if (problems.size() > before || !ManifestValidation.ofNew(document).isEmpty()) {
        unreadable.add(reference);
      }
    }
  }

  Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(secrets.get(reference("Secret", namespace, name)));
  }

  Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable(configMaps.get(reference("ConfigMap", namespace, name)));
  }

  /** Whether an object is in the files, but the operator would not see it. */
  boolean isUnlabelled(Reference reference) {
    return unlabelled.contains(reference);
  }

  /** Whether an object itself is wrong, so that problems with references to it do not count. */
  boolean isUnreadable(Reference reference) {
    return unreadable.contains(reference);
  }

  /** The problems of what could not be read. */
  List<Problem> problems() {
    return problems;
  }

  private Secret secret(Document document) {
    Map<String, String> data = encoded(document, "data");
    texts(document, "stringData")
        .forEach(
            (key, text) ->
                data.put(
                    key,
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder()
        .withMetadata(TypedManifests.metadata(document))
        .withData(data)
        .build();
  }

  private ConfigMap configMap(Document document) {
    return new ConfigMapBuilder()
        .withMetadata(TypedManifests.metadata(document))
        .withData(texts(document, "data"))
        .withBinaryData(encoded(document, "binaryData"))
        .build();
  }

  private Map<String, String> encoded(Document document, String field) {
    Map<String, String> data = texts(document, field);
    data.entrySet().removeIf(entry -> !isBase64(document, field + "." + entry.getKey(), entry));
    return data;
  }

  private boolean isBase64(Document document, String field, Map.Entry<String, String> entry) {
    try {
      Base64.getDecoder().decode(entry.getValue().replaceAll("[\r\n]", ""));
      entry.setValue(entry.getValue().replaceAll("[\r\n]", ""));
      return true;
    } catch (IllegalArgumentException e) {
      problems.add(
          document.error(
              document.nearest(field).position(),
              field,
              document.kind().equals("Secret")
                  ? "is not base64: encode it, or write it under stringData"
                  : "is not base64: encode it, or write it under data"));
      return false;
    }
  }

  private Map<String, String> texts(Document document, String field) {
    Map<String, String> texts = new HashMap<>();
    if (document.root().field(field).orElse(null) instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                if (entry.value().plain() instanceof String text) {
                  texts.put(key, text);
                } else if (entry.value().plain() != null) {
                  problems.add(
                      document.error(
                          entry.value().position(),
                          field + "." + key,
                          "is not a text: put it in quotes"));
                }
              });
    }
    return texts;
  }

  private static boolean isLabelled(Document document) {
    return document
        .root()
        .field("metadata")
        .flatMap(metadata -> metadata.field("labels"))
        .flatMap(labels -> labels.field(Reference.LABEL))
        .filter(label -> "true".equals(label.plain()))
        .isPresent();
  }

  private static Reference reference(String kind, String namespace, String name) {
    return new Reference(kind, namespace, name);
  }
}
