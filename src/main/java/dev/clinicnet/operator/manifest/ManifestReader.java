package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML and JSON as kubectl does: several documents to a text, and Lists of objects. */
public final class ManifestReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(YamlTree.schema())
          .setAllowDuplicateKeys(true)
          .setAllowRecursiveKeys(true)
          .setCodePointLimit(Integer.MAX_VALUE)
          .build();

  private final String defaultNamespace;

  /** A reader that puts objects without a namespace into this one. */
  public ManifestReader(String defaultNamespace) {
    this.defaultNamespace = defaultNamespace;
  }

  /**
   * What a text holds.
   *
   * @param problems why no more could be read
   */
  public record Reading(List<Document> documents, List<Problem> problems) {
    public Reading {
      documents = List.copyOf(documents);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a text up to its first syntax error.
   *
   * @param file what problems call it
   */
  public Reading read(String file, String text) {
    List<Document> documents = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try {
      for (Node root : trees(file, text)) {
        add(root, documents, problems);
      }
    } catch (PartlyRead e) {
      e.before.forEach(root -> add(root, documents, problems));
      problems.add(Problem.ofFile(e.position, e.getMessage()));
    }
    return new Reading(documents, problems);
  }

  private void add(Node root, List<Document> documents, List<Problem> problems) {
    if (root instanceof Node.Scalar scalar && scalar.value() == null) {
      return;
    }
    if (!(root instanceof Node.Mapping)) {
      problems.add(
          Problem.ofFile(root.position(), "is no object: a manifest has apiVersion and kind"));
      return;
    }
    Document document = new Document(root, defaultNamespace);
    if (document.apiVersion().equals("v1")
        && document.kind().equals("List")
        && root.field("items").orElse(null) instanceof Node.Sequence items) {
      items.items().forEach(item -> add(item, documents, problems));
    } else {
      documents.add(document);
    }
  }

  private static List<Node> trees(String file, String text) throws PartlyRead {
    List<Node> trees = new ArrayList<>();
    try {
      Iterator<org.snakeyaml.engine.v2.nodes.Node> documents =
          new Compose(SETTINGS).composeAllFromString(readable(text)).iterator();
      while (documents.hasNext()) {
        trees.add(new YamlTree(file).convert(documents.next()));
      }
      return trees;
    } catch (MarkedYamlEngineException e) {
      String what = e.getProblem() == null ? e.getContext() : e.getProblem();
      throw new PartlyRead(trees, YamlTree.position(file, e.getProblemMark()), what);
    } catch (YamlEngineException e) {
      throw new PartlyRead(trees, Position.startOf(file), e.getMessage());
    } catch (ManifestSyntaxException e) {
      throw new PartlyRead(trees, e.position(), e.getMessage());
    } catch (StackOverflowError tooDeep) {
      throw new PartlyRead(trees, Position.startOf(file), "is nested too deeply");
    }
  }

  /** JSON may be indented with tabs, which YAML does not allow; its strings hold none. */
  private static String readable(String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return unmarked.stripLeading().startsWith("{") ? unmarked.replace('\t', ' ') : unmarked;
  }

  /** What could be read of a text, and why no more. */
  private static final class PartlyRead extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Node> before;
    private final transient Position position;

    PartlyRead(List<Node> before, Position position, String problem) {
      super("is no YAML: " + problem.lines().findFirst().orElse("?"));
      this.before = before;
      this.position = position;
    }
  }
}
