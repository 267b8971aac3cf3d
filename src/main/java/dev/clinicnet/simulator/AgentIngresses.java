package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Custom connect URLs for agents. */
final class AgentIngresses extends WritableResource {
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.INGRESS_DESCRIPTION, SimulatorError.INGRESS_METADATA);
  private static final Duration RENEWAL = Duration.ofDays(60);

  AgentIngresses(Account account) {
    super(
        account,
        "agent_ingresses",
        "agin",
        "ingresses",
        Set.of("id", "created_at", "description", "metadata", "domain"));
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "domain")
        .object("certificate_management_policy", CertificatePolicy.fields());
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata")
        .object("certificate_management_policy", CertificatePolicy.fields());
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    LIMITS.check(body);
    String domain = DomainName.normalise(body.path("domain").asText(""));
    boolean labels = List.of(domain.split("\\.", -1)).stream().allMatch(DomainName::isLabel);
    if (!labels || !domain.contains(".")) {
      throw SimulatorError.INGRESS_DOMAIN.with(domain);
    }
    if (DomainName.isNgrokOwned(domain)) {
      throw SimulatorError.INGRESS_NGROK_DOMAIN.with(domain);
    }
    if (table.any(row -> row.text("domain").equals(domain))) {
      throw SimulatorError.INGRESS_EXISTS.with(domain);
    }
    account.requireRoom(path(), table.size(), SimulatorError.INGRESS_LIMIT);
    ObjectNode fields = body.deepCopy();
    fields.put("domain", domain);
    normalisePolicy(fields, "rsa");
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    LIMITS.check(body);
    ObjectNode fields = body.deepCopy();
    String keyType = row.fields().path("policy").path("private_key_type").asText("rsa");
    normalisePolicy(fields, keyType);
    merge(row, fields);
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    // The documented captures show a relative URI for this kind only.
    view.put("uri", "/" + path() + "/" + row.id());
    copyPresent(row, view, "description", "metadata");
    view.put("domain", row.text("domain"));
    view.set(
        "ns_targets",
        Json.array(List.of("1.kube-dns.ngrok.example.", "2.kube-dns.ngrok.example.")));
    view.set("region_domains", Json.array(List.of("tunnel.us." + row.text("domain"))));
    view.set("certificate_management_policy", row.fields().get("policy"));
    view.set("certificate_management_status", status(row));
    return view;
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    JsonNode policy = fields.remove("certificate_management_policy");
    if (policy != null && policy.isObject()) {
      fields.set("policy", policy);
    }
    return fields;
  }

  private ObjectNode status(Row row) {
    if (!row.fields().has("policy")) {
      return null;
    }
    Instant due = row.createdAt().plus(account.options().certificateDelay());
    ObjectNode status = Json.object();
    if (due.isAfter(account.now())) {
      status.putNull("renews_at");
      status
          .putObject("provisioning_job")
          .putNull("error_code")
          .put("msg", "Managed certificate provisioning in progress.")
          .put("started_at", Json.time(row.createdAt()))
          .putNull("retries_at");
    } else {
      status.put("renews_at", Json.time(due.plus(RENEWAL))).putNull("provisioning_job");
    }
    return status;
  }

  private static void normalisePolicy(ObjectNode fields, String keyType) {
    if (fields.has("certificate_management_policy")) {
      fields.set(
          "policy",
          CertificatePolicy.read(fields.remove("certificate_management_policy"), keyType));
    }
  }
}
