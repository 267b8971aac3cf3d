package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.Problem;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Files that were read and checked.
 *
 * @param documents every object, including foreign kinds
 * @param problems the problems, in the order of the files
 */
public record LintedFiles(List<Document> documents, List<Problem> problems) {

  public LintedFiles {
    documents = List.copyOf(documents);
    problems = List.copyOf(problems);
  }

  /**
   * Reads and checks files.
   *
   * @param files names of files and directories, and {@code -}
   * @param namespace the namespace of objects that name none
   * @param command the command that got the names
   * @throws ParameterException for a name that no file can have
   */
  public static LintedFiles of(
      List<String> files, String namespace, InputStream standardInput, CommandLine command) {
    Sources sources = new Sources(namespace, standardInput);
    for (String file : files) {
      try {
        sources.read(file);
      } catch (InvalidPathException e) {
        throw new ParameterException(command, "No file can be called that: " + file, e);
      }
    }
    List<Problem> problems = new ArrayList<>(sources.problems());
    problems.addAll(Lint.check(sources.documents()));
    return new LintedFiles(sources.documents(), Lint.inOrder(problems, sources.files()));
  }

  /** The same files, with every warning as an error. */
  public LintedFiles strict() {
    return new LintedFiles(documents, problems.stream().map(Problem::asError).toList());
  }

  /** The same files, with some of the problems. */
  public LintedFiles only(Predicate<Problem> told) {
    return new LintedFiles(documents, problems.stream().filter(told).toList());
  }

  /** Whether the API server or the operator would refuse any of it. */
  public boolean haveErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** The problems for people. */
  public String text() {
    return HumanOutput.text(findings());
  }

  /** The problems for programs. */
  public String json() {
    return JSONOutput.text(findings());
  }

  Findings findings() {
    return new Findings(problems, documents.size());
  }
}
