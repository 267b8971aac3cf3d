package dev.clinicnet.operator.api.schema;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of the corpus, {@code <kind>/<field>/<valid|invalid>-<what>.yaml}. One document is
 * created; of two the first is created and then changed to the second. In an invalid case the last
 * step is refused, with what {@code # expect:} says, by the constraint that {@code # covers:}
 * names. A document's status is written to the status subresource.
 */
public record CorpusCase(
    String kind,
    String name,
    List<GenericKubernetesResource> documents,
    String expect,
    String covers) {

  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Whether every step is accepted. */
  public boolean valid() {
    return Path.of(name).getFileName().toString().startsWith("valid-");
  }

  /** The field that the API server names in its refusal, without indexes. */
  public String blamedField() {
    String path = covers.split(" ", 2)[0];
    if (path.equals(".")) {
      return "<nil>";
    }
    return covers.endsWith(" unique") ? path + "[]" : path;
  }

  /** The file of the case. */
  public Path file() {
    return CORPUS.resolve(name);
  }

  /** All cases. */
  public static List<CorpusCase> all() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(Files::isRegularFile).sorted().map(CorpusCase::read).toList();
    }
  }

  private static CorpusCase read(Path file) {
    Path relative = CORPUS.relativize(file);
    try (MappingIterator<GenericKubernetesResource> documents =
        YAML.readerFor(GenericKubernetesResource.class).readValues(file.toFile())) {
      List<String> lines = Files.readAllLines(file);
      return new CorpusCase(
          relative.getName(0).toString(),
          relative.toString(),
          documents.readAll(),
          comment(lines, "# expect: "),
          comment(lines, "# covers: "));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static String comment(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public String toString() {
    return name;
  }
}
