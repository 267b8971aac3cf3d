package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a policy that is in force at the platform forwards to. The policy may come from anybody.
 */
public final class LiveForwards {
  private static final String REQUEST = "http-request";
  private static final Pattern INTERNAL =
      Pattern.compile("\\.internal\\b", Pattern.CASE_INSENSITIVE);

  private LiveForwards() {}

  /**
   * The URLs that a policy forwards to, and the internal ones that it sends requests to.
   *
   * @param policy as the platform lists it; null for none. For a policy that cannot be read, the
   *     result is empty
   */
  public static List<String> of(String policy) {
    List<String> urls = new ArrayList<>();
    if (policy != null) {
      PolicyText.read(policy).ifPresent(tree -> collect(tree, urls));
    }
    return List.copyOf(urls);
  }

  private static void collect(JsonNode node, List<String> urls) {
    String type = node.path("type").asText();
    String url = node.path("config").path("url").asText();
    if (Action.FORWARD.equalsIgnoreCase(type)
        || (REQUEST.equalsIgnoreCase(type) && isInternal(url))) {
      urls.add(url);
    }
    node.forEach(child -> collect(child, urls));
  }

  private static boolean isInternal(String url) {
    return INTERNAL.matcher(url).find();
  }
}
