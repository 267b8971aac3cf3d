package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.ngrok.Endpoint;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a service listens at its site. The account knows it only while an agent is online, by the
 * {@code upstream_url} of the agent's endpoint (documented in ngrok's API reference).
 *
 * @param url an upstream that a manifest may have
 * @param protocol {@code http2}; null for the default
 * @param gap what a person must fill in, as a sentence; empty when the account says all
 */
record Upstreams(String url, String protocol, Optional<String> gap) {
  /** A host that never exists (RFC 2606), so that nobody takes it for a real one. */
  static final String UNKNOWN_HOST = "fill-in.invalid";

  private static final Pattern URL =
      Pattern.compile(
          "(http|https|tcp|tls)://([a-zA-Z0-9_]([-a-zA-Z0-9_.]*[a-zA-Z0-9_])?|\\[[0-9a-fA-F:.]+\\])"
              + "(:[0-9]{1,5})?");

  /**
   * The upstream behind an internal URL.
   *
   * @param bound the endpoint of an agent there; empty when none is online
   */
  static Upstreams of(String internalURL, Optional<Endpoint> bound) {
    boolean http = internalURL.startsWith("http");
    String listed = bound.map(Endpoint::upstreamUrl).orElse(null);
    if (listed == null || listed.isBlank()) {
      return unknown(
          internalURL,
          http,
          bound.isEmpty()
              ? "no agent is online at " + internalURL
              : "ngrok does not show the upstream of the agent's endpoint " + internalURL);
    }
    String url = complete(listed.strip(), http);
    boolean fits =
        URL.matcher(url).matches()
            && url.startsWith("http") == http
            && (http || url.matches(".*:[0-9]+"));
    if (!fits) {
      return unknown(
          internalURL, http, "the agent forwards to " + listed + ", which a manifest cannot hold");
    }
    boolean second = "http2".equals(bound.get().upstreamProtocol());
    return new Upstreams(url, http && second ? "http2" : null, Optional.empty());
  }

  /** A port, or a host and a port, may stand for a URL (documented for the agent). */
  private static String complete(String listed, boolean http) {
    String plain = listed.endsWith("/") ? listed.substring(0, listed.length() - 1) : listed;
    String scheme = http ? "http://" : "tcp://";
    if (plain.matches("[0-9]{1,5}")) {
      return scheme + "localhost:" + plain;
    }
    return plain.contains("://") ? plain : scheme + plain;
  }

  private static Upstreams unknown(String internalURL, boolean http, String why) {
    String port = internalURL.replaceFirst("^.*?://[^:]*:?", "");
    return new Upstreams(
        http
            ? "http://" + UNKNOWN_HOST + ":80"
            : "tcp://" + UNKNOWN_HOST + ":" + (port.isEmpty() ? "443" : port),
        null,
        Optional.of(
            "spec.upstream.url is not known, because "
                + why
                + ": write where the service listens"));
  }
}
