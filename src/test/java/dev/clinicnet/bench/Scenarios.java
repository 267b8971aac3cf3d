package dev.clinicnet.bench;

import java.util.List;

/** What can be measured. */
final class Scenarios {
  /** All scenarios, in an order in which one world can run them. */
  static final List<Scenario> ALL =
      List.of(
          new Converge(),
          new CloudEndpoints(),
          new Meanwhile(),
          new Freeze(),
          new Steady("steady"),
          new ConnectAll(),
          new Steady("steady-connected"),
          new ChangeOne(),
          new ChangeAll(),
          new Drift(),
          new RotateAll(),
          new Restart(),
          new DeleteAll());

  private Scenarios() {}
}
