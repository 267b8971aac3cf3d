package dev.clinicnet.operator.golden;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.kubernetes.SessionCluster;
import dev.clinicnet.operator.policy.ContentHash;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A cluster in memory that notes what is written, and stores it as the API server does. */
final class TracedCluster extends MemoryCluster implements SessionCluster, DNSEndpoints {
  private static final String NAMESPACE = "default";
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "Clinic", Clinic.class,
          "ClinicService", ClinicService.class,
          "ClinicSession", ClinicSession.class,
          "Secret", Secret.class,
          "ConfigMap", ConfigMap.class);

  private final Trace trace;
  private final String created;

  /**
   * An empty one.
   *
   * @param created when everything in it was created
   */
  TracedCluster(Trace trace, String created) {
    this.trace = trace;
    this.created = created;
    publishingTo(this);
  }

  /** Adds manifests. Those of other kinds are left out. */
  void apply(String yaml) {
    try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        Class<? extends HasMetadata> type = KINDS.get(document.path("kind").asText());
        if (type != null) {
          put(JSON.convertValue(document, type));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Marks an object for deletion. */
  void terminate(HasMetadata object) {
    object.getMetadata().setDeletionTimestamp(created);
  }

  /** The text of a key of a Secret. */
  static String text(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    return find(ClinicService.class, namespace, name);
  }

  Optional<ClinicSession> session(String namespace, String name) {
    return find(ClinicSession.class, namespace, name);
  }

  @Override
  public Secret createSecret(Secret secret) {
    return write("create ", secret);
  }

  @Override
  public Secret updateSecret(Secret secret) {
    return write("update ", secret);
  }

  @Override
  public Optional<DNSEndpoint> find(String namespace, String name) {
    return find(DNSEndpoint.class, namespace, name);
  }

  @Override
  public void apply(DNSEndpoint wanted) {
    trace.step("apply " + path(wanted), JSON.valueToTree(wanted.getSpec()));
    put(wanted);
  }

  @Override
  public void delete(DNSEndpoint present) {
    trace.step("delete " + path(present));
    remove(present);
  }

  @Override
  public void delete(ClinicSession session) {
    trace.step("delete " + path(session));
    remove(session);
  }

  @Override
  public boolean vouchesForRequesters() {
    return false;
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    trace.step("status of " + path(withStatus), says(withStatus));
    super.applyStatus(withStatus);
  }

  @Override
  public void emit(HasMetadata about, boolean warning, EventReason reason, String message) {
    trace.step((warning ? "Warning" : "Normal") + " Event " + reason + ": " + message);
  }

  /** Each condition in short. */
  private static List<String> says(HasMetadata object) {
    JsonNode status = JSON.valueToTree(((CustomResource<?, ?>) object).getStatus());
    return Stream.of(JSON.convertValue(status.path("conditions"), Condition[].class))
        .map(c -> c.type() + "=" + c.status() + " " + c.reason())
        .toList();
  }

  private Secret write(String verb, Secret secret) {
    Map<String, Object> content = new TreeMap<>();
    content.put("annotations", secret.getMetadata().getAnnotations());
    Optional.ofNullable(secret.getData())
        .ifPresent(data -> data.keySet().forEach(key -> content.put(key, told(secret, key))));
    trace.step(verb + path(secret), content);
    put(secret);
    return secret;
  }

  /** Texts for people are long, and have tests of their own. */
  private static String told(Secret secret, String key) {
    String text = text(secret, key);
    return key.endsWith(".txt") ? "hash " + ContentHash.of(text) : text;
  }

  private void put(HasMetadata object) {
    HasMetadata stored = object instanceof Secret secret ? withoutStringData(secret) : object;
    if (stored.getMetadata().getNamespace() == null) {
      stored.getMetadata().setNamespace(NAMESPACE);
    }
    stored.getMetadata().setUid("uid-" + stored.getMetadata().getName());
    stored.getMetadata().setResourceVersion("1");
    stored.getMetadata().setCreationTimestamp(created);
    HasMetadata before = held(stored);
    stored.getMetadata().setGeneration(before == null ? 1L : 1 + generation(before));
    copyStatus(before, stored);
    add(stored);
  }

  private static long generation(HasMetadata object) {
    return object.getMetadata().getGeneration();
  }

  /** The object in the form that the API server stores. */
  private static Secret withoutStringData(Secret secret) {
    Map<String, String> data = new TreeMap<>();
    Optional.ofNullable(secret.getData()).ifPresent(data::putAll);
    Optional.ofNullable(secret.getStringData())
        .ifPresent(texts -> texts.forEach((key, text) -> data.put(key, encoded(text))));
    return new SecretBuilder(secret).withData(data).withStringData(null).build();
  }
}
