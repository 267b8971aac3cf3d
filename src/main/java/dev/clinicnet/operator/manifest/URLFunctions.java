package dev.clinicnet.operator.manifest;

import dev.cel.runtime.CelFunctionOverload;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions on absolute URLs, and on absolute paths. */
final class URLFunctions {
  private URLFunctions() {}

  static void declare(KubernetesLibrary library) {
    library.global("isURL", String.class, Boolean.class, args -> parse(args[0]).isPresent());
    library.global(
        "url",
        String.class,
        Object.class,
        args ->
            parse(args[0])
                .orElseThrow(() -> new IllegalArgumentException("URL parse error: " + args[0])));
    getter(library, "getScheme", args -> known(url(args).getScheme()));
    getter(library, "getHost", args -> known(hostWithPort(url(args))));
    getter(library, "getHostname", args -> known(bare(url(args).getHost())));
    getter(library, "getPort", args -> port(url(args)));
    getter(library, "getEscapedPath", args -> known(url(args).getRawPath()));
    library.member("getQuery", URI.class, Object.class, args -> query(url(args)));
  }

  private static void getter(KubernetesLibrary library, String name, CelFunctionOverload code) {
    library.member(name, URI.class, String.class, code);
  }

  private static URI url(Object[] arguments) {
    return (URI) arguments[0];
  }

  private static String known(String part) {
    return part == null ? "" : part;
  }

  private static String port(URI url) {
    return url.getPort() < 0 ? "" : Integer.toString(url.getPort());
  }

  private static Optional<URI> parse(Object text) {
    try {
      URI url = new URI((String) text);
      boolean isPath = url.getScheme() == null && text.toString().startsWith("/");
      return Optional.of(url).filter(u -> isPath || u.isAbsolute());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String hostWithPort(URI url) {
    String host = url.getHost();
    return host == null || url.getPort() < 0 ? host : host + ":" + url.getPort();
  }

  private static String bare(String host) {
    return host == null ? null : host.replaceAll("^\\[|\\]$", "");
  }

  private static Map<String, List<String>> query(URI url) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (url.getQuery() != null) {
      for (String pair : url.getQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query
            .computeIfAbsent(parts[0], key -> new ArrayList<>())
            .add(parts.length > 1 ? parts[1] : "");
      }
    }
    return query;
  }
}
