package dev.clinicnet.operator.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.CommandRun;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bash completes with the script. */
class CompletionCommandTest {
  @TempDir private Path directory;
  private Path script;

  @BeforeEach
  void print() throws IOException {
    CommandRun run = CommandRun.with(Map.of(), "completion");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    script = Files.writeString(directory.resolve("completion"), run.out());
  }

  @Test
  void commandsAreCompleted() throws Exception {
    assertThat(completed("sta")).contains("status");
    assertThat(completed("")).contains("open", "close", "kit", "lint", "completion");
  }

  @Test
  void optionsOfACommandAreCompleted() throws Exception {
    assertThat(completed("open", "--re")).containsExactly("--reason");
    assertThat(completed("status", "--all")).containsExactly("--all-namespaces");
    assertThat(completed("kit", "--fo")).containsExactly("--force");
  }

  @Test
  void theValuesOfAnOptionAreCompleted() throws Exception {
    assertThat(completed("status", "--output", "j")).containsExactly("json");
  }

  /** Lets bash complete the last word. */
  private String[] completed(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                """
                source "$0"
                COMP_WORDS=(clinic-operator "$@") COMP_CWORD=$# COMP_LINE="clinic-operator $*"
                COMP_POINT=${#COMP_LINE}
                function=$(complete -p clinic-operator | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                "$function" clinic-operator "${!#}"
                printf '%s\\n' "${COMPREPLY[@]}"
                """,
                script.toString()));
    command.addAll(List.of(words));
    // compopt says that no shell is asking.
    Process bash = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return out.lines().map(String::strip).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }
}
