package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.ngrok.Endpoint;
import java.util.List;

/**
 * What the account has below one internal domain. The lists grow while the account is read.
 *
 * @param candidates the public endpoints that forward below it
 * @param bound the endpoints that agents have bound below it
 */
record Site(String domain, List<PublicEndpoints.Candidate> candidates, List<Endpoint> bound) {}
