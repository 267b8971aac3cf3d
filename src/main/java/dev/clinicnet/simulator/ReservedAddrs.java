package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reserved TCP addresses. A released address never comes back (documented). */
final class ReservedAddrs extends WritableResource {
  private static final List<String> REGIONS = List.of("au", "eu", "ap", "us", "jp", "in", "sa");
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.ADDRESS_DESCRIPTION, SimulatorError.ADDRESS_METADATA);
  private static final int FIRST_PORT = 20000;
  private static final int PORTS = 10000;
  private static final Pattern ADDRESS =
      Pattern.compile("(\\d{1,4})\\.tcp\\..*ngrok\\.io:(\\d{5})");

  /** The next number. It survives deletions and resets, so that no address is given out twice. */
  private final Map<String, Integer> given = new HashMap<>();

  ReservedAddrs(Account account) {
    super(
        account,
        "reserved_addrs",
        "ra",
        "reserved_addrs",
        Set.of("id", "created_at", "description", "metadata", "addr", "region"));
  }

  Optional<Row> at(String hostport) {
    return table.all().stream().filter(row -> row.text("addr").equals(hostport)).findFirst();
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "region");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    LIMITS.check(body);
    String given = body.path("region").asText("");
    String region = given.isEmpty() ? "us" : given;
    if (!REGIONS.contains(region)) {
      throw SimulatorError.ADDRESS_REGION.with(region, String.join(", ", REGIONS));
    }
    account.requireRoom(path(), table.size(), SimulatorError.ADDRESS_LIMIT);
    ObjectNode fields = body.deepCopy();
    fields.put("region", region).put("addr", nextAddress(region));
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    if (body.isEmpty()) {
      throw SimulatorError.ADDRESS_EMPTY_UPDATE.with();
    }
    LIMITS.check(body);
    merge(row, body);
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata");
    return view.put("addr", row.text("addr")).put("region", row.text("region"));
  }

  @Override
  void restore(ObjectNode shown) {
    super.restore(shown);
    Matcher address = ADDRESS.matcher(shown.path("addr").asText());
    if (!address.matches()) {
      throw new IllegalArgumentException("'" + shown.path("addr").asText() + "' is no TCP address");
    }
    int number =
        (Integer.parseInt(address.group(1)) - 1) * PORTS
            + Integer.parseInt(address.group(2))
            - FIRST_PORT
            - account.number() * PORTS;
    given.merge(shown.path("region").asText("us"), number + 1, Math::max);
  }

  private String nextAddress(String region) {
    int number = account.number() * PORTS + given.merge(region, 1, Integer::sum) - 1;
    String zone = region.equals("us") ? "tcp.ngrok.io" : "tcp." + region + ".ngrok.io";
    return (1 + number / PORTS) + "." + zone + ":" + (FIRST_PORT + number % PORTS);
  }
}
