package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML and JSON as kubectl does: several documents to a text, and Lists of objects. */
public final class ManifestReader {
  private static final String LIST = "List";

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
   * The content of a text.
   *
   * @param problems why the rest could not be read
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
   * @param file the name of the file in problems
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
          Problem.ofFile(root.position(), "is not an object: a manifest has apiVersion and kind"));
      return;
    }
    Document document = new Document(root, defaultNamespace);
    Optional<Node> items = root.field("items").filter(i -> document.kind().endsWith(LIST));
    if (items.orElse(null) instanceof Node.Sequence list) {
      list.items().forEach(item -> add(typed(item, document), documents, problems));
    } else if (items.map(i -> i.plain() != null).orElse(!document.kind().equals(LIST))) {
      documents.add(document);
    }
  }

  /** As in kubectl, an item of a list of one kind need not name its kind. */
  private static Node typed(Node item, Document list) {
    boolean silent = item.text("apiVersion").isEmpty() && item.text("kind").isEmpty();
    if (!silent || !(item instanceof Node.Mapping mapping) || list.kind().equals(LIST)) {
      return item;
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
    String kind = list.kind().substring(0, list.kind().length() - LIST.length());
    entries.put("apiVersion", entry("apiVersion", list.apiVersion(), item));
    entries.put("kind", entry("kind", kind, item));
    return new Node.Mapping(item.position(), entries, mapping.repeated());
  }

  private static Node.Entry entry(String key, String value, Node item) {
    return new Node.Entry(key, item.position(), new Node.Scalar(item.position(), value));
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
      String what = (e.getProblem() == null ? "" : e.getProblem() + "\n") + e.getContext();
      Position at = YamlTree.position(file, e.getProblemMark());
      throw new PartlyRead(trees, at, YamlProblems.words(what, text, at));
    } catch (YamlEngineException e) {
      String what = String.valueOf(e.getMessage());
      Position at = YamlProblems.place(file, text);
      throw new PartlyRead(trees, at, YamlProblems.words(what, text, at));
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

  /** What could be read of a text, and why the rest could not. */
  private static final class PartlyRead extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Node> before;
    private final transient Position position;

    PartlyRead(List<Node> before, Position position, String problem) {
      super("is not valid YAML: " + problem.lines().findFirst().orElse("?"));
      this.before = before;
      this.position = position;
    }
  }
}
