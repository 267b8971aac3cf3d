package dev.clinicnet.operator.api.externaldns;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * One record.
 *
 * @param dnsName its full name, without trailing dot
 * @param recordTTL how many seconds resolvers may keep it
 * @param targets what it says, without trailing dots
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PublishedRecord(
    String dnsName, String recordType, long recordTTL, List<String> targets) {

  public PublishedRecord {
    targets = targets == null ? List.of() : List.copyOf(targets);
  }
}
