package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Position;
import dev.clinicnet.operator.manifest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the files that a command names. */
final class Sources {
  /** The name that stands for standard input. */
  static final String STANDARD_INPUT = "-";

  private static final String FORM = ".*\\.(yaml|yml|json)";

  private final ManifestReader reader;
  private final InputStream standardInput;
  private final List<String> files = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Path> read = new LinkedHashSet<>();

  Sources(String defaultNamespace, InputStream standardInput) {
    this.reader = new ManifestReader(defaultNamespace);
    this.standardInput = standardInput;
  }

  /** The files that were read, in order. */
  List<String> files() {
    return files;
  }

  List<Document> documents() {
    return documents;
  }

  /** The problems of what could not be read. */
  List<Problem> problems() {
    return problems;
  }

  /** Reads a file, a directory or standard input. */
  void read(String name) {
    if (name.equals(STANDARD_INPUT)) {
      requireObjects(name, add(name, standardInput::readAllBytes));
      return;
    }
    Path path = Path.of(name);
    if (!Files.isDirectory(path)) {
      requireObjects(name, addOnce(path));
      return;
    }
    try {
      List<Path> found = manifests(path);
      if (found.isEmpty()) {
        files.add(name);
        refuse(name, "holds no *.yaml, *.yml or *.json");
      } else {
        // If there are several files, one of them may hold only comments.
        requireObjects(name, found.stream().filter(this::addOnce).count() > 0);
      }
    } catch (IOException | UncheckedIOException e) {
      files.add(name);
      refuse(name, "cannot be read: " + reason(e));
    }
  }

  private void requireObjects(String name, boolean found) {
    if (!found) {
      files.add(name);
      refuse(name, "holds no object: was it written, or another file meant?");
    }
  }

  /** The files below a directory, except hidden files and directories. */
  private static List<Path> manifests(Path directory) throws IOException {
    try (Stream<Path> below = Files.walk(directory)) {
      return below
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(FORM))
          .filter(file -> !isHidden(directory.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** Whether the file has content, or had content when it was read before. */
  private boolean addOnce(Path file) {
    return !read.add(file.toAbsolutePath().normalize())
        || add(file.toString(), () -> Files.readAllBytes(file));
  }

  private interface Bytes {
    byte[] read() throws IOException;
  }

  /** Whether there is content, even if it cannot be read. */
  private boolean add(String file, Bytes bytes) {
    files.add(file);
    int before = documents.size() + problems.size();
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.read())).toString();
      ManifestReader.Reading reading = reader.read(file, text);
      documents.addAll(reading.documents());
      problems.addAll(reading.problems());
    } catch (CharacterCodingException e) {
      refuse(file, "is not UTF-8");
    } catch (IOException e) {
      refuse(file, "cannot be read: " + reason(e));
    }
    return documents.size() + problems.size() > before;
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return cause instanceof AccessDeniedException ? "access denied" : cause.getMessage();
  }

  private void refuse(String file, String words) {
    problems.add(Problem.ofFile(Position.startOf(file), words));
  }
}
