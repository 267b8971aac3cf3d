package dev.clinicnet.operator.ngrok;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers whether the platform accepts roles of service users. Not every account has them yet,
 * and a user without a role is better than no user: the ACL of its authtoken limits its agent in
 * any case. Safe for threads.
 */
final class ServiceUserRoles {
  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceUserRoles.class);

  /** An unknown field, or a value that is not valid, if it is the field {@code roles}. */
  private static final Set<String> OF_A_FIELD = Set.of("ERR_NGROK_214", "ERR_NGROK_215");

  private static final Pattern ROLES = Pattern.compile("\\broles\\b");

  /** Roles that the account does not allow. */
  private static final Set<String> REFUSALS =
      Set.of(
          "ERR_NGROK_IAM_SERVICE_USER_ROLE_NOT_ALLOWED",
          "ERR_NGROK_IAM_SERVICE_USER_ROLE_CONFLICT");

  private volatile boolean refused;

  /**
   * Creates a user with its roles, or without if the platform has refused them. A refusal has done
   * nothing, so that the second request cannot make a second user.
   *
   * @param request creates the user
   */
  <T> T create(ServiceUser.Create user, Function<ServiceUser.Create, T> request) {
    if (refused) {
      return request.apply(user.withoutRoles());
    }
    try {
      return request.apply(user);
    } catch (NgrokException e) {
      if (!isAboutRoles(e)) {
        throw e;
      }
      // Remembered first: the second request may have to wait for the budget, in another pass.
      refused = true;
      LOGGER.info(
          "This ngrok account accepts no roles of service users, so they are created without: {}",
          e.logText());
      return request.apply(user.withoutRoles());
    }
  }

  private static boolean isAboutRoles(NgrokException e) {
    String code = String.valueOf(e.code());
    return REFUSALS.contains(code)
        || (OF_A_FIELD.contains(code) && ROLES.matcher(e.getMessage()).find());
  }
}
