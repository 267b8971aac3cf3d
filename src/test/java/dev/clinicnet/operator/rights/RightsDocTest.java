package dev.clinicnet.operator.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} lists what {@code deploy} grants, and says what for. */
class RightsDocTest {
  private static final String BEGIN = "<!-- rights: checked by RightsDocTest -->\n";
  private static final String END = "<!-- /rights -->";

  @Test
  void theTableIsWhatDeployBaseGrants() throws IOException {
    Map<String, List<String>> granted = new LinkedHashMap<>();
    for (Right right : GrantedRights.ofAll()) {
      String where =
          switch (right.role()) {
            case "ClusterRole" -> "everywhere";
            case "Role" -> "its own namespace";
            case GrantedRights.FLEET_PAGE -> "everywhere, with `--fleet-page-port`";
            default -> "everywhere, with `--dns-endpoints`";
          };
      granted
          .computeIfAbsent("`" + right.object() + "` | " + where, key -> new ArrayList<>())
          .add(right.verb());
    }

    Map<String, List<String>> documented = new LinkedHashMap<>();
    for (String row : rows()) {
      String[] cells = row.split(" \\| ", -1);
      assertThat(cells).as(row).hasSize(4);
      assertThat(cells[3]).as("what it is for: " + row).isNotBlank();
      documented.put(
          cells[0].substring(2) + " | " + cells[1], Arrays.stream(cells[2].split(", ")).toList());
    }

    assertThat(documented).containsExactlyEntriesOf(granted);
  }

  private static List<String> rows() throws IOException {
    String doc = Files.readString(Path.of("docs/security.md"));
    return doc.substring(doc.indexOf(BEGIN) + BEGIN.length(), doc.indexOf(END))
        .lines()
        .skip(2)
        .toList();
  }
}
