package dev.clinicnet.operator.ngrok;

import java.util.List;

/** A service user, formerly bot user. It has no metadata, so its unique name is its mark. */
public record ServiceUser(String id, String createdAt, String name, boolean active)
    implements RemoteObject {

  @Override
  public String naturalKey() {
    return name;
  }

  @Override
  public String markText() {
    return null;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }

  /**
   * The body of a creation.
   *
   * @param roles what the user may do in the account besides what its authtokens allow; null leaves
   *     it to the platform
   */
  public record Create(String name, boolean active, List<String> roles) {
    /** The least role of which the platform says that it may start agents. */
    private static final List<String> LEAST = List.of("developer-readonly");

    /** An active user that may only start agents and read. */
    public static Create agentUser(String name) {
      return new Create(name, true, LEAST);
    }

    Create withoutRoles() {
      return new Create(name, active, null);
    }
  }

  /**
   * Null members stay as they are. Roles are not among them: a user that exists keeps those that it
   * has.
   */
  public record Update(String name, Boolean active) implements Changes {
    @Override
    public String metadata() {
      return null;
    }
  }
}
