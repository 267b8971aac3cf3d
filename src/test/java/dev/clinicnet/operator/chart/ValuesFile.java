package dev.clinicnet.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chart's values, as their file documents them: each in a comment above it. An object with its
 * own comment is a value. Without one, it is a group of values.
 *
 * @param documented the comment of each value, by its path, such as {@code image.tag}
 */
record ValuesFile(JsonNode values, Map<String, String> documented) {
  private static final Pattern LINE = Pattern.compile("( *)(# ?(.*)|([A-Za-z]+):.*)?");
  private static final int INDENT = 2;

  static ValuesFile read(Path file) throws IOException {
    String text = Files.readString(file);
    Map<String, String> documented = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches() || parts.group(2) == null) {
        comment.clear();
      } else if (parts.group(3) != null) {
        comment.add(parts.group(3));
      } else {
        int depth = parts.group(1).length() / INDENT;
        path.subList(Math.min(depth, path.size()), path.size()).clear();
        path.add(parts.group(4));
        if (!comment.isEmpty()) {
          documented.put(String.join(".", path), String.join(" ", comment));
        }
        comment.clear();
      }
    }
    return new ValuesFile(new YAMLMapper().readTree(text), documented);
  }

  /** The value at a path. */
  JsonNode at(String path) {
    return values.at("/" + path.replace('.', '/'));
  }

  /** The paths of all values, groups left out. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect("", values, paths);
    return paths;
  }

  private void collect(String path, JsonNode value, List<String> paths) {
    if (value.isObject() && !value.isEmpty() && !documented.containsKey(path)) {
      value
          .properties()
          .forEach(
              entry ->
                  collect(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      paths));
    } else {
      paths.add(path);
    }
  }
}
