package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which fields of which remote objects the operator writes, and therefore compares with what is
 * listed. Fields that the platform never changes or never shows are not among them.
 */
public final class MadeFields {
  /** Stands for the whole object, when somebody deleted it. */
  public static final String DELETED = "deleted";

  public static final String NAME = "name";
  public static final String DESCRIPTION = "description";
  public static final String METADATA = "metadata";
  public static final String URL = "url";
  public static final String BINDINGS = "bindings";
  public static final String POOLING = "pooling_enabled";
  public static final String POLICY = "traffic_policy";
  public static final String ACTIVE = "active";
  public static final String ACL = "acl";
  public static final String OWNER = "owner_id";

  private static final Map<String, List<String>> BY_KIND = new LinkedHashMap<>();

  static {
    put(Resource.RESERVED_DOMAINS, DELETED, DESCRIPTION, METADATA);
    put(Resource.RESERVED_ADDRS, DELETED, DESCRIPTION, METADATA);
    put(Resource.SERVICE_USERS, DELETED, NAME, ACTIVE);
    put(Resource.CREDENTIALS, DELETED, DESCRIPTION, METADATA, ACL, OWNER);
    put(Resource.ENDPOINTS, DELETED, URL, BINDINGS, POOLING, DESCRIPTION, METADATA, POLICY);
    put(Resource.VAULTS, DELETED, NAME, DESCRIPTION, METADATA);
    put(Resource.VAULT_SECRETS, DELETED, NAME, DESCRIPTION, METADATA);
  }

  private MadeFields() {}

  /** The fields of each kind, by the kind's path in the platform's API. */
  public static Map<String, List<String>> byKind() {
    return Map.copyOf(BY_KIND);
  }

  private static void put(Resource<?, ?, ?> resource, String... fields) {
    BY_KIND.put(resource.path(), List.of(fields));
  }
}
