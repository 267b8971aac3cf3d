package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reserved domains with the life of their managed certificates. */
final class ReservedDomains extends WritableResource {
  private static final List<String> REGIONS = List.of("au", "eu", "ap", "us", "jp", "in", "sa");

  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.DOMAIN_DESCRIPTION, SimulatorError.DOMAIN_METADATA);

  private final TlsCertificates uploads;
  private final DomainCertificates certificates;
  private Predicate<String> referenced = id -> false;

  ReservedDomains(Account account, TlsCertificates uploads, CertificateIssuer issuer) {
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
    account.holding(domain -> table.any(row -> row.text("domain").equals(domain)));
    this.uploads = uploads;
    this.certificates = new DomainCertificates(account, uploads, issuer);
    uploads.gone(
        id ->
            table.all().stream()
                .filter(row -> row.text("certificate_id").equals(id))
                .forEach(row -> row.fields().remove("certificate_id")));
  }

  /** Sets the check for domains that a cloud endpoint still names. */
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

  /** A wildcard endpoint needs the wildcard itself. Any other host may be at any depth below it. */
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
    String region = body.path("region").asText("");
    if (!region.isEmpty() && !REGIONS.contains(region)) {
      throw SimulatorError.DOMAIN_REGION.with(region, String.join(", ", REGIONS));
    }
    check(body, DomainName.isNgrokOwned(domain), "");
    if (table.any(row -> row.text("domain").equals(domain))) {
      throw SimulatorError.DOMAIN_EXISTS.with(domain);
    }
    if (account.others().anyMatch(other -> other.holds(domain))) {
      throw SimulatorError.DOMAIN_ELSEWHERE.with(domain);
    }
    account.requireRoom(path(), table.size(), SimulatorError.DOMAIN_LIMIT);
    ObjectNode fields = Json.object().put("domain", domain);
    describe(fields, body);
    boolean custom = !DomainName.isNgrokOwned(domain);
    if (custom) {
      fields.put("cname_target", cname());
      if (domain.startsWith("*.")) {
        fields.put("acme_challenge_cname_target", account.ids().label(17) + ".ngrok-cname.com");
      }
    }
    Row row = store(fields);
    if (custom && body.path("certificate_id").asText("").isEmpty()) {
      manage(row, body.path("certificate_management_policy"));
    } else {
      attach(row, body.path("certificate_id").asText(""));
    }
    return show(row, base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.isEmpty()) {
      throw SimulatorError.DOMAIN_EMPTY_UPDATE.with();
    }
    check(body, DomainName.isNgrokOwned(row.text("domain")), row.text("certificate_id"));
    describe(row.fields(), body);
    if (body.has("certificate_management_policy")) {
      manage(row, body.get("certificate_management_policy"));
    } else if (body.has("certificate_id")) {
      attach(row, body.get("certificate_id").asText());
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
    release(row);
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
    if (!row.fields().path("resolves_to").isEmpty()) {
      view.set("resolves_to", row.fields().get("resolves_to"));
    }
    return view.put("is_dev", false);
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

  /**
   * The attached certificate may be sent beside a policy, because clients send back what they read.
   */
  private void check(ObjectNode body, boolean ngrokOwned, String attached) {
    LIMITS.check(body);
    String wanted = body.path("certificate_id").asText("");
    boolean certificate = !wanted.isEmpty() && !wanted.equals(attached);
    boolean policy = body.has("certificate_management_policy");
    if (certificate && policy) {
      throw SimulatorError.CERTIFICATE_TWICE.with();
    }
    if (certificate) {
      if (ngrokOwned) {
        throw SimulatorError.CERTIFICATE_ON_NGROK_DOMAIN.with();
      }
      Ids.requirePrefix(wanted, uploads.prefix());
      if (!uploads.exists(wanted)) {
        throw SimulatorError.CERTIFICATE_ABSENT.with(wanted);
      }
    }
    if (policy && ngrokOwned) {
      throw SimulatorError.POLICY_ON_NGROK_DOMAIN.with();
    }
    CertificatePolicy.read(body.path("certificate_management_policy"), "ecdsa");
    DomainResolvers.check(body.path("resolves_to"));
  }

  private static void describe(ObjectNode fields, ObjectNode body) {
    for (String name : List.of("description", "metadata", "resolves_to")) {
      if (body.has(name)) {
        fields.set(name, body.get(name));
      }
    }
  }

  /** Makes the certificate managed. The present policy changes nothing. */
  private void manage(Row row, JsonNode given) {
    String keyType = row.fields().path("policy").path("private_key_type").asText("ecdsa");
    ObjectNode policy = CertificatePolicy.read(given, keyType);
    if (!policy.equals(row.fields().get("policy"))) {
      release(row);
      row.fields().set("policy", policy);
      certificates.started(row);
    }
  }

  /** Uses an uploaded certificate, or none. The present one changes nothing. */
  private void attach(Row row, String certificate) {
    if (certificate.isEmpty() ? row.fields().has("policy") : isAttached(row, certificate)) {
      return;
    }
    release(row);
    if (!certificate.isEmpty()) {
      row.fields().put("certificate_id", certificate);
    }
  }

  private static boolean isAttached(Row row, String certificate) {
    return row.text("certificate_id").equals(certificate);
  }

  /** Removes policy and certificate. A certificate that was issued for the domain is deleted. */
  private void release(Row row) {
    certificates.forget(row);
    row.fields().remove("policy");
    uploads.withdraw(row.text("certificate_id"));
    row.fields().remove("certificate_id");
  }

  private String cname() {
    return account.ids().label(19) + "." + account.ids().label(17) + ".ngrok-cname.com";
  }

  private ApiResponse detachCertificate(ApiRequest request) {
    Row row = table.get(request.id());
    if (row.fields().has("policy")) {
      throw SimulatorError.CERTIFICATE_MANAGED.with();
    }
    release(row);
    return ApiResponse.noContent();
  }

  private ApiResponse detachPolicy(ApiRequest request) {
    release(table.get(request.id()));
    return ApiResponse.noContent();
  }
}
