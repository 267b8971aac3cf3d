package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.OneOf;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A public TCP endpoint: on an address reserved in {@code region} (null: us), or on {@code
 * address}, one that the account already holds and that is never released.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.region) || !has(self.address)",
    message =
        "must not have both region and address: an address already has its region; remove one of"
            + " them")
@ValidationRule(
    value =
        "has(self.address) || has(oldSelf.address) || (has(self.region) ? self.region : 'us')"
            + " == (has(oldSelf.region) ? oldSelf.region : 'us')",
    fieldPath = ".region",
    message =
        "is immutable (absent means us), because a reserved address cannot move and cannot be had"
            + " again once released: put the old value back, or create a new ClinicService in the"
            + " other region")
public record TCPExposure(
    @JsonPropertyDescription(
            "The region in which an address is reserved: us, eu, ap, au, in, jp or sa. The"
                + " address is kept for the service's life and shown in status.address. Immutable."
                + " It cannot be combined with address. Absent: us.")
        @OneOf({"us", "eu", "ap", "au", "in", "jp", "sa"})
        String region,
    @JsonPropertyDescription(
            "An address that the ngrok account already holds, as host:port, for example"
                + " 1.tcp.ngrok.io:20000. The operator uses it and never releases it. It cannot be"
                + " combined with region. Absent: an address is reserved in region.")
        @Size(max = 259)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.HOST + ":" + Syntax.PORT + "$')",
            message =
                "must be the lower-case host and the port of a reserved TCP address, without"
                    + " scheme: write for example 1.tcp.ngrok.io:20000")
        String address) {}
