package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** A platform team in one namespace: it applies manifests and reads their statuses. */
public final class Manifests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final String namespace;

  /** A team with all rights in a namespace. */
  public Manifests(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Applies a file, or every file of a folder, as {@code kubectl apply --server-side} does. */
  public void apply(String path) {
    try (Stream<Path> files = Files.walk(Path.of(path))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        applyText(Files.readString(file));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The folders of examples for the operator itself. They can be applied one after the other. */
  public static List<String> examples() {
    try (Stream<Path> files = Files.walk(Path.of("examples"), 2)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(file -> file.getParent().toString())
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Applies manifests from text. */
  public void applyText(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(this::apply);
  }

  /** An object with a generated name cannot be applied, only created. */
  private void apply(HasMetadata object) {
    if (object.getMetadata().getName() == null) {
      client.resource(object).inNamespace(namespace).create();
    } else {
      client.resource(object).inNamespace(namespace).forceConflicts().serverSideApply();
    }
  }

  /** All Clinics. */
  public List<Clinic> clinics() {
    return client.resources(Clinic.class).inNamespace(namespace).list().getItems();
  }

  /** All services. */
  public List<ClinicService> services() {
    return client.resources(ClinicService.class).inNamespace(namespace).list().getItems();
  }

  /** One Clinic. */
  public Clinic clinic(String name) {
    return client.resources(Clinic.class).inNamespace(namespace).withName(name).get();
  }

  /** One service. */
  public ClinicService service(String name) {
    return client.resources(ClinicService.class).inNamespace(namespace).withName(name).get();
  }

  /** Waits until a session is in a phase. */
  public void awaitSession(String name, SessionPhase phase) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              ClinicSession session = session(name);
              Assertions.assertThat(session).as(name).isNotNull();
              Assertions.assertThat(session.getStatus()).as(name).isNotNull();
              Assertions.assertThat(session.getStatus().phase())
                  .as(() -> name + session.getStatus().conditions())
                  .isEqualTo(phase);
            });
  }

  /** All sessions. */
  public List<ClinicSession> sessions() {
    return client.resources(ClinicSession.class).inNamespace(namespace).list().getItems();
  }

  /** One session. */
  public ClinicSession session(String name) {
    return client.resources(ClinicSession.class).inNamespace(namespace).withName(name).get();
  }

  /** Deletes a session, without waiting. */
  public void deleteSession(String name) {
    client.resources(ClinicSession.class).inNamespace(namespace).withName(name).delete();
  }

  /** The text of a condition of a session; empty when there is none. */
  public String sessionSays(String name, ConditionType type) {
    return says(session(name).getStatus().conditions(), type);
  }

  /** A Secret, or null. */
  public Secret secret(String name) {
    return client.secrets().inNamespace(namespace).withName(name).get();
  }

  /** A file of a Secret. */
  public String file(String secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret(secret).getData().get(key)), StandardCharsets.UTF_8);
  }

  /** A file of a Secret; empty while there is none. */
  public Optional<String> publishedFile(String secret, String key) {
    return Optional.ofNullable(secret(secret))
        .map(present -> present.getData() == null ? null : present.getData().get(key))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .filter(text -> !text.isEmpty());
  }

  /** Deletes a Secret. */
  public void deleteSecret(String name) {
    client.secrets().inNamespace(namespace).withName(name).delete();
  }

  /** Writes one entry of a Secret by hand. */
  public void writeSecret(String name, String key, String text) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(name)
        .edit(
            secret -> {
              secret.getData().put(key, base64(text));
              return secret;
            });
  }

  /** All Events. */
  public List<Event> events() {
    return client.v1().events().inNamespace(namespace).list().getItems();
  }

  /** Annotates a Clinic; null removes the annotation. */
  public void annotateClinic(String name, String annotation, String value) {
    merge(Clinic.class, name, annotation(annotation, value));
  }

  /** Annotates a service; null removes the annotation. */
  public void annotateService(String name, String annotation, String value) {
    merge(ClinicService.class, name, annotation(annotation, value));
  }

  private static String annotation(String key, String value) {
    String quoted = value == null ? "null" : "\"" + value + "\"";
    return "{\"metadata\": {\"annotations\": {\"" + key + "\": " + quoted + "}}}";
  }

  /** The write has no resource version, because the operator writes to the same objects. */
  private void merge(Class<? extends HasMetadata> kind, String name, String patch) {
    client
        .resources(kind)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Deletes a Clinic, without waiting. */
  public void deleteClinic(String name) {
    client.resources(Clinic.class).inNamespace(namespace).withName(name).delete();
  }

  /** Deletes a service, without waiting. */
  public void deleteService(String name) {
    client.resources(ClinicService.class).inNamespace(namespace).withName(name).delete();
  }

  /** Removes the finalizers of a Clinic, as an impatient user does. */
  public void forceClinicAway(String name) {
    merge(Clinic.class, name, "{\"metadata\": {\"finalizers\": null}}");
  }

  /** Removes the finalizers of a service. */
  public void forceServiceAway(String name) {
    merge(ClinicService.class, name, "{\"metadata\": {\"finalizers\": null}}");
  }

  /** Waits until a Clinic is gone. */
  public void awaitClinicGone(String name) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> Assertions.assertThat(clinic(name)).as(name).isNull());
  }

  /** Waits until a service is gone. */
  public void awaitServiceGone(String name) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> Assertions.assertThat(service(name)).as(name).isNull());
  }

  /** The text of a condition of a Clinic; empty when there is none. */
  public String clinicSays(String name, ConditionType type) {
    return says(conditions(clinic(name)), type);
  }

  /** The text of a condition of a service; empty when there is none. */
  public String serviceSays(String name, ConditionType type) {
    return says(conditions(service(name)), type);
  }

  private static String says(List<Condition> conditions, ConditionType type) {
    return Conditions.find(conditions, type)
        .map(c -> c.status() + " " + c.reason() + ": " + c.message())
        .orElse("");
  }

  /** Deletes everything, without waiting. */
  public void deleteAll() {
    clinics().forEach(clinic -> deleteClinic(clinic.getMetadata().getName()));
    services().forEach(service -> deleteService(service.getMetadata().getName()));
  }

  /** Waits until every object is Ready at its present generation, and its Clinic counts it. */
  public void awaitAllReady() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Assertions.assertThat(notReady()).isEmpty();
              clinics().forEach(this::assertCounted);
            });
  }

  private void assertCounted(Clinic clinic) {
    int services =
        (int)
            services().stream()
                .filter(s -> s.getSpec().clinicRef().name().equals(clinic.getMetadata().getName()))
                .count();
    Assertions.assertThat(clinic.getStatus().services())
        .isEqualTo(new ServicesStatus(services, services));
  }

  /** Waits until no object is left. */
  public void awaitGone() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<String> left = new ArrayList<>();
              clinics().forEach(c -> left.add(c.getMetadata().getName() + describe(c)));
              services().forEach(s -> left.add(s.getMetadata().getName() + describe(s)));
              Assertions.assertThat(left).isEmpty();
            });
  }

  /** Waits until a condition of a Clinic has a reason. */
  public void awaitClinic(String name, ConditionType type, String reason) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> Assertions.assertThat(reason(conditions(clinic(name)), type)).isEqualTo(reason));
  }

  /** Waits until a condition of a service has a reason. */
  public void awaitService(String name, ConditionType type, String reason) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> Assertions.assertThat(reason(conditions(service(name)), type)).isEqualTo(reason));
  }

  /** The conditions of a Clinic. */
  public static List<Condition> conditions(Clinic clinic) {
    return clinic == null || clinic.getStatus() == null
        ? List.of()
        : clinic.getStatus().conditions();
  }

  /** The conditions of a service. */
  public static List<Condition> conditions(ClinicService service) {
    return service == null || service.getStatus() == null
        ? List.of()
        : service.getStatus().conditions();
  }

  /** The conditions of a session. */
  public static List<Condition> conditions(ClinicSession session) {
    return session == null || session.getStatus() == null
        ? List.of()
        : session.getStatus().conditions();
  }

  /** The resource version of every object and Secret. */
  public Map<String, String> resourceVersions() {
    Map<String, String> versions = new TreeMap<>();
    clinics().forEach(o -> put(versions, o));
    services().forEach(o -> put(versions, o));
    client.secrets().inNamespace(namespace).list().getItems().forEach(o -> put(versions, o));
    client.v1().events().inNamespace(namespace).list().getItems().forEach(o -> put(versions, o));
    return versions;
  }

  private List<String> notReady() {
    List<String> notReady = new ArrayList<>();
    for (Clinic clinic : clinics()) {
      if (!isReady(conditions(clinic), clinic)) {
        notReady.add("Clinic " + clinic.getMetadata().getName() + describe(clinic));
      }
    }
    for (ClinicService service : services()) {
      if (!isReady(conditions(service), service)) {
        notReady.add("ClinicService " + service.getMetadata().getName() + describe(service));
      }
    }
    return notReady;
  }

  private static boolean isReady(List<Condition> conditions, HasMetadata object) {
    return Conditions.find(conditions, ConditionType.Ready)
            .filter(c -> c.observedGeneration().equals(object.getMetadata().getGeneration()))
            .isPresent()
        && Conditions.isTrue(conditions, ConditionType.Ready);
  }

  private static String describe(HasMetadata object) {
    List<Condition> conditions =
        object instanceof Clinic clinic ? conditions(clinic) : conditions((ClinicService) object);
    return conditions.stream()
        .map(c -> "\n    " + c.type() + "=" + c.status() + " " + c.reason() + ": " + c.message())
        .reduce("", String::concat);
  }

  private static String reason(List<Condition> conditions, ConditionType type) {
    return Conditions.find(conditions, type).map(Condition::reason).orElse("none");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Map<String, String> versions, HasMetadata object) {
    versions.put(
        object.getKind() + " " + object.getMetadata().getName(),
        object.getMetadata().getResourceVersion());
  }
}
