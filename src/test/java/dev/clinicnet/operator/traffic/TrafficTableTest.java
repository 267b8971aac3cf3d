package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.traffic.TrafficTable.Block;
import dev.clinicnet.operator.traffic.TrafficTable.Row;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table says what it seems to say, and speaks of every service and of the whole order. */
class TrafficTableTest {
  private static final String HEAD =
      """
      ## web

      | from | certificate | identity | request | at | expected | order | why |
      |------|-------------|----------|---------|---:|----------|-------|-----|
      """;

  @Test
  void everyServiceIsAskedAndEveryHeadingIsAService() {
    // Given
    List<Block> blocks = TrafficTable.blocks();
    // When
    Set<String> asked = blocks.stream().map(Block::service).collect(Collectors.toSet());
    // Then
    assertThat(asked).isEqualTo(PublishedService.all().keySet());
    assertThat(blocks.stream().mapToInt(block -> block.rows().size()).sum()).isGreaterThan(200);
  }

  @Test
  void everyFieldOfAccessIsInSomeService() {
    // When
    Set<String> written = new TreeSet<>();
    PublishedService.manifests().forEach(manifest -> add(manifest.at("/spec/access"), "", written));
    // Then
    assertThat(written).containsExactlyElementsOf(new TreeSet<>(fields(Access.class, "")));
  }

  private static List<String> fields(Class<?> type, String path) {
    if (!type.isRecord()) {
      return List.of(path);
    }
    return Arrays.stream(type.getRecordComponents())
        .flatMap(field -> fields(held(field), path + "." + field.getName()).stream())
        .toList();
  }

  private static Class<?> held(RecordComponent field) {
    return field.getGenericType() instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : field.getType();
  }

  private static void add(JsonNode node, String path, Set<String> paths) {
    if (node.isObject()) {
      node.properties().forEach(each -> add(each.getValue(), path + "." + each.getKey(), paths));
    } else if (node.isArray()) {
      node.forEach(each -> add(each, path, paths));
    } else if (!node.isMissingNode()) {
      paths.add(path);
    }
  }

  @Test
  void everyPairOfNeighboursIsMarked() {
    // When
    Set<Integer> marked =
        TrafficTable.blocks().stream()
            .flatMap(block -> block.rows().stream())
            .map(Row::order)
            .flatMap(Optional::stream)
            .map(StagePair::first)
            .collect(Collectors.toCollection(TreeSet::new));
    // Then
    assertThat(marked)
        .containsExactlyElementsOf(IntStream.range(1, StagePair.STAGES.size()).boxed().toList());
  }

  @Test
  void aRowIsReadAsItStands() {
    // When
    Row row =
        TrafficTable.read(HEAD + "| ::1 | staff | google:a@b.c | GET /x?y | 7 | 404 | 3/4 | so |\n")
            .get(0)
            .rows()
            .get(0);
    // Then
    assertThat(row)
        .isEqualTo(
            new Row(
                5,
                new Attempt(
                    "::1", Shown.STAFF, new Credential.User("google", "a@b.c"), "GET", "/x?y", 7),
                Outcome.NOT_FOUND,
                Optional.of(new StagePair(3)),
                "so"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| web | none | none | GET / | 0 | 200 | | so |",
        "| ::1 | nobody | none | GET / | 0 | 200 | | so |",
        "| ::1 | none | jwt:nice | GET / | 0 | 200 | | so |",
        "| ::1 | none | google:ann | GET / | 0 | 200 | | so |",
        "| ::1 | none | basic:ann | GET / | 0 | 200 | | so |",
        "| ::1 | none | none | get / | 0 | 200 | | so |",
        "| ::1 | none | none | GET | 0 | 200 | | so |",
        "| ::1 | none | none | GET / | -1 | 200 | | so |",
        "| ::1 | none | none | GET / | 0 | 201 | | so |",
        "| ::1 | none | none | GET / | 0 | something else | | so |",
        "| ::1 | none | none | GET / | 0 | | | so |",
        "| ::1 | none | none | GET / | 0 | 200 | 1/3 | so |",
        "| ::1 | none | none | GET / | 0 | 200 | 8/7 | so |",
        "| ::1 | none | none | GET / | 0 | 200 | | |",
        "| ::1 | none | none | GET / | 0 | 200 | so |",
        "| ::1 | none | none | GET / | 0 | 200 | | so | more |",
        "| ::1 | none | none | GET / | 0 | 200 | | so",
        " | ::1 | none | none | GET / | 0 | 200 | | so |",
        "words",
        "### web",
        "",
      })
  void whatIsNotUnderstoodIsRefused(String line) {
    assertThatThrownBy(() -> TrafficTable.read(HEAD + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(line.isEmpty() ? "nothing is asked" : "line 5: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| from | certificate | identity | request | at | expected | order | whence |",
        "| from | certificate | identity | request | at | expected | why |",
        "| certificate | from | identity | request | at | expected | order | why |"
      })
  void otherColumnsAreRefused(String columns) {
    assertThatThrownBy(() -> TrafficTable.read("## web\n\n" + columns + "\n"))
        .hasMessageStartingWith("line 3: the columns are");
  }

  @Test
  void aRowBeforeAnyServiceIsRefused() {
    assertThatThrownBy(() -> TrafficTable.read(HEAD.substring("## web\n\n".length())))
        .hasMessage("line 1: a row without a service");
  }

  @Test
  void timeGoesOn() {
    String row = "| ::1 | none | none | GET / | %d | 200 | | so |\n";
    assertThatThrownBy(() -> TrafficTable.read(HEAD + row.formatted(5) + row.formatted(4)))
        .hasMessage("line 6: time does not go back");
  }
}
