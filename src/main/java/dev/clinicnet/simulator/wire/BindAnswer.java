package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer to {@link Bind}. */
public record BindAnswer(
    @JsonProperty("Id") String id,
    @JsonProperty("URL") String url,
    @JsonProperty("Proto") String proto,
    @JsonProperty("Opts") ObjectNode options,
    @JsonProperty("Error") String error,
    @JsonProperty("Extra") Extra extra) {

  /** The ids of the endpoint: a token for the reconnection of some agents, and the tunnel's. */
  public record Extra(
      @JsonProperty("Token") String token, @JsonProperty("TunnelID") String tunnelId) {}

  /** The endpoint is online. The agent sends the options again when it reconnects. */
  static BindAnswer accepted(Bind request, BoundEndpoint bound) {
    ObjectNode options = request.options().deepCopy();
    options.put("URL", bound.url());
    return new BindAnswer(
        bound.bindId(),
        bound.url(),
        bound.url().substring(0, bound.url().indexOf(':')),
        options,
        "",
        new Extra("", bound.tunnelId()));
  }

  static BindAnswer refused(Bind request, Refused refusal) {
    return new BindAnswer(
        request.id(), "", request.proto(), request.options(), refusal.text(), new Extra("", ""));
  }
}
