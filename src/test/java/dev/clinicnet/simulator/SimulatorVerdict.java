package dev.clinicnet.simulator;

/** The verdict on a policy of the simulator, which reads policies with its own code. */
public final class SimulatorVerdict {

  private static final TrafficPolicyCheck CHECK = new TrafficPolicyCheck(id -> true);

  private SimulatorVerdict() {}

  /**
   * Why the policy of a cloud endpoint with this URL is refused; empty when it is accepted.
   *
   * @param policy as text
   */
  public static String refusal(String policy, String url) {
    try {
      CHECK.check(policy, EndpointUrl.parse(url), true);
      return "";
    } catch (ApiException e) {
      return String.valueOf(e.getMessage());
    } catch (EndpointUrl.Malformed e) {
      throw new IllegalArgumentException(url, e);
    }
  }
}
