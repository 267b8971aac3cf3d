package dev.clinicnet.operator.ngrok;

import java.util.List;

/**
 * An agent's credential. {@code token} is non-null only in the answer that created it. An empty
 * {@code acl} permits everything.
 */
public record Credential(
    String id,
    String createdAt,
    String description,
    String metadata,
    List<String> acl,
    String ownerId,
    Token token)
    implements RemoteObject {

  public Credential {
    acl = acl == null ? List.of() : List.copyOf(acl);
  }

  @Override
  public String naturalKey() {
    return null;
  }

  @Override
  public String markText() {
    return metadata;
  }

  @Override
  public List<Field> fields() {
    return List.of(new Field(Field.ACL, acl.stream().sorted().toList(), false));
  }

  @Override
  public Credential withoutSecret() {
    return new Credential(id, createdAt, description, metadata, acl, ownerId, null);
  }

  /**
   * The body of a creation.
   *
   * <p>An empty ACL is an {@link IllegalArgumentException}: it would permit everything.
   */
  public record Create(String description, String metadata, List<String> acl, String ownerId) {
    public Create {
      acl = nonEmpty(acl);
    }
  }

  /**
   * Null members stay as they are.
   *
   * <p>An empty ACL is an {@link IllegalArgumentException}: it would permit everything.
   */
  public record Update(String description, String metadata, List<String> acl) implements Changes {
    public Update {
      acl = acl == null ? null : nonEmpty(acl);
    }
  }

  private static List<String> nonEmpty(List<String> acl) {
    if (acl == null || acl.isEmpty()) {
      throw new IllegalArgumentException("a credential without an ACL may bind anything");
    }
    return List.copyOf(acl);
  }
}
