package dev.clinicnet.simulator;

/** Why a certificate job fails: {@code DNS_ERROR} or {@code INTERNAL_ERROR} (documented). */
record DnsError(String code, String msg) {}
