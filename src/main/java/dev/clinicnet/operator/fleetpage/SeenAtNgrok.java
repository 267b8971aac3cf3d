package dev.clinicnet.operator.fleetpage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says how old it is what the pages show of ngrok. */
final class SeenAtNgrok {
  private SeenAtNgrok() {}

  /**
   * One line for each account. A replica that does not lead has listed nothing, and says nothing.
   *
   * @param accounts those that the page is about
   */
  static void write(Html html, Visit visit, List<AccountFigures> accounts) {
    if (!visit.leads()) {
      return;
    }
    for (AccountFigures account : accounts) {
      html.open("p", "class", "sub");
      html.text(
          accounts.size() == 1 ? "As seen at ngrok: agents " : "As seen at ngrok in the account ");
      if (accounts.size() > 1) {
        html.leaf("code", account.name()).text(": agents ");
      }
      age(html, account.agents(), visit.now());
      html.text(", everything else ");
      age(html, account.everything(), visit.now());
      html.text(".").close().line();
    }
  }

  private static void age(Html html, Optional<Duration> age, Instant now) {
    if (age.isPresent()) {
      html.text("as of ");
      Moments.since(html, now.minus(age.get()), now);
      html.text(" ago");
    } else {
      html.text("not listed yet");
    }
  }
}
