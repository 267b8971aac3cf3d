package dev.clinicnet.operator.simulator;

/**
 * Every coded refusal that the simulator can answer. Codes and texts follow ngrok's public error
 * registry; the HTTP status is the observed one where there is one, else 400 for what a caller can
 * correct and 403 for what an account may not do.
 */
enum SimulatorError {
  AUTHTOKEN_MALFORMED(
      105, 400, "The authtoken you specified does not look like a proper authtoken."),
  AUTHTOKEN_INVALID(107, 400, "The authtoken you specified is properly formed, but it is invalid."),
  NO_AUTHORIZATION(
      200, 403, "The ngrok API requires that you set the Authorization header for authentication."),
  AUTHORIZATION_UNPARSABLE(
      201, 403, "The Authorization header in this request could not be parsed: '%s'."),
  KEY_MALFORMED(
      202,
      403,
      "The API authentication you specified does not look like a valid credential. Your"
          + " credential: '%s'."),
  KEY_INVALID(
      203,
      403,
      "The API authentication you specified is properly formed, but it is invalid. Your"
          + " authentication: '%s'."),
  KEY_IS_AUTHTOKEN(
      206,
      403,
      "The authentication you specified is actually an authtoken. Your credential: '%s'."),
  KEY_IS_KEY_ID(
      208,
      403,
      "The authentication you specified is actually an API key ID, not an API key token. Your"
          + " credential: '%s'."),
  CONTENT_TYPE_UNSUPPORTED(
      210, 400, "The content type you specified '%s' is not supported by the API."),
  BODY_UNEXPECTED(
      211, 400, "The %s request you made does not expect a body, but you provided one."),
  BODY_UNPARSABLE(213, 400, "The %s request body could not be parsed."),
  FIELD_UNKNOWN(
      214,
      400,
      "The request parameter '%s' is unknown and not expected. The supported fields are: %s."),
  FIELD_INVALID(215, 400, "The value provided for the request parameter '%s' is invalid."),
  CONTENT_TYPE_MISSING(216, 400, "You did not provide a Content-Type with your request."),
  VERSION_UNSUPPORTED(
      217, 400, "The provided API version '%s' is invalid or unsupported. Supported versions: 2."),
  VERSION_MISSING(
      218,
      400,
      "Your request has not specified an API version. Include the version you wish to use in the"
          + " Ngrok-Version header. Supported versions: 2."),
  MALFORMED_ID(223, 400, "'%s' is not a valid resource reference identifier."),
  RATE_LIMITED(226, 429, "Your account is rate limited to %s API requests per minute."),
  WRONG_ID_PREFIX(227, 400, "The ID '%s' is invalid. Expected an ID with a prefix of '%s'."),
  QUERY_INVALID(230, 400, "The query part of the requested URI is invalid: %s."),
  QUERY_UNKNOWN(
      231,
      400,
      "The query part of the requested URI includes unknown parameters: %s. The supported"
          + " parameters are: %s."),
  QUERY_REPEATED(
      232, 400, "The request must specify only a single value for the '%s' parameter but got %s."),
  LIMIT_RANGE(233, 400, "The page size limit must be between 1 and 100 but %s was provided."),
  LIMIT_NOT_NUMBER(
      244, 400, "The page size limit must be a number between 1 and 100 but '%s' was provided."),
  ENDPOINT_TYPE(
      248,
      400,
      "The endpoint create request passed an invalid type of '%s'. Currently we only support"
          + " creation of cloud endpoints on this route."),
  ENDPOINT_URL_UNPARSABLE(249, 400, "The endpoint URL provided is not a valid URL: '%s'."),
  FILTER_INVALID(250, 400, "Invalid CEL query: %s"),
  AUTHTOKEN_REVOKED(300, 400, "The authtoken credential '%s' has been revoked."),
  ADDRESS_NOT_RESERVED(
      307, 400, "You must reserve an address for your account before it can be used: '%s'."),
  ACL_ADDRESS(308, 400, "The credential ACL policy does not permit binding this address: '%s'."),
  ACL_NAME(316, 400, "The credential ACL policy does not permit binding this name: '%s'."),
  DOMAIN_NOT_RESERVED(
      319,
      400,
      "You must reserve a custom hostname for your account before it can be used to create"
          + " endpoints: '%s'."),
  WILDCARD_NOT_RESERVED(321, 400, "Wildcard names must be reserved exactly: '%s'."),
  ALREADY_ONLINE(
      334, 400, "The endpoint '%s' is already online. Enable pooling on both or stop the other."),
  ACL_RANDOM_ADDRESS(
      356, 400, "The credential ACL policy does not permit binding random TCP addresses."),
  DOMAIN_REGION(400, 400, "The region you specified, '%s' is invalid. Use one of: %s."),
  WILDCARD_NOT_FIRST(
      402,
      400,
      "Only the first part of a reserved domain may be a '*' wildcard. Failed to reserve '%s'."),
  WILDCARD_PARTIAL(
      403,
      400,
      "The first subdomain of a wildcard domain must be a single '*' character. Failed to reserve"
          + " '%s'."),
  DOMAIN_FORBIDDEN(404, 400, "You may not reserve names on ngrok.com. Failed to reserve '%s'."),
  DOMAIN_CHARACTER(406, 400, "Invalid character '%s' in domain name. Failed to reserve '%s'."),
  DOMAIN_TLD(
      411,
      400,
      "You may not reserve a name on the TLD '%s'. This TLD is not reachable over the public"
          + " internet. Failed to reserve '%s'."),
  DOMAIN_EXISTS(
      413, 400, "This domain is already reserved for your account. Failed to reserve '%s'."),
  DOMAIN_LIMIT(415, 400, "Your account is limited to %s reserved domains."),
  WILDCARD_TOO_WIDE(
      416, 400, "You may not register a wildcard for all %s domains. Failed to reserve '%s'."),
  DOMAIN_DESCRIPTION(
      420, 400, "A description is limited to %s characters; you have entered %s characters."),
  DOMAIN_METADATA(
      421, 400, "Metadata is limited to %s characters; you have entered %s characters."),
  DOMAIN_EMPTY_UPDATE(
      422, 400, "The reserved domain name update failed because no values were provided."),
  DOMAIN_LENGTH(
      423, 400, "The reserved domain name is limited to %s characters; you are using %s."),
  CERTIFICATE_TWICE(
      434,
      400,
      "Either a certificate or a certificate management policy may be specified, not both."),
  CERTIFICATE_AUTHORITY_NAME(
      435, 400, "Invalid authority specified in managed certificate policy."),
  CERTIFICATE_MANAGED(
      436,
      400,
      "The certificate of a reserved domain with a managed certificate policy can not be detached"
          + " directly, instead the managed certificate policy itself should be detached."),
  DOMAIN_UNDERSCORE(438, 400, "Invalid '_' in domain name. Failed to reserve '%s'."),
  POLICY_ON_NGROK_DOMAIN(
      439, 400, "The certificate_management_policy field must be null for domains owned by ngrok."),
  CERTIFICATE_ON_NGROK_DOMAIN(
      440, 400, "Uploaded certificates are not allowed for domains owned by ngrok."),
  DOMAIN_REFERENCED(
      446,
      400,
      "The domain '%s' could not be deleted because it is still referenced by an edge or cloud"
          + " endpoint."),
  DOMAIN_NOT_QUALIFIED(448, 400, "The domain '%s' is not a fully qualified domain name."),
  REGION_REPEATED(
      456, 400, "You are not allowed to specify duplicate regions. '%s' was specified twice."),
  ADDRESS_REGION(500, 400, "The region you specified, '%s' is invalid. Use one of: %s."),
  ADDRESS_LIMIT(502, 400, "Your account is limited to %s reserved addresses."),
  ADDRESS_DESCRIPTION(
      504, 400, "A description is limited to %s characters; you have entered %s characters."),
  ADDRESS_METADATA(
      505, 400, "Metadata is limited to %s characters; you have entered %s characters."),
  ADDRESS_EMPTY_UPDATE(
      506, 400, "The reserved address update failed because no values were provided."),
  ACL_SYNTAX(
      600,
      400,
      "Invalid ACL rule. An ACL rule must be '*' or start with 'bind:'. The bind value must match"
          + " the format of a domain, address, or label. You specified: '%s'."),
  CREDENTIAL_LIMIT(602, 400, "Your account is limited to %s authtokens."),
  CREDENTIAL_DESCRIPTION(
      604, 400, "A description is limited to %s characters; you have entered %s characters."),
  CREDENTIAL_METADATA(
      605, 400, "Metadata is limited to %s characters; you have entered %s characters."),
  CREDENTIAL_EMPTY_UPDATE(
      606, 400, "The credentials update failed because no values were provided."),
  OWNER_NEEDS_ADMIN(630, 403, "You must be an admin to set credential ownership."),
  OWNER_UNKNOWN(634, 400, "No credential owner could be determined."),
  OWNER_INACTIVE(636, 400, "The owner '%s' is not active."),
  RESTART_UNSUPPORTED(
      804, 400, "This ngrok agent does not support remote restarting: remote management is off."),
  STOP_UNSUPPORTED(
      805, 400, "This ngrok agent does not support remote stopping: remote management is off."),
  UPDATE_UNSUPPORTED(
      806, 400, "This ngrok agent does not support remote updating: remote management is off."),
  BODY_TOO_LARGE(812, 400, "Your request exceeded the maximum size of %s bytes."),
  IP_POLICY_EMPTY_UPDATE(1400, 400, "The IP Policy update failed because no values were provided."),
  IP_RULE_EMPTY_UPDATE(
      1401, 400, "The IP Policy Rule update failed because no values were provided."),
  IP_POLICY_ABSENT(1402, 400, "IP Policy not found."),
  IP_RULE_PARAMETER(1405, 400, "Required parameter is missing. Specify %s."),
  IP_RULE_CIDR(1406, 400, "Invalid CIDR: '%s'."),
  IP_RULE_EXISTS(1408, 400, "IP Policy Rule with CIDR '%s' already exists."),
  IP_POLICY_LIMIT(1410, 400, "Your account is limited to a maximum of %s IP Policies."),
  IP_RULE_LIMIT(1411, 400, "Your account is limited to a maximum of %s IP Policy rules."),
  CERTIFICATE_FORMAT(1900, 400, "The provided certificate is in an unknown or unsupported format."),
  CA_TYPE(
      1911,
      400,
      "The provided data is a valid PEM, but it has an unexpected type: '%s'. It must be"
          + " 'CERTIFICATE'."),
  CA_SEVERAL(
      1912,
      400,
      "The upload contained %s certificates. Only a single certificate may be uploaded at a time."),
  CA_CONSTRAINTS(
      1913,
      400,
      "The uploaded certificate's x509 Basic Constraints did not mark it as a certificate"
          + " authority."),
  CA_MISSING(1919, 400, "No certificate PEM data was sent."),
  CA_NOT_PEM(1920, 400, "The certificate data could not be parsed as PEM."),
  CERTIFICATE_MISSING(1922, 400, "No PEM-encoded certificate was found in the creation request."),
  POLICY_EXPRESSION(2200, 400, "Invalid policy expression: %s."),
  POLICY_ACTION_UNKNOWN(2201, 400, "Invalid policy action type '%s'."),
  POLICY_ACTION_PHASE(2202, 400, "Action type '%s' is not supported for '%s' traffic policy rule."),
  POLICY_CONFIG(2203, 400, "Failed to parse the configuration for policy action type '%s': %s."),
  POLICY_VALUE(2204, 400, "Configuration for policy action type '%s' has invalid value: '%s'."),
  POLICY_ACTION_PROTOCOL(2205, 400, "Policy action type '%s' does not support the '%s' protocol."),
  POLICY_NO_ACTION(2206, 400, "A policy must define at least one action."),
  POLICY_UNREACHABLE(
      2207, 400, "Policy action type '%s' is unreachable due to a prior terminating action."),
  POLICY_RANGE(
      2215,
      400,
      "Failed to parse configuration for '%s': '%s' must be between %s and %s inclusive."),
  POLICY_IP_POLICY(2216, 400, "Invalid IP Policy Reference(s): %s."),
  POLICY_CIDR(2217, 400, "Invalid CIDR(s): '%s'."),
  POLICY_ENTRIES(
      2218, 400, "Too many entries for '%s'. You provided %s entries, but the limit is %s."),
  POLICY_PHASE(2230, 400, "Invalid Traffic Policy phase '%s' for protocol '%s'."),
  POLICY_NOT_TERMINATING(
      2235,
      400,
      "The traffic policy provided is not guaranteed to handle traffic. Ensure traffic always"
          + " results in an action, e.g. custom response or forward action."),
  POLICY_UNPARSABLE(2236, 400, "The traffic policy was not able to be parsed: %s."),
  POLICY_AUTH_TWICE(2239, 400, "Invalid policy: Only one auth action allowed per endpoint."),
  POLICY_REQUIRED_TOGETHER(
      2240, 400, "Invalid configuration for '%s': '%s' is required when '%s' is specified."),
  POLICY_INTERNAL_PHASE(
      2262,
      400,
      "Internal HTTP/HTTPS endpoints do not support the on_tcp_connect Traffic Policy phase."),
  USER_NAME_EMPTY(4109, 400, "Service User name must not be empty."),
  USER_NAME_LENGTH(4110, 400, "Service User name exceeds max length, %s bytes, max: %s."),
  USER_NEEDS_ADMIN(4111, 403, "You must be an admin to create, update, or delete Bots."),
  USER_NAME_EXISTS(4112, 400, "Service User names must be unique within an account."),
  USER_LIMIT(4119, 400, "This account does not have access to more service users than %s."),
  INGRESS_DESCRIPTION(
      6700, 400, "The description is limited to %s characters, but the value had %s."),
  INGRESS_METADATA(6701, 400, "Metadata is limited to %s characters, but the value had %s."),
  INGRESS_DOMAIN(
      6704, 400, "The specified domain '%s' is not a valid domain name. Enter a valid DNS name."),
  INGRESS_NGROK_DOMAIN(
      6705,
      400,
      "The agent ingress domain '%s' must be a third party domain, you may not enter a domain"
          + " controlled by ngrok."),
  INGRESS_EXISTS(6706, 400, "The agent ingress domain '%s' already exists, choose another domain."),
  INGRESS_LIMIT(6707, 400, "Your account can't reserve more custom agent ingresses than %s."),
  AGENT_POLICY(9026, 400, "The TrafficPolicy you provided is invalid: %s"),
  INTERNAL_NAME_MISSING(
      9028, 400, "You must specify a domain name for a internally bound endpoint."),
  INTERNAL_SUFFIX(
      9029,
      400,
      "Failed to start endpoint with '%s'. Endpoints with a \"internal\" binding must have a url"
          + " that ends in \".internal\"."),
  AGENT_PORT(9030, 400, "Failed to start endpoint with URL '%s', invalid port."),
  INTERNAL_DEPTH(
      9031,
      400,
      "Failed to start endpoint with URL '%s'. Endpoints must have at most 5 parts, but had %s."),
  AGENT_URL(9034, 400, "Malformed URL: '%s'."),
  AGENT_SCHEME_PORT(9035, 400, "Invalid port for URL with scheme '%s', allowed ports are %s."),
  AGENT_SCHEME(9036, 400, "Invalid scheme '%s', allowed schemes: http, https, tcp, tls."),
  INTERNAL_ERROR(10000, 500, "Internal Server Error."),
  BINDING_INVALID(15005, 400, "The binding '%s' is invalid."),
  BINDING_REPEATED(
      15006,
      400,
      "The binding '%s' was specified multiple times, but duplicate bindings are not allowed."),
  ENDPOINT_URL_INVALID(
      18001, 400, "The provided cloud endpoint configuration is invalid: url is invalid: %s."),
  ENDPOINT_PORT(
      18003,
      400,
      "The provided cloud endpoint configuration is invalid: port is invalid or missing and cannot"
          + " be inferred from scheme."),
  ENDPOINT_EMPTY_UPDATE(
      18004, 400, "The cloud endpoint update failed because no values were provided."),
  ENDPOINT_SCHEME_CHANGE(
      18005,
      400,
      "The cloud endpoint update failed because you are not allowed to change the protocol/URL"
          + " scheme in-place."),
  ENDPOINT_NOT_RESERVED(
      18006,
      400,
      "This account does not have any domains or addresses reserved that match the provided URL."),
  ENDPOINT_BINDING(18007, 400, "This provided cloud endpoint configuration is invalid: binding."),
  ENDPOINT_EXISTS(18009, 400, "This account already has a cloud endpoint on this URL."),
  ENDPOINT_LIMIT(
      18010,
      400,
      "You have exceeded the maximum number of cloud endpoints allowed for this account: %s."),
  ENDPOINT_POLICY_MISSING(18011, 400, "Traffic policy configuration is required."),
  ENDPOINT_DESCRIPTION(
      18012, 400, "The description field cannot be longer than %s characters: %s."),
  ENDPOINT_METADATA(18013, 400, "The metadata field cannot be longer than %s characters: %s."),
  ENDPOINT_FIELD_MISSING(
      18015, 400, "The provided cloud endpoint is missing the required field '%s'."),
  POOL_EXISTING_DISABLED(
      18016,
      400,
      "The provided cloud endpoint was invalid because pooling was set to enabled when another"
          + " endpoint exists for this url that has pooling disabled."),
  POOL_DISABLED(
      18017,
      400,
      "The provided cloud endpoint was invalid because pooling was set to disabled when another"
          + " endpoint exists for this url."),
  KUBERNETES_PROTOCOL(
      18018,
      400,
      "Supported protocols for kubernetes-bound endpoints are http, tls, and tcp. You provided"
          + " '%s'."),
  ENDPOINT_SCHEME(
      18022,
      400,
      "The provided cloud endpoint configuration is invalid: scheme is invalid or not present."),
  ENDPOINT_SCHEME_PORT(18023, 400, "Invalid port for URL with scheme '%s', allowed ports are %s."),
  VAULT_NAME(
      23000,
      400,
      "The vault name '%s' is invalid. Must only contain the characters 'a-zA-Z0-9_/.'."),
  VAULT_NAME_EMPTY(23001, 400, "The vault name cannot be empty."),
  VAULT_NOT_EMPTY(
      23003, 400, "A Vault must be empty before it can be deleted. Remove all secrets first."),
  VAULT_EXISTS(23004, 400, "Vault names must be unique within an account."),
  VAULT_LIMIT(23005, 400, "You've reached the maximum number of vaults (%s)."),
  SECRET_NAME(
      24000,
      400,
      "The secret name '%s' is invalid. Must only contain the characters 'a-zA-Z0-9_/.'."),
  SECRET_NAME_EMPTY(24001, 400, "The secret name cannot be empty."),
  SECRET_VALUE_EMPTY(24003, 400, "The secret value cannot be empty."),
  SECRET_EXISTS(24005, 400, "Secret names must be unique within a vault."),
  SECRET_VAULT_ABSENT(24006, 400, "Vault with ID '%s' not found."),
  SECRET_LIMIT(24007, 400, "You've reached the maximum number of secrets (%s)."),
  SECRET_VAULT_MISSING(24008, 400, "Required parameter 'VaultID' is missing."),
  SECRET_VAULT_NAME(24009, 400, "Vault not found with name: '%s'.");

  private final int number;
  private final int status;
  private final String template;

  SimulatorError(int number, int status, String template) {
    this.number = number;
    this.status = status;
    this.template = template;
  }

  String code() {
    return "ERR_NGROK_" + number;
  }

  int status() {
    return status;
  }

  ApiException with(Object... values) {
    return new ApiException(status, code(), template.formatted(values));
  }
}
