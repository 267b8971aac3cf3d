package dev.clinicnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.edge.EdgeClient;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A team that may write manifests in one namespace, with a web server and a database at its sites
 * that answer with the team's letter.
 */
public final class Team implements AutoCloseable {
  /** The address of the web server at a site. */
  public static final String WEB = "10.0.0.1:8080";

  /** The address of the database at a site. */
  public static final String DATABASE = "10.0.0.2:5432";

  private static final String EDITOR = "editor";

  private final FreshNamespace namespace;
  private final NgrokAccount account;
  private final KubernetesClient editor;
  private final Manifests manifests;
  private final OnePage web;
  private final OneLetter database;

  public Team(FreshNamespace namespace, NgrokAccount account, char letter) {
    this.namespace = namespace;
    this.account = account;
    this.editor = editor(namespace);
    this.manifests = new Manifests(editor, namespace.name());
    this.web = new OnePage(letter);
    this.database = new OneLetter(letter);
  }

  /** An account that holds {@code clinicnet-editor} in a namespace; the caller closes it. */
  public static KubernetesClient editor(FreshNamespace namespace) {
    namespace
        .kubernetes()
        .apply(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(EDITOR)
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "clinicnet-editor")
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(EDITOR)
                .withNamespace(namespace.name())
                .endSubject()
                .build());
    return namespace
        .kubernetes()
        .clientAs("system:serviceaccount:" + namespace.name() + ":" + EDITOR);
  }

  /** The manifests that it writes and sees. */
  public Manifests manifests() {
    return manifests;
  }

  /** An object of its namespace, as {@code hand-over-to} names it. */
  public String path(String object) {
    return namespace.name() + "/" + object;
  }

  /** A technician installs the site kit of a Clinic. */
  public JsonNode connectAgent(String clinic) {
    JsonNode agent =
        account.connectAgent(
            new Manifests(namespace.admin(), namespace.name())
                .file(clinic + "-site-kit", "ngrok.yml"));
    account.upstreams(agent, Map.of(WEB, web.address(), DATABASE, database.address()));
    return agent;
  }

  /** The letter that a visitor of a public URL gets, or another result. */
  public static String visit(NgrokAccount account, String url) {
    return visit(account, url, "198.51.100.7");
  }

  /** The same for a visitor from an address. */
  public static String visit(NgrokAccount account, String url, String from) {
    if (account.all("endpoints").stream().noneMatch(e -> e.path("url").asText().equals(url))) {
      return "nothing is there";
    }
    if (url.startsWith("tcp:")) {
      return OneLetter.ask(account.edge(url, from));
    }
    EdgeClient.Answer answer =
        EdgeClient.of(() -> Map.of(url, account.edge(url, from)), account.edgeAuthority())
            .get(url + "/api");
    return answer.outcome().equals("200") ? answer.body() : answer.outcome();
  }

  /** Everything in its namespace that a user with all rights there can read. */
  public String readable() {
    List<Object> readable = new ArrayList<>();
    readable.addAll(manifests.clinics());
    readable.addAll(manifests.services());
    readable.addAll(manifests.sessions());
    readable.addAll(namespace.admin().v1().events().list().getItems());
    readable.addAll(namespace.admin().configMaps().list().getItems());
    for (Secret secret : namespace.admin().secrets().list().getItems()) {
      readable.add(secret.getMetadata());
      secret
          .getData()
          .values()
          .forEach(
              value ->
                  readable.add(
                      new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return Serialization.asJson(readable);
  }

  @Override
  public void close() {
    editor.close();
    database.close();
    web.close();
  }
}
