package dev.clinicnet.operator.cli.inventory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.NgrokAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An account in which several parties have objects, and the manifests of one of them. */
final class MixedAccount implements AutoCloseable {
  /** A secret in places where a stranger could have put one. */
  static final String PLANTED = "plantedPlantedSecret77";

  static final String OURS = "one";
  static final String OTHER = "two";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Owner WANTED = new Owner("Clinic", "clinics", "kept");
  private static final Owner GONE = new Owner("Clinic", "clinics", "gone");

  final NgrokAccount account = NgrokAccount.open();
  private final Path manifest;

  /** Fills an account, and writes the manifest of the Clinic {@code clinics/kept}. */
  MixedAccount(Path directory) {
    manifest = directory.resolve("clinic.yaml");
    try {
      Files.writeString(
          manifest,
          """
          apiVersion: clinicnet.dev/v1alpha1
          kind: Clinic
          metadata: {name: kept, namespace: clinics}
          spec:
            domains:
            - {name: kept.example.com}
            - {name: "*.shared.example.com", shared: true}
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mark kept() {
    return Mark.of(OURS, WANTED, "", "kept");
  }

  static Mark gone() {
    return Mark.of(OURS, GONE, "", "gone");
  }

  static Mark ofOther() {
    return Mark.of(OTHER, WANTED, "", "kept");
  }

  /** Runs {@code inventory} with the manifest. */
  CommandRun compared(String... arguments) {
    return run(
        Stream.concat(Stream.of(manifest.toString()), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Runs {@code inventory} with the manifest, to delete something. */
  CommandRun delete(String id, String... arguments) {
    return compared(
        Stream.concat(Stream.of("--instance", OURS, "--delete", id), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Runs {@code inventory}. */
  CommandRun run(String... arguments) {
    return CommandRun.on(
        account.url(),
        Stream.concat(Stream.of("inventory"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Reserves a domain. */
  String domain(String domain, Mark mark) {
    return create("reserved_domains", body(mark).put("domain", domain));
  }

  /** Reserves an address. */
  String address(Mark mark) {
    return create("reserved_addrs", body(mark).put("region", "us"));
  }

  /** The address of a reservation, as {@code host:port}. */
  String addr(String id) {
    return account.call("GET", "/reserved_addrs/" + id, null).path("addr").asText();
  }

  /** Creates a credential for the names below {@code gone.internal}. */
  String credential(Mark mark, String ownerID) {
    ObjectNode body = body(mark);
    body.putArray("acl").add("bind:*.gone.internal");
    if (ownerID != null) {
      body.put("owner_id", ownerID);
    }
    return create("credentials", body);
  }

  /** Creates the service user of a Clinic {@code clinics/NAME} of an installation. */
  String user(String instance, String clinic) {
    Clinic named = new Clinic();
    named.setMetadata(new ObjectMetaBuilder().withNamespace("clinics").withName(clinic).build());
    return user(ClinicNames.serviceUser(instance, named));
  }

  /** Creates a service user. */
  String user(String name) {
    return create("service_users", JSON.createObjectNode().put("name", name).put("active", true));
  }

  /** Creates a cloud endpoint with this list of actions on requests or connections. */
  String endpoint(String url, Mark mark, String actions) {
    String phase = url.startsWith("http") ? "on_http_request" : "on_tcp_connect";
    ObjectNode body =
        body(mark)
            .put("type", "cloud")
            .put("url", url)
            .put("traffic_policy", "{\"" + phase + "\":[{\"actions\":[" + actions + "]}]}");
    body.putArray("bindings").add(url.contains(".internal") ? "internal" : "public");
    return create("endpoints", body);
  }

  /** The action that forwards to an internal URL. */
  static String forward(String url) {
    return "{\"type\":\"forward-internal\",\"config\":{\"url\":\"" + url + "\"}}";
  }

  /** The ids of the objects of a resource. */
  List<String> ids(String resource) {
    return account.names(resource, "id");
  }

  /** Creates an object. */
  String create(String resource, ObjectNode body) {
    return account.call("POST", "/" + resource, body.toString()).path("id").asText();
  }

  /** A body with a mark, or with the metadata of a stranger. */
  private static ObjectNode body(Mark mark) {
    return JSON.createObjectNode()
        .put("metadata", mark == null ? PLANTED : mark.text())
        .put("description", PLANTED);
  }

  @Override
  public void close() {
    account.close();
  }
}
