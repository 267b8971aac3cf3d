package dev.clinicnet.simulator.traffic;

import java.io.IOException;

/** The effects of actions in any phase. */
interface Effects {

  /** Makes the handshake; only on connect. */
  TLSFacts terminateTLS(TLSSettings settings) throws IOException;

  /** Forwards the connection or the request of the run, and returns the end. */
  Ending forward(String url, Run run) throws Unreachable, IOException;

  /** The effects of the rules on connect. */
  static Effects of(ConnectEffects effects) {
    return new Effects() {
      @Override
      public TLSFacts terminateTLS(TLSSettings settings) throws IOException {
        return effects.terminateTLS(settings);
      }

      @Override
      public Ending forward(String url, Run run) throws Unreachable, IOException {
        effects.forward(url);
        return new Ending.Forwarded();
      }
    };
  }

  /** The effects of the rules on a request. */
  static Effects of(RequestEffects effects) {
    return new Effects() {
      @Override
      public TLSFacts terminateTLS(TLSSettings settings) {
        throw new IllegalStateException("a request comes after the handshake");
      }

      @Override
      public Ending forward(String url, Run run) throws Unreachable, IOException {
        return new Ending.Answered(effects.forward(url, run.request().orElseThrow()), true);
      }
    };
  }
}
