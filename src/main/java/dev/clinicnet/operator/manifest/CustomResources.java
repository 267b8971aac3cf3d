package dev.clinicnet.operator.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of our CustomResourceDefinitions, with their schemas. */
final class CustomResources {
  static final String GROUP = "clinicnet.dev";

  /** The definitions that are packed in the jar. */
  static final List<String> DEFINITIONS =
      List.of("clinics", "clinicservices", "clinicsessions", "ngrokaccounts");

  private static final CustomResources OURS = load();

  private final Map<String, Schema> schemas;

  private CustomResources(Map<String, Schema> schemas) {
    this.schemas = schemas;
  }

  /** The definitions of the operator. */
  static CustomResources ours() {
    return OURS;
  }

  /** The schema of a kind, if there is such a kind in that version. */
  Optional<Schema> schema(String apiVersion, String kind) {
    return Optional.ofNullable(schemas.get(apiVersion + "/" + kind));
  }

  /** All kinds, such as {@code Clinic}. */
  List<String> kinds() {
    return schemas.keySet().stream()
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .distinct()
        .toList();
  }

  /** The versions that have a kind, as in {@code clinicnet.dev/v1alpha1}. */
  List<String> versions(String kind) {
    return schemas.keySet().stream()
        .filter(name -> name.endsWith("/" + kind))
        .map(name -> name.substring(0, name.length() - kind.length() - 1))
        .toList();
  }

  private static CustomResources load() {
    Map<String, Schema> schemas = new TreeMap<>();
    for (String definition : DEFINITIONS) {
      String file = "/crds/" + definition + "." + GROUP + ".yaml";
      for (Document document : new ManifestReader("").read(file, text(file)).documents()) {
        add(document, schemas);
      }
    }
    return new CustomResources(schemas);
  }

  private static void add(Document definition, Map<String, Schema> schemas) {
    Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) definition.root().plain()).get("spec");
    Object kind = ((Map<?, ?>) spec.get("names")).get("kind");
    for (Object version : (List<?>) spec.get("versions")) {
      Map<?, ?> served = (Map<?, ?>) version;
      Map<?, ?> schema = (Map<?, ?>) ((Map<?, ?>) served.get("schema")).get("openAPIV3Schema");
      schemas.put(GROUP + "/" + served.get("name") + "/" + kind, Schema.of(schema));
    }
  }

  private static String text(String resource) {
    try (InputStream in = CustomResources.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the classpath");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
