package dev.clinicnet.operator.it.trust;

import dev.clinicnet.testkit.Site;
import java.util.List;

/**
 * An attempt of an editor of one namespace on the Clinic {@code one} of another namespace.
 *
 * @param what a description for people
 * @param yaml the manifests
 * @param refused a word of the API server's refusal; null if it admits the manifests
 * @param condition the reason that one of them then has; null if it may be Ready, because it
 *     reaches nothing of others
 */
record HostileManifest(String what, String yaml, String refused, String condition) {
  private static final String LONG = "n".repeat(40);
  private static final String LOOK_ALIKE = "\u043ene.internal";

  @Override
  public String toString() {
    return what;
  }

  /** Every case; {@code %s} in a manifest is the other namespace. */
  static List<HostileManifest> all() {
    return List.of(
        let("the same internal domain", clinic("b", "one.internal"), "InternalDomainConflict"),
        let("one under it", clinic("b", "x.one.internal"), "InternalDomainConflict"),
        let("one over it", clinic("b", "b.internal"), null),
        refused("the top of all", clinic("b", "internal"), "internalDomain"),
        refused("in upper case", clinic("b", "ONE.internal"), "internalDomain"),
        refused("with a trailing dot", clinic("b", "'one.internal.'"), "internalDomain"),
        refused("with an empty label", clinic("b", "'one..internal'"), "internalDomain"),
        refused("a wildcard", clinic("b", "'*.internal'"), "internalDomain"),
        refused("a letter that looks alike", clinic("b", LOOK_ALIKE), "internalDomain"),
        refused("with a line break", clinic("b", "\"one.internal\\n\""), "internalDomain"),
        let("a suffix without a dot", clinic("b", "xone.internal"), null),
        let("its internal domain in the middle", clinic("b", "one.b.internal"), null),
        let("its host", api("b", "one.api.example.com"), "HostConflict"),
        refused("its host in upper case", api("b", "ONE.api.example.com"), "host"),
        refused("its host with a trailing dot", api("b", "'one.api.example.com.'"), "host"),
        refused("its host with a port", api("b", "'one.api.example.com:443'"), "host"),
        refused("its host with a space", api("b", "'one.api.example.com '"), "host"),
        refused(
            "its host with a letter that looks alike",
            api("b", "\u043ene.api.example.com"),
            "host"),
        let("a host two labels below", api("b", "a.one.api.example.com"), "HostNotCovered"),
        let("the host of its own domain", api("b", "one.example.org"), "HostNotCovered"),
        let(
            "its own domain",
            Site.clinicWithDomains("b", "[{name: one.example.org}]"),
            "DomainConflict"),
        let(
            "its own domain as a shared one",
            Site.clinicWithDomains("b", "[{name: one.example.org, shared: true}]"),
            "DomainConflict"),
        let(
            "the shared wildcard for itself",
            Site.clinicWithDomains("b", "[{name: '*.api.example.com'}]"),
            "DomainConflict"),
        let("its Clinic by name", Site.service("s", "one", "http://10.0.0.1:80"), "ClinicNotFound"),
        refused(
            "its Clinic by a path",
            Site.service("s", "\"%s/one\"", "http://10.0.0.1:80"),
            "clinicRef"),
        refused(
            "its Clinic by a namespace",
            Site.service("s", "{name: one, namespace: '%s'}", "http://10.0.0.1:80")
                .replace("{name: {", "{")
                .replace("}}\n  upstream", "}\n  upstream"),
            "namespace"),
        let(
            "an internal URL in its domain",
            Site.withClinic(
                "b",
                Site.service(
                    "s", "b", "http://10.0.0.1:80", "internalURL: https://s.one.internal")),
            "Invalid"),
        let(
            "a raw forward to its domain",
            Site.withClinic(
                "b",
                raw(
                    "[{actions: [{type: forward-internal, config: {url: 'https://one-api.one.internal'}}]}]")),
            "Invalid"),
        let(
            "a raw rule that reads its secret",
            Site.withClinic(
                "b",
                raw(
                    "[{actions: [{type: add-headers, config: {headers: {x-a: \"${secrets.get('clinicnet_i',"
                        + " 'one/db/x')}\"}}}]}]")),
            "Invalid"),
        let(
            "a Secret of another namespace",
            api("b", "b.api.example.com", "access: {basicAuth: {secretRef: {name: one-site-kit}}}"),
            "ReferenceNotFound"),
        refused(
            "a Secret by a path",
            api(
                "b",
                "b.api.example.com",
                "access: {basicAuth: {secretRef: {name: '%s/one-site-kit'}}}"),
            "secretRef"),
        let(
            "the site kit of a neighbour in the same namespace",
            Site.clinicWithDomains("b", "[]", "agent: {siteKit: {secretName: mine}}")
                + "---\n"
                + Site.clinicWithDomains("c", "[]", "agent: {siteKit: {secretName: mine}}"),
            "SiteKitSecretConflict"),
        refused(
            "a Secret of another namespace as site kit",
            Site.clinicWithDomains("b", "[]", "agent: {siteKit: {secretName: '%s/one-site-kit'}}"),
            "secretName"),
        let(
            "its agent API",
            Site.sharing("b", "agent: {api: {host: one.api.example.com}}"),
            "HostConflict"),
        refused(
            "a name that is too long", Site.clinicWithDomains("b" + LONG, "[]"), "metadata.name"),
        let(
            "two of the longest names that differ at the end",
            Site.clinicWithDomains(LONG.substring(1) + "1", "[]")
                + "---\n"
                + Site.clinicWithDomains(LONG.substring(1) + "2", "[]"),
            null),
        refused("a name with a dot", Site.clinicWithDomains("one.internal", "[]"), "metadata.name"),
        refused("a host that is CEL", api("b", "\"b') || true || req.host == ('\""), "host"),
        refused(
            "a path that is CEL",
            api("b", "b.api.example.com").replace("[/api]", "[\"/api') || true || ('\"]"),
            "paths"),
        refused(
            "too many paths",
            api("b", "b.api.example.com").replace("[/api]", "[" + "/a,".repeat(5000) + "/b]"),
            "paths"),
        refused(
            "a display name of a megabyte",
            Site.clinicWithDomains("b", "[]", "displayName: " + "x".repeat(1_000_000)),
            "displayName"),
        refused(
            "a policy of many rules",
            Site.withClinic(
                "b",
                raw(
                    "["
                        + "{actions: [{type: deny}]},".repeat(3000)
                        + "{actions: [{type: deny}]}]")),
            "trafficPolicy"));
  }

  private static HostileManifest refused(String what, String yaml, String word) {
    return new HostileManifest(what, yaml, word, null);
  }

  private static HostileManifest let(String what, String yaml, String condition) {
    return new HostileManifest(what, yaml, null, condition);
  }

  private static String clinic(String name, String internalDomain) {
    return Site.clinicWithDomains(name, "[]", "internalDomain: " + internalDomain);
  }

  /** A service behind the shared wildcard, with its Clinic. */
  private static String api(String clinic, String host, String... spec) {
    return Site.withClinic(clinic, Site.https("s", clinic, host, spec));
  }

  private static String raw(String rules) {
    return Site.https(
        "s", "b", "b.api.example.com", "trafficPolicy: {on_http_request: " + rules + "}");
  }
}
