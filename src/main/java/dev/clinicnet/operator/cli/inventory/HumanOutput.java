package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.inventory.Owner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** A statement for people. */
final class HumanOutput {
  private final Statement statement;
  private final StringBuilder text = new StringBuilder();

  private HumanOutput(Statement statement) {
    this.statement = statement;
  }

  static String text(Statement statement) {
    HumanOutput output = new HumanOutput(statement);
    output.print();
    return output.text.toString();
  }

  private void print() {
    for (Holder holder : Holder.values()) {
      List<Holding> held = statement.of(holder);
      if (!held.isEmpty()) {
        text.append(holder.title()).append(":\n");
        String owner = "";
        for (Holding holding : held) {
          String next = owner(holding);
          if (!next.isEmpty() && !next.equals(owner)) {
            text.append("  ").append(next).append('\n');
          }
          owner = next;
          print(holding, owner.isEmpty() ? "  " : "    ");
        }
        text.append('\n');
      }
    }
    statement.totals().forEach((holder, total) -> print(holder.title(), total));
    print("Total", statement.total());
    statement
        .notListed()
        .forEach(
            (resource, why) ->
                text.append("Not listed: ").append(resource).append(": ").append(why).append('\n'));
  }

  private static String owner(Holding holding) {
    String owner = holding.owner().map(Owner::toString).orElse("");
    return holding.holder() == Holder.OTHER_INSTANCE
        ? (holding.instance().orElse("") + " " + owner).strip()
        : owner;
  }

  private void print(Holding holding, String indent) {
    text.append(indent).append(holding.described());
    holding.age(statement.at()).ifPresent(age -> text.append(", ").append(age(age)));
    if (!holding.state().equals("active")) {
      text.append(", ").append(holding.state());
    }
    if (Holdings.mayBindAnything(holding.row())) {
      text.append(", may bind every name of the account");
    }
    Total.perHour(holding, statement.prices())
        .ifPresent(
            price ->
                text.append(", ")
                    .append(money(price.multiply(BigDecimal.valueOf(720))))
                    .append(" in 30 days"));
    if (holding.holder() != Holder.MANIFEST && !holding.uses().isEmpty()) {
      text.append("; in use: ").append(DeletionRule.words(holding.uses()));
    }
    text.append('\n');
  }

  private void print(String title, Total total) {
    text.append(title).append(": ").append(total.objects());
    text.append(total.objects() == 1 ? " object" : " objects");
    hours("endpoint", total.endpoints());
    hours("address", total.addresses());
    hours("domain", total.domains());
    if (statement.prices().isPresent()) {
      text.append(", ").append(money(total.per30Days())).append(" in 30 days");
      text.append(", ").append(money(total.soFar())).append(" so far");
    }
    text.append('\n');
  }

  private void hours(String what, Duration hours) {
    if (hours.toHours() > 0) {
      text.append(", ").append(hours.toHours()).append(' ').append(what).append(" hours");
    }
  }

  private static String age(Duration age) {
    return age.toDays() > 0
        ? age.toDays() + (age.toDays() == 1 ? " day" : " days")
        : age.toHours() > 0
            ? age.toHours() + (age.toHours() == 1 ? " hour" : " hours")
            : age.toMinutes() + (age.toMinutes() == 1 ? " minute" : " minutes");
  }

  private String money(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP)
        + statement.prices().map(prices -> " " + prices.currency()).orElse("");
  }
}
