package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reserved domains with the life of their managed certificates. */
final class ReservedDomains extends WritableResource {
  private static final List<String> REGIONS = List.of("au", "eu", "ap", "us", "jp", "in", "sa");
  private static final Set<String> POPS =
      Set.of("us", "us-cal-1", "eu", "ap", "au", "in", "jp", "sa", "global");
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.DOMAIN_DESCRIPTION, SimulatorError.DOMAIN_METADATA);

  private final DomainCertificates certificates;
  private Predicate<String> referenced = id -> false;

  ReservedDomains(Account account) {
    super(
        account,
        "reserved_domains",
        "rd",
        "reserved_domains",
        Set.of(
            "id",
            "created_at",
            "description",
            "metadata",
            "domain",
            "region",
            "cname_target",
            "certificate.id",
            "acme_challenge_cname_target"));
    this.certificates = new DomainCertificates(account);
  }

  /** Says which domains a cloud endpoint still names. */
  void referencedBy(Predicate<String> value) {
    this.referenced = value;
  }

  DomainCertificates certificates() {
    return certificates;
  }

  /** The most specific usable reservation for a host: the name itself or a wildcard above it. */
  Optional<Row> covering(String host) {
    Instant usable = account.now().minus(account.options().domainDelay());
    return table.all().stream()
        .filter(row -> !row.createdAt().isAfter(usable))
        .filter(row -> covers(row.text("domain"), host))
        .max(
            Comparator.comparing((Row row) -> row.text("domain").equals(host))
                .thenComparing(row -> row.text("domain").length()));
  }

  /** A wildcard endpoint needs the wildcard itself; any other host may be at any depth below. */
  private static boolean covers(String domain, String host) {
    if (domain.equals(host)) {
      return true;
    }
    return domain.startsWith("*.") && !host.startsWith("*.") && host.endsWith(domain.substring(1));
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("domain", "region", "description", "metadata", "certificate_id")
        .object("certificate_management_policy", CertificatePolicy.fields())
        .objectList("resolves_to", BodySpec.strings("value"));
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata", "certificate_id")
        .object("certificate_management_policy", CertificatePolicy.fields())
        .objectList("resolves_to", BodySpec.strings("value"));
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    String domain = DomainName.normalise(body.path("domain").asText(""));
    DomainName.check(domain);
    if (body.has("region") && !REGIONS.contains(body.get("region").asText())) {
      throw SimulatorError.DOMAIN_REGION.with(
          body.get("region").asText(), String.join(", ", REGIONS));
    }
    check(body, DomainName.isNgrokOwned(domain));
    if (table.any(row -> row.text("domain").equals(domain))) {
      throw SimulatorError.DOMAIN_EXISTS.with(domain);
    }
    account.requireRoom(path(), table.size(), SimulatorError.DOMAIN_LIMIT);
    ObjectNode fields = Json.object().put("domain", domain);
    apply(fields, body);
    boolean custom = !DomainName.isNgrokOwned(domain);
    if (custom) {
      fields.put("cname_target", cname());
      if (domain.startsWith("*.")) {
        fields.put("acme_challenge_cname_target", account.ids().label(17) + ".ngrok-cname.com");
      }
      if (!body.has("certificate_id") && !body.has("certificate_management_policy")) {
        fields.set("policy", CertificatePolicy.read(Json.object(), "ecdsa"));
      }
    }
    Row row = store(fields);
    certificates.started(row);
    return show(row, base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.isEmpty()) {
      throw SimulatorError.DOMAIN_EMPTY_UPDATE.with();
    }
    check(body, DomainName.isNgrokOwned(row.text("domain")));
    apply(row.fields(), body);
    if (body.has("certificate_management_policy")) {
      certificates.started(row);
    }
  }

  @Override
  void beforeDelete(Row row) {
    if (referenced.test(row.id())) {
      throw SimulatorError.DOMAIN_REFERENCED.with(row.text("domain"));
    }
  }

  @Override
  void afterDelete(Row row) {
    certificates.forget(row);
  }

  @Override
  void advance() {
    table.all().forEach(certificates::advance);
  }

  @Override
  void reset() {
    super.reset();
    certificates.reset();
  }

  @Override
  List<Route> routes() {
    List<Route> routes = super.routes();
    String one = "/" + path() + "/{id}";
    routes.add(Route.of("DELETE", one + "/certificate", this::detachCertificate).withId(prefix()));
    routes.add(
        Route.of("DELETE", one + "/certificate_management_policy", this::detachPolicy)
            .withId(prefix()));
    return routes;
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    view.put("domain", row.text("domain"));
    view.put("region", "");
    view.set("cname_target", row.fields().get("cname_target"));
    view.set("acme_challenge_cname_target", row.fields().get("acme_challenge_cname_target"));
    String certificate = row.text("certificate_id");
    view.set(
        "certificate",
        certificate.isEmpty()
            ? null
            : Json.ref(certificate, base + "/tls_certificates/" + certificate));
    view.set("certificate_management_policy", row.fields().get("policy"));
    view.set("certificate_management_status", certificates.status(row));
    JsonNode resolvesTo = row.fields().path("resolves_to");
    view.set("resolves_to", resolvesTo.isMissingNode() ? Json.array() : resolvesTo);
    view.put("is_dev", false);
    return view;
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    storeReference(fields, "certificate", "certificate_id");
    JsonNode policy = fields.remove("certificate_management_policy");
    if (policy != null && policy.isObject()) {
      fields.set("policy", policy);
    }
    return fields;
  }

  @Override
  void restore(ObjectNode shown) {
    super.restore(shown);
    certificates.restore(
        table.get(shown.get("id").asText()), shown.path("certificate_management_status"));
  }

  private void check(ObjectNode body, boolean ngrokOwned) {
    LIMITS.check(body);
    boolean certificate = !body.path("certificate_id").asText("").isEmpty();
    boolean policy = body.has("certificate_management_policy");
    if (certificate && policy) {
      throw SimulatorError.CERTIFICATE_TWICE.with();
    }
    if (certificate) {
      if (ngrokOwned) {
        throw SimulatorError.CERTIFICATE_ON_NGROK_DOMAIN.with();
      }
      Ids.requirePrefix(body.get("certificate_id").asText(), "cert");
    }
    if (policy && ngrokOwned) {
      throw SimulatorError.POLICY_ON_NGROK_DOMAIN.with();
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode entry : body.path("resolves_to")) {
      String value = entry.path("value").asText("");
      if (!POPS.contains(value)) {
        throw SimulatorError.DOMAIN_REGION.with(value, String.join(", ", POPS));
      }
      if (!seen.add(value)) {
        throw SimulatorError.REGION_REPEATED.with(value);
      }
    }
  }

  private static void apply(ObjectNode fields, ObjectNode body) {
    for (String name : List.of("description", "metadata", "resolves_to", "certificate_id")) {
      if (body.has(name)) {
        fields.set(name, body.get(name));
      }
    }
    if (body.has("certificate_management_policy")) {
      fields.set(
          "policy", CertificatePolicy.read(body.get("certificate_management_policy"), "ecdsa"));
      fields.remove("certificate_id");
    } else if (!body.path("certificate_id").asText("").isEmpty()) {
      fields.remove("policy");
    }
  }

  private String cname() {
    return account.ids().label(19) + "." + account.ids().label(17) + ".ngrok-cname.com";
  }

  private ApiResponse detachCertificate(ApiRequest request) {
    Row row = table.get(request.id());
    if (row.fields().has("policy")) {
      throw SimulatorError.CERTIFICATE_MANAGED.with();
    }
    row.fields().remove("certificate_id");
    return ApiResponse.noContent();
  }

  private ApiResponse detachPolicy(ApiRequest request) {
    Row row = table.get(request.id());
    row.fields().remove("policy");
    row.fields().remove("certificate_id");
    certificates.forget(row);
    return ApiResponse.noContent();
  }
}
