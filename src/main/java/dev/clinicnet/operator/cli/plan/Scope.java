package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import java.time.Instant;
import java.util.Set;

/**
 * The surroundings of a rehearsal.
 *
 * @param dnsEndpoints whether DNS records are published
 * @param known the owners in this installation's marks in the account
 */
record Scope(Settings settings, boolean dnsEndpoints, Set<Owner> known, Instant now) {}
